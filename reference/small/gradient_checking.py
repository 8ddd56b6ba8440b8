"""Small numbers for the one-parameter model, and networks of ones and zeros in the shapes of this notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.diagnosis import Small
from reference import gradient_checking as right
from reference.vectors import SHAPES

# A curved cost, and a gradient that is not its slope: beside a straight line most mistakes of a check hide.
_CURVED = {
    "forward_propagation": "lambda x, theta: x * theta**3",
    "backward_propagation": "lambda x, theta: x * (2 - theta)",
}
_CURVED_N = {"forward_propagation_n": "lambda X, Y, parameters: (sum(np.sum(w**3) for w in parameters.values()), ())"}
_SCALARS = Small([{"x": 2.0, "theta": 3.0}, {"x": -2.0, "theta": 3.0}])
_CHECKS = Small(
    [{"x": x, "theta": theta, "epsilon": 0.25} for x, theta in ((1.0, 1.0), (2.0, 3.0), (-1.0, 2.0), (1.0, 0.5))],
    stand_ins=_CURVED,
)


def _backward(parts: Mapping[str, Any]) -> dict[str, Any]:
    X, Y = parts["X"], parts["Y"]
    _, cache = right.forward_propagation_n(X, Y, {key: parts[key] for key in SHAPES})
    if min(float(np.abs(cache[place]).min()) for place in (0, 4)) < 0.25:  # noqa: PLR2004 - the kink of a ReLU
        raise ValueError("a pre-activation is at the kink of its ReLU")
    return {"X": X, "Y": Y, "cache": cache}


def _check(parts: Mapping[str, Any]) -> dict[str, Any]:
    parameters = {key: np.full(shape, float(parts["parameters"])) for key, shape in SHAPES.items()}
    # Where all parameters are alike, it does not show which of them was probed.
    parameters["b3"][:] = parts.get("last", parts["parameters"])
    gradients = {f"d{key}": np.full(shape, float(parts["gradients"])) for key, shape in SHAPES.items()}
    return {
        "parameters": parameters,
        "gradients": gradients,
        "X": np.ones((4, 1)),
        "Y": np.array([[1]]),
        "epsilon": 0.25,
    }


def _network(*columns: list[float], **weights: np.ndarray) -> dict[str, Any]:
    X = np.array(columns, dtype=np.float64).T
    Y = np.arange(len(columns)).reshape(1, -1) % 2
    return {"X": X, "Y": Y, **{key: weights.get(key, np.zeros(shape)) for key, shape in SHAPES.items()}}


def _first_ones(key: str) -> np.ndarray:
    """Give a weight matrix that passes on its first input alone, to every unit."""
    weights = np.zeros(SHAPES[key])
    weights[:, 0] = 1
    return weights


_ONES = {key: _first_ones(key) for key in ("W1", "W2", "W3")}
_MIXED = {
    "W1": np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0], [1, -1, 1, 0], [-1, 1, 0, 1]], dtype=np.float64),
    "W2": np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [1, 1, -1, 0, 0]], dtype=np.float64),
    "W3": np.array([[1, -1, 1]], dtype=np.float64),
    "b1": np.array([[1], [3], [-1], [1], [1]]) / 2,
    "b2": np.array([[-1], [1], [1]]) / 2,
}

SMALL: dict[str, Small] = {
    "forward_propagation": _SCALARS,
    "backward_propagation": _SCALARS,
    "gradient_check": _CHECKS,
    "backward_propagation_n": Small(
        [_network([1, 0, 0, 0], **_ONES), _network([1, 0, 0, 0], [2, 1, 0, 0], **_MIXED),
         _network([1, 0, 1, 0], [2, -1, 0, 1], [-1, 2, 1, 0], **_MIXED)],
        _backward,
    ),
    "gradient_check_n": Small(
        [{"parameters": 1, "gradients": 1}, {"parameters": 2, "gradients": 1}, {"parameters": 1, "gradients": -1},
         {"parameters": 1, "gradients": 1, "last": 2}],
        _check,
        _CURVED_N,
    ),
}  # fmt: skip

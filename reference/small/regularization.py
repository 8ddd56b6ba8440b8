"""Small networks of whole numbers: one unit a layer and one example, then two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.diagnosis import Small
from reference import networks
from reference.networks import relu, sigmoid

_KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")
# How far a pre-activation stays from the kink of its ReLU, where right answers may differ.
_KINK = 0.25


def _column(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=np.float64).reshape(-1, 1)


def _matrix(*rows: list[float]) -> np.ndarray:
    return np.array(rows, dtype=np.float64)


_NETWORKS = (
    (_matrix([1]), _column(0), _matrix([1]), _column(0), _matrix([1]), _column(0)),
    (_matrix([2]), _column(1), _matrix([-1]), _column(4), _matrix([1]), _column(-2)),
    (
        _matrix([1, -2], [3, 1]),
        _column(1, -1),
        _matrix([2, 1], [-1, 1]),
        _column(-2, 2),
        _matrix([1, -2]),
        _column(1),
    ),
)  # fmt: skip
_INPUTS = (_matrix([1]), _matrix([1, 2]), _matrix([1, 3, -2], [2, -1, 1]))
_LABELS = (np.array([[0]]), np.array([[1, 0]]), np.array([[0, 1, 1]]))
_OUTPUTS = (_matrix([0.5]), _matrix([0.5, 0.25]), _matrix([0.5, 0.25, 0.75]))
_MASKS = (
    ([[1]], [[1]]),
    ([[1, 0]], [[0, 1]]),
    ([[1, 1, 0], [1, 0, 1]], [[0, 1, 1], [1, 1, 1]]),
)  # fmt: skip


def _parameters(number: int) -> dict[str, Any]:
    return dict(zip(_KEYS, _NETWORKS[number], strict=True))


def _taken(parts: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {key: parts[key] for key in _KEYS}


def _cost(parts: Mapping[str, Any]) -> dict[str, Any]:
    if not np.all((parts["A3"] > 0) & (parts["A3"] < 1)):
        raise ValueError("an output is no probability, or a certain one")
    return {"A3": parts["A3"], "Y": parts["Y"], "parameters": _taken(parts), "lambd": parts["lambd"]}


def _backward(parts: Mapping[str, Any]) -> dict[str, Any]:
    _, cache = networks.forward_propagation(parts["X"], _taken(parts))
    _fair(cache[0], cache[4])
    return {"X": parts["X"], "Y": parts["Y"], "cache": cache, "lambd": parts["lambd"]}


def _forward_dropped(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {"X": parts["X"], "parameters": _taken(parts), "keep_prob": _probability(parts)}


def _backward_dropped(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Build the cache of a forward pass with given masks; a lift makes the masks alone tell who took part."""
    X, keep_prob = parts["X"], _probability(parts)
    W1, b1, W2, b2, W3, b3 = (parts[key] for key in _KEYS)
    D1, D2 = (np.array(parts[key]) for key in ("D1", "D2"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1) * D1 / keep_prob + parts["lift"]
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2) * D2 / keep_prob + parts["lift"]
    Z3 = W3 @ A2 + b3
    _fair(Z1, Z2)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)
    return {"X": X, "Y": parts["Y"], "cache": cache, "keep_prob": keep_prob}


def _fair(*pre_activations: np.ndarray) -> None:
    if min(float(np.abs(Z).min()) for Z in pre_activations) < _KINK:
        raise ValueError("a pre-activation is at the kink of its ReLU")


def _probability(parts: Mapping[str, Any]) -> float:
    keep_prob = float(parts["keep_prob"])
    if not 0 < keep_prob <= 1:
        raise ValueError("no unit would be kept")
    return keep_prob


def _starts(**others: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Give the networks with what else belongs to each."""
    return [
        {key: value[number] for key, value in others.items()} | _parameters(number) for number in range(len(_NETWORKS))
    ]


_LIFTED = {"lift": (0.0, 0.0, 0.0), "D1": tuple(d for d, _ in _MASKS), "D2": tuple(d for _, d in _MASKS)}
_PASSED_BACK = _starts(X=_INPUTS, Y=_LABELS, keep_prob=(0.5, 0.8, 0.8), **_LIFTED)

SMALL: dict[str, Small] = {
    "compute_cost_with_regularization": Small(_starts(A3=_OUTPUTS, Y=_LABELS, lambd=(1.0, 2.0, 3.0)), _cost),
    "backward_propagation_with_regularization": Small(_starts(X=_INPUTS, Y=_LABELS, lambd=(1.0, 2.0, 3.0)), _backward),
    "forward_propagation_with_dropout": Small(_starts(X=_INPUTS, keep_prob=(0.5, 0.8, 0.5)), _forward_dropped),
    "backward_propagation_with_dropout": Small(
        [*_PASSED_BACK, *({**start, "lift": 1.0} for start in _PASSED_BACK)], _backward_dropped
    ),
}

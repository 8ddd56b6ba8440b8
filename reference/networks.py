"""The three-layer network LINEAR → ReLU → LINEAR → ReLU → LINEAR → sigmoid that all assignments study."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# What `forward_propagation` keeps for the way back, in its order.
CACHE = ("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
# Networks that a question draws until one is fit to decide a mark; of fit ones there are many.
TRIES = 1000

# The distance of 1.0 to the next smaller float64: no activation comes nearer to 1 without being 1.
_NEAREST = 2.0**-53


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """Compute the logistic function.

    Parameters
    ----------
    Z : float array of any shape

    Returns
    -------
    float array of the same shape
        ``1 / (1 + exp(-Z))``, written so that neither tail overflows.
    """
    tail = np.exp(-np.abs(Z))
    A: np.ndarray = np.where(np.asarray(Z) >= 0, 1.0, tail) / (1.0 + tail)
    return A


def relu(Z: np.ndarray) -> np.ndarray:
    """Compute the rectified linear function.

    Parameters
    ----------
    Z : float array of any shape

    Returns
    -------
    float array of the same shape
        A new array: ``Z`` where positive, else 0.
    """
    A: np.ndarray = np.maximum(0, Z)
    return A


def forward_propagation(X: Floats, parameters: dict[str, Floats]) -> tuple[Floats, tuple[Floats, ...]]:
    """Run the network forward.

    Parameters
    ----------
    X : (n_0, m) float array
    parameters : dict of str to float array
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1), ``W2``, ``b2``, ``W3``, ``b3``.

    Returns
    -------
    A3 : (n_3, m) float array
    cache : tuple
        ``(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)``.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3: np.ndarray, Y: np.ndarray) -> float:
    """Compute the mean cross-entropy.

    Parameters
    ----------
    A3 : (1, m) float array
        Probabilities; 0 and 1 themselves are allowed and give a large finite cost where the label differs.
    Y : (1, m) array of 0 and 1

    Returns
    -------
    float
        ``-(1/m) sum(Y log A3 + (1 - Y) log(1 - A3))``.
    """
    A = np.clip(A3, _NEAREST, 1.0 - _NEAREST)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1])


def backward_propagation(X: Floats, Y: NDArray[Any], cache: tuple[Floats, ...]) -> dict[str, Floats]:
    """Run the network backward.

    Parameters
    ----------
    X : (n_0, m) float array
    Y : (1, m) array of 0 and 1
    cache : tuple
        Of `forward_propagation`.

    Returns
    -------
    dict of str to float array
        ``dW1``, ``db1``, ``dW2``, ``db2``, ``dW3``, ``db3``: the derivatives of `compute_cost`, each of its
        parameter's shape.
    """
    m = X.shape[1]
    _, A1, _, _, _, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dZ2 = (W3.T @ dZ3) * (A2 > 0)
    dZ1 = (W2.T @ dZ2) * (A1 > 0)
    gradients: dict[str, Floats] = {}
    for layer, (dZ, inputs) in enumerate(((dZ1, X), (dZ2, A1), (dZ3, A2)), 1):
        gradients[f"dW{layer}"] = dZ @ inputs.T / m
        gradients[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients

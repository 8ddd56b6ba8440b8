"""The 4-5-3-1 network of gradient checking as one long vector, and back; the trusted twin of ``gc_utils``."""

from __future__ import annotations

import numpy as np

SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def dictionary_to_vector(parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, list[str]]:
    """Stack the parameters in the order of `SHAPES`, each row by row.

    Parameters
    ----------
    parameters : dict of str to float array
        At least the keys of `SHAPES`.

    Returns
    -------
    theta : (47, 1) float array
        A copy.
    keys : list of 47 str
        The array that each entry came from.
    """
    theta = np.concatenate([np.reshape(parameters[key], (-1, 1)) for key in SHAPES])
    keys = [key for key in SHAPES for _ in range(np.size(parameters[key]))]
    return theta, keys


def vector_to_dictionary(theta: np.ndarray) -> dict[str, np.ndarray]:
    """Undo `dictionary_to_vector`.

    Parameters
    ----------
    theta : (47, 1) float array

    Returns
    -------
    dict of str to float array
        Copies, in the order of `SHAPES`.
    """
    ends = np.cumsum([np.prod(shape) for shape in SHAPES.values()])[:-1]
    pieces = np.split(np.ravel(theta), ends)
    return {key: piece.reshape(shape).copy() for (key, shape), piece in zip(SHAPES.items(), pieces, strict=True)}


def gradients_to_vector(gradients: dict[str, np.ndarray]) -> np.ndarray:
    """Stack the gradients in the order of the parameters: dW1, db1, dW2, db2, dW3, db3.

    Parameters
    ----------
    gradients : dict of str to float array
        At least those six keys; others, such as ``dZ1``, are left out.

    Returns
    -------
    (47, 1) float array
        A copy.
    """
    return dictionary_to_vector({key: gradients[f"d{key}"] for key in SHAPES})[0]

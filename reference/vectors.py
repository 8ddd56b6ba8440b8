"""The 4-5-3-1 network of gradient checking as one long vector, and back; the trusted twin of ``gc_utils``."""

from __future__ import annotations

import itertools

import numpy as np

SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
_ENDS = [0, *itertools.accumulate(rows * columns for rows, columns in SHAPES.values())]
# Where the entries of each array stand; gradient checking asks for them twice for each of 47 parameters.
_PLACES = {key: slice(*ends) for key, ends in zip(SHAPES, itertools.pairwise(_ENDS), strict=True)}


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
    flat = np.ravel(theta)
    return {key: flat[_PLACES[key]].reshape(shape).copy() for key, shape in SHAPES.items()}


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

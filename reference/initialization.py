"""Right answers and vetted questions of the assignment *initialization*.

Source of the He scale: He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015), section 2.2.
"""
# ruff: noqa: E741 - l is the layer index of the course

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks import draws


def initialize_parameters_zeros(layers_dims: list[int]) -> dict[str, np.ndarray]:
    """Start every weight and every bias at zero.

    Parameters
    ----------
    layers_dims : list of int
        Units of each layer, from the input (``layers_dims[0]``) to the output.

    Returns
    -------
    parameters : dict of str to float array
        For every layer l after the input: ``"Wl"`` of shape ``(layers_dims[l], layers_dims[l - 1])`` and
        ``"bl"`` of shape ``(layers_dims[l], 1)``.
    """
    parameters = {}
    L = len(layers_dims)  # layers, the input counted

    for l in range(1, L):
        # Set parameters["Wl"] and parameters["bl"] of this layer.
        ### BEGIN SOLUTION
        parameters[f"W{l}"] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION

    return parameters


def initialize_parameters_random(layers_dims: list[int]) -> dict[str, np.ndarray]:
    """Start the weights at large random values and the biases at zero.

    Parameters
    ----------
    layers_dims : list of int
        Units of each layer, from the input (``layers_dims[0]``) to the output.

    Returns
    -------
    parameters : dict of str to float array
        For every layer l after the input: ``"Wl"`` of shape ``(layers_dims[l], layers_dims[l - 1])``,
        normally distributed with mean 0 and standard deviation 10, and ``"bl"`` of shape ``(layers_dims[l],
        1)``, zero. The weights are drawn layer by layer from the stream that the seed below starts.
    """
    np.random.seed(3)  # everybody gets the same "random" numbers
    parameters = {}
    L = len(layers_dims)  # layers, the input counted

    for l in range(1, L):
        # Set parameters["Wl"] and parameters["bl"] of this layer.
        ### BEGIN SOLUTION
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION

    return parameters


def initialize_parameters_he(layers_dims: list[int]) -> dict[str, np.ndarray]:
    """Start the weights at random values of the size that He et al. (2015) found for ReLU layers.

    Parameters
    ----------
    layers_dims : list of int
        Units of each layer, from the input (``layers_dims[0]``) to the output.

    Returns
    -------
    parameters : dict of str to float array
        For every layer l after the input: ``"Wl"`` of shape ``(layers_dims[l], layers_dims[l - 1])``,
        normally distributed with mean 0 and He's standard deviation, and ``"bl"`` of shape ``(layers_dims[l],
        1)``, zero. The weights are drawn layer by layer from the stream that the seed below starts.
    """
    np.random.seed(3)  # everybody gets the same "random" numbers
    parameters = {}
    L = len(layers_dims)  # layers, the input counted

    for l in range(1, L):
        # Set parameters["Wl"] and parameters["bl"] of this layer.
        ### BEGIN SOLUTION
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION

    return parameters


def layers_question(seed: int) -> tuple[list[int]]:
    """Draw a layer list that separates right from wrong.

    Parameters
    ----------
    seed : int

    Returns
    -------
    tuple of one list of int
        3 to 6 layers of 3 to 12 units and one output. Neighbours differ, so that a transposed matrix or the
        other layer's count shows; no layer has 2 units, where He's scale is 1.
    """
    random = draws.state(seed)
    depth = int(random.randint(2, 6))
    layers = [int(random.randint(3, 13))]
    while len(layers) < depth:
        units = int(random.randint(3, 13))
        if units != layers[-1]:
            layers.append(units)
    return ([*layers, 1],)


# Where answers go wrong that hold for most networks: one unit in the input or inside, layers of one width, several
# outputs, numbers of layers with two digits, no hidden layer, many units, a weight alone. The longest comes first, and
# two are of one length: what an answer keeps from call to call shows.
_UNUSUAL = [[1, 4, 4, 4, 1, 3, 5, 2, 6, 4, 3, 2], [2, 1, 3], [1, 4, 1], [5, 2], [7, 70, 37, 1, 1]]


def networks(*seeds: int) -> list[list[int]]:
    """Give layer lists for a hidden test: unusual ones first, then drawn ones.

    Parameters
    ----------
    *seeds : int
        Of the drawn ones; see `layers_question`.

    Returns
    -------
    list of list of int
        Fresh ones, which an answer may spoil.
    """
    return [*copy.deepcopy(_UNUSUAL), *(layers_question(seed)[0] for seed in seeds)]


QUESTIONS: dict[str, Callable[[int], tuple[Any, ...]]] = {
    "initialize_parameters_zeros": layers_question,
    "initialize_parameters_random": layers_question,
    "initialize_parameters_he": layers_question,
}

# Beside the random questions: the smallest networks, and neighbours of equal size.
_EDGES = [([1, 1],), ([3, 1],), ([2, 2, 1],), ([5, 5, 5],), *((dims,) for dims in _UNUSUAL), ([2, 1, 2, 1, 2, 1],)]

EDGES: dict[str, Callable[[], list[tuple[Any, ...]]]] = dict.fromkeys(QUESTIONS, lambda: copy.deepcopy(_EDGES))


def several_outputs_question(seed: int) -> tuple[tuple[list[int]], dict[str, Callable[..., Any]]]:
    """Draw a layer list whose last layer has several units, in the form of a probe: nothing stands in for anything.

    Beside one output, a division by the units of the last layer does not show.

    Parameters
    ----------
    seed : int
    """
    ([*layers, _],) = layers_question(seed)
    units = 3 + seed % 5
    return ([*layers, units + 5 if units == layers[-1] else units],), {}


# What a diagnosis asks where the questions of the tests would say too little.
PROBES: dict[str, Callable[[int], tuple[tuple[Any, ...], dict[str, Callable[..., Any]]]]] = dict.fromkeys(
    QUESTIONS, several_outputs_question
)

# All of a result is judged: the parameters by their names.
OUTPUTS: dict[str, Callable[[Any], dict[str, Any]]] = dict.fromkeys(QUESTIONS, dict)


def _layer_quantities(layers_dims: list[int]) -> dict[str, Any]:
    layers = range(1, len(layers_dims))
    return {
        "the number of layers": len(layers_dims),
        "the number of units of the layer before": {f"W{l}": float(layers_dims[l - 1]) for l in layers},
        "the number of units of the layer": {f"W{l}": float(layers_dims[l]) for l in layers},
        "the sum of both layers' units": {f"W{l}": float(layers_dims[l] + layers_dims[l - 1]) for l in layers},
    }


# The natural quantities of a question, in words: what a wrong factor may be made of, for each output its own.
QUANTITIES: dict[str, Callable[..., dict[str, Any]]] = dict.fromkeys(QUESTIONS, _layer_quantities)

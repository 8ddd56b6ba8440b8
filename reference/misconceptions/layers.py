"""Initializations that go wrong: builders, and the mistakes that do not depend on the scale of the weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.diagnosis import Misconception

Parameters = dict[str, np.ndarray]
Draw = Callable[[int, int], np.ndarray]
Wrong = Callable[[list[int]], Parameters]


def drawn(
    weights: Draw,
    biases: Draw | None = None,
    *,
    seed: int | None = 3,
    again: bool = False,
    first: int = 1,
    last: int = 0,
) -> Wrong:
    """Build an initialization from how it draws a layer's weights and biases, given (units, inputs).

    Parameters
    ----------
    weights, biases : callable
    seed : int or None
        None seeds nothing.
    again : bool
        Whether each layer sets the seed again.
    first, last : int
        The first layer that gets parameters, and how many at the end get none.
    """

    def wrong(layers_dims: list[int]) -> Parameters:
        parameters = {}
        for layer in range(first, len(layers_dims) - last):
            if seed is not None and (again or layer == first):
                np.random.seed(seed)
            units, inputs = layers_dims[layer], layers_dims[layer - 1]
            parameters[f"W{layer}"] = weights(units, inputs)
            parameters[f"b{layer}"] = biases(units, 1) if biases else np.zeros((units, 1))
        return parameters

    return wrong


def of_its_own(scale: Callable[[int], float]) -> Wrong:
    """Build an initialization that draws from NumPy's newer generator, given a layer's scale by its inputs."""

    def wrong(layers_dims: list[int]) -> Parameters:
        stream = np.random.default_rng(3)
        parameters = {}
        for layer in range(1, len(layers_dims)):
            units, inputs = layers_dims[layer], layers_dims[layer - 1]
            parameters[f"W{layer}"] = stream.standard_normal((units, inputs)) * scale(inputs)
            parameters[f"b{layer}"] = np.zeros((units, 1))
        return parameters

    return wrong


def _without_biases(right: Wrong) -> Wrong:
    def wrong(layers_dims: list[int]) -> Parameters:
        return {key: value for key, value in right(layers_dims).items() if key.startswith("W")}

    return wrong


def normal(units: int, inputs: int) -> np.ndarray:
    """Draw standard normal weights."""
    drawn_weights: np.ndarray = np.random.randn(units, inputs)
    return drawn_weights


def zeros(units: int, inputs: int) -> np.ndarray:
    """Give weights of zero."""
    return np.zeros((units, inputs))


def tenfold(units: int, inputs: int) -> np.ndarray:
    """Draw weights of standard deviation 10."""
    return normal(units, inputs) * 10


def he(units: int, inputs: int) -> np.ndarray:
    """Draw weights of He's standard deviation."""
    drawn_weights: np.ndarray = normal(units, inputs) * np.sqrt(2 / inputs)
    return drawn_weights


def shared(prefix: str, function: str, weights: Draw) -> tuple[Misconception, ...]:
    """Give the mistakes that have nothing to do with how the weights are drawn."""
    return (
        Misconception(
            f"{prefix}-output-layer-missing",
            function,
            drawn(weights, last=1),
            "The output layer has no parameters: the loop ends one layer early.",
            "A list of four numbers describes an input and three layers with parameters. Write down which "
            "values l takes in your loop for such a list, and remember where range stops.",
        ),
        Misconception(
            f"{prefix}-first-layer-missing",
            function,
            drawn(weights, first=2),
            "The first layer has no parameters: the loop begins one layer late.",
            "The first weights join the input to the first hidden layer, and their name ends in 1. Write down which "
            "values l takes in your loop for a list of three numbers, the first value above all.",
        ),
        Misconception(
            f"{prefix}-biases-missing",
            function,
            _without_biases(drawn(weights)),
            "The result holds weights only: there are no biases in it.",
            "Each layer after the input has two arrays in the dictionary, one of weights and one of biases. Compare "
            "the keys of your result with the docstring: which half of them is not there?",
        ),
        Misconception(
            f"{prefix}-biases-as-rows",
            function,
            drawn(weights, lambda units, _: np.zeros((1, units))),
            "The biases are rows where columns are wanted.",
            "The product of W and A has one row a unit and one column an example. A bias is one number a unit, "
            "the same for every example. Which shape spreads along the columns when NumPy adds it?",
        ),
        Misconception(
            f"{prefix}-biases-flat",
            function,
            drawn(weights, lambda units, _: np.zeros(units)),
            "The biases are flat arrays with one dimension where columns with two are wanted.",
            "To NumPy, an array with one dimension is neither row nor column, and in a sum with a matrix it acts as a "
            "row. A column has two dimensions. How is a shape with two numbers handed to the function?",
        ),
        Misconception(
            f"{prefix}-biases-are-ones",
            function,
            drawn(weights, lambda units, _: np.ones((units, 1))),
            "The biases are ones where zeros are wanted.",
            "In all three parts of the exercise the biases start at the same value, and the docstring names it. Print "
            "one of your biases and compare. Which NumPy function makes arrays of that number?",
        ),
    )


def transposed(prefix: str, function: str, weights: Draw) -> Misconception:
    """Give the mistake of exchanged sizes."""
    return Misconception(
        f"{prefix}-transposed",
        function,
        drawn(lambda units, inputs: weights(inputs, units)),
        "The weight matrices are transposed: their two sizes are exchanged.",
        "Examples are columns, and a layer computes W times A plus b. Write down the shape of A of the "
        "layer before and the shape that the result must have: how many rows and how many columns does W "
        "need between them?",
    )


def of_draws(prefix: str, function: str, weights: Draw) -> tuple[Misconception, ...]:
    """Give the mistakes in how random numbers are drawn."""
    hint_biases = (
        "Random weights alone make the units of a layer differ. The biases need not be random, and each number that is "
        "drawn for them also shifts all the weights that are drawn later."
    )
    return (
        Misconception(
            f"{prefix}-biases-random",
            function,
            drawn(weights, weights if prefix == "random" else normal),
            "The biases are random where zeros are wanted.",
            hint_biases,
        ),
        Misconception(
            f"{prefix}-biases-random-in-another-scale",
            function,
            drawn(weights, normal if prefix == "random" else weights),
            "The biases are random where zeros are wanted.",
            hint_biases,
        ),
        Misconception(
            f"{prefix}-seed-missing",
            function,
            drawn(weights, seed=None),
            "The random numbers do not start from the given seed: two equal calls give different weights.",
            "Only with the seed does everybody get the same numbers. Look at the first line of the function as it was "
            "handed out: is it still there, and is it executed before the first number is drawn?",
        ),
        Misconception(
            f"{prefix}-reseeded-in-every-layer",
            function,
            drawn(weights, again=True),
            "The seed is set again in every layer, so that all layers begin with the same numbers.",
            "Compare the first numbers of W1 and W2 before they are scaled: they should have nothing in common. Where "
            "in your function does the stream of random numbers start, and how often?",
        ),
        Misconception(
            f"{prefix}-weights-are-zero",
            function,
            drawn(zeros),
            "The weights are zeros, or multiplied by 0.",
            "The first part has shown what becomes of a network whose weights are all equal. Which line of your "
            "function makes the weights of one layer differ? If it does draw them, print what it multiplies them by: "
            "a division with two slashes cuts off what stands behind the point.",
        ),
    )

"""Known mistakes in *initialization*, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.diagnosis import Misconception

Parameters = dict[str, np.ndarray]
Draw = Callable[[int, int], np.ndarray]


def _drawn(weights: Draw, biases: Draw | None = None) -> Callable[[list[int]], Parameters]:
    """Build an initialization from how it draws a layer's weights and biases, given (units, inputs)."""

    def wrong(layers_dims: list[int]) -> Parameters:
        np.random.seed(3)
        parameters = {}
        for layer in range(1, len(layers_dims)):
            units, inputs = layers_dims[layer], layers_dims[layer - 1]
            parameters[f"W{layer}"] = weights(units, inputs)
            parameters[f"b{layer}"] = biases(units, 1) if biases else np.zeros((units, 1))
        return parameters

    return wrong


def _of_its_own(scale: Callable[[int], float]) -> Callable[[list[int]], Parameters]:
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


def _without_output(layers_dims: list[int]) -> Parameters:
    return _drawn(lambda units, inputs: np.zeros((units, inputs)))(layers_dims[:-1])


def _normal(units: int, inputs: int) -> np.ndarray:
    return np.random.randn(units, inputs)


ZEROS = (
    Misconception(
        "zeros-are-ones",
        "initialize_parameters_zeros",
        _drawn(lambda units, inputs: np.ones((units, inputs))),
        "The weights are ones where zeros are wanted.",
        "Equal weights keep the units of a layer equal, whatever the number is, but this experiment is about the "
        "number zero. Which NumPy function makes an array of zeros, and what does it take as its shape?",
    ),
    Misconception(
        "zeros-transposed",
        "initialize_parameters_zeros",
        _drawn(lambda units, inputs: np.zeros((inputs, units))),
        "The weight matrices are transposed.",
        "Examples are columns, and a layer computes W times A plus b. Write down the shape of A of the "
        "layer before and the shape that the result must have: how many rows and how many columns does W "
        "need between them?",
    ),
    Misconception(
        "zeros-biases-as-rows",
        "initialize_parameters_zeros",
        _drawn(lambda units, inputs: np.zeros((units, inputs)), lambda units, _: np.zeros((1, units))),
        "The biases are rows where columns are wanted.",
        "The product of W and A has one row a unit and one column an example. A bias is one number a unit, "
        "the same for every example. Which shape spreads along the columns when NumPy adds it?",
    ),
    Misconception(
        "zeros-output-layer-missing",
        "initialize_parameters_zeros",
        _without_output,
        "The output layer has no parameters: the loop ends one layer early.",
        "A list of four numbers describes an input and three layers with parameters. Write down which "
        "values l takes in your loop for such a list, and remember where range stops.",
    ),
)

RANDOM = (
    Misconception(
        "random-generator-of-its-own",
        "initialize_parameters_random",
        _of_its_own(lambda _: 10.0),
        "The weights come from a new generator, not from the stream that the given seed starts.",
        "The line with the seed is there so that everybody gets the same numbers. It seeds one generator only: which "
        "functions draw from that one, and which does your line call?",
    ),
    Misconception(
        "random-not-scaled",
        "initialize_parameters_random",
        _drawn(_normal),
        "The weights are standard normal numbers: the factor 10 is missing.",
        "This part of the notebook wants to show what large weights do. Print the standard deviation of "
        "your W1 and compare it with the one in the docstring: what separates them?",
    ),
    Misconception(
        "random-uniform",
        "initialize_parameters_random",
        _drawn(lambda units, inputs: np.random.rand(units, inputs) * 10),
        "The weights are uniform numbers from 0 to 10 where normal ones are wanted.",
        "NumPy has two functions with similar names. One gives numbers between 0 and 1 only, so that no "
        "weight would ever be negative; the other gives a bell curve around 0. Read the help of both.",
    ),
    Misconception(
        "random-biases-random",
        "initialize_parameters_random",
        _drawn(lambda *shape: _normal(*shape) * 10, lambda *shape: _normal(*shape) * 10),
        "The biases are random where zeros are wanted.",
        "Random weights alone make the units of a layer differ. The biases need not be random, and each "
        "number that is drawn for them also shifts all the weights that are drawn later.",
    ),
    Misconception(
        "random-scaled-down",
        "initialize_parameters_random",
        _drawn(lambda *shape: _normal(*shape) * 0.01),
        "The weights are multiplied by 0.01 where 10 is wanted.",
        "Small random numbers are a common start elsewhere, but here the experiment is about large ones. "
        "Which standard deviation does the docstring name?",
    ),
)

HE = (
    Misconception(
        "he-small-constant",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * 0.01),
        "Every weight is multiplied by 0.01, whatever the size of the layers.",
        "A fixed small factor makes the signal fade in deep networks and says nothing about the layer. Formula (2) "
        "gives each layer a factor of its own: from which entry of layers_dims does it come?",
    ),
    Misconception(
        "he-averaged-fan",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * np.sqrt(2 / (units + inputs))),
        "The factor counts the units on both sides of the weights, as Glorot's does.",
        "Glorot and Bengio balance the way forward and the way back, and so count both layers. He and his colleagues "
        "look at one direction only. How many numbers does each unit sum up on the way forward?",
    ),
    Misconception(
        "he-biases-random",
        "initialize_parameters_he",
        _drawn(lambda u, n: _normal(u, n) * np.sqrt(2 / n), _normal),
        "The biases are random where zeros are wanted.",
        "Random weights alone make the units of a layer differ. The biases need not be random, and each number that is "
        "drawn for them also shifts all the weights that are drawn later.",
    ),
    Misconception(
        "he-generator-of-its-own",
        "initialize_parameters_he",
        _of_its_own(lambda inputs: float(np.sqrt(2 / inputs))),
        "The weights come from a new generator, not from the stream that the given seed starts.",
        "The line with the seed is there so that everybody gets the same numbers. It seeds one generator only: which "
        "functions draw from that one, and which does your line call?",
    ),
    Misconception(
        "he-not-scaled",
        "initialize_parameters_he",
        _drawn(_normal),
        "The weights are standard normal numbers: He's factor is missing.",
        "Formula (2) has two factors. The first is the random draw. The second depends on a number of units "
        "and makes the weights of wide layers smaller. Where does it appear in your code?",
    ),
    Misconception(
        "xavier-instead-of-he",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * np.sqrt(1 / inputs)),
        "The factor is that of Xavier Glorot, for tanh layers.",
        "A ReLU sets about half of its inputs to zero, and so halves the mean square of the signal in every "
        "layer. Compare the number under your root with formula (2): what makes up for this loss?",
    ),
    Misconception(
        "he-wrong-fan",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * np.sqrt(2 / units)),
        "The factor counts the units of the layer itself where those of the layer before are wanted.",
        "The sum that a unit computes has one term for each of its inputs, and its size grows with their "
        "number. Which entry of layers_dims is the number of inputs of layer l?",
    ),
    Misconception(
        "he-without-root",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * (2 / inputs)),
        "The factor is He's variance: the square root is missing.",
        "Formula (2) fixes the variance of the weights. Multiplying a random number by a factor multiplies "
        "its variance by the square of that factor. Which factor gives the wanted variance?",
    ),
    Misconception(
        "he-scaled-by-ten",
        "initialize_parameters_he",
        _drawn(lambda units, inputs: _normal(units, inputs) * 10),
        "The weights are multiplied by 10, as in the part before.",
        "The factor 10 belongs to the experiment with large values. Here every layer gets a factor of its "
        "own, which depends on how many inputs its units have: see formula (2).",
    ),
)

CATALOGUE: tuple[Misconception, ...] = ZEROS + RANDOM + HE

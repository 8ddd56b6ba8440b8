"""Known mistakes with He's scale, as wrong implementations."""

from __future__ import annotations

import numpy as np

from autograder.diagnosis import Misconception
from reference.misconceptions.layers import Parameters, drawn, he, normal, of_draws, of_its_own, shared, transposed


def _scaled_by_input(layers_dims: list[int]) -> Parameters:
    return drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(2 / layers_dims[0]))(layers_dims)


def _scaled_by_output(layers_dims: list[int]) -> Parameters:
    return drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(2 / layers_dims[-1]))(layers_dims)


HE = (
    Misconception(
        "he-small-constant",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * 0.01),
        "Every weight is multiplied by 0.01, whatever the size of the layers.",
        "A fixed small factor makes the signal fade in deep networks and says nothing about the layer. Formula (2) "
        "gives each layer a factor of its own: from which entry of layers_dims does it come?",
    ),
    Misconception(
        "he-averaged-fan",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(2 / (units + inputs))),
        "The factor counts the units on both sides of the weights, as Glorot's does.",
        "Glorot and Bengio balance the way forward and the way back, and so count both layers. He and his colleagues "
        "look at one direction only. How many numbers does each unit sum up on the way forward?",
    ),
    Misconception(
        "he-glorot-bound",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(6 / (units + inputs))),
        "The factor is the bound of Glorot's uniform numbers, the root of 6 over the units of both layers.",
        "That number bounds a uniform distribution which has the variance Glorot wanted. Here the numbers are normal "
        "and the layers have ReLUs: formula (2) has another number under the root, and counts one layer only.",
    ),
    Misconception(
        "he-generator-of-its-own",
        "initialize_parameters_he",
        of_its_own(lambda inputs: float(np.sqrt(2 / inputs))),
        "The weights come from a new generator, not from the stream that the given seed starts.",
        "The line with the seed is there so that everybody gets the same numbers. It seeds one generator only: which "
        "functions draw from that one, and which does your line call?",
    ),
    Misconception(
        "he-uniform",
        "initialize_parameters_he",
        drawn(lambda units, inputs: np.random.rand(units, inputs) * np.sqrt(2 / inputs)),
        "The weights are uniform numbers where normal ones are wanted; none of them is negative.",
        "NumPy has two functions with similar names. One gives numbers between 0 and 1 only, so that no "
        "weight would ever be negative; the other gives a bell curve around 0. Read the help of both.",
    ),
    Misconception(
        "he-not-scaled",
        "initialize_parameters_he",
        drawn(normal),
        "The weights are standard normal numbers: He's factor is missing.",
        "Formula (2) has two factors. The first is the random draw. The second depends on a number of units "
        "and makes the weights of wide layers smaller. Where does it appear in your code?",
    ),
    Misconception(
        "xavier-instead-of-he",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(1 / inputs)),
        "The factor is that of Xavier Glorot, for tanh layers.",
        "A ReLU sets about half of its inputs to zero, and so halves the mean square of the signal in every "
        "layer. Compare the number under your root with formula (2): what makes up for this loss?",
    ),
    Misconception(
        "he-wrong-fan",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(2 / units)),
        "The factor counts the units of the layer itself where those of the layer before are wanted.",
        "The sum that a unit computes has one term for each of its inputs, and its size grows with their "
        "number. Which entry of layers_dims is the number of inputs of layer l?",
    ),
    Misconception(
        "xavier-with-wrong-fan",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(1 / units)),
        "The factor is Xavier Glorot's and not He's, and it counts the units of the layer itself.",
        "Two things differ from formula (2): the number above the fraction bar, which makes up for what a ReLU cuts "
        "off, and the layer whose units are counted below it. How many inputs does one unit have?",
    ),
    Misconception(
        "he-fan-of-the-input",
        "initialize_parameters_he",
        _scaled_by_input,
        "The factor of every layer counts the units of the network's input.",
        "Each layer gets its own factor, because each has its own number of inputs. For the second layer these are the "
        "units of the first. Does the index in your factor change with l?",
    ),
    Misconception(
        "he-fan-of-the-output",
        "initialize_parameters_he",
        _scaled_by_output,
        "The factor of every layer counts the units of the network's output.",
        "Each layer gets its own factor, because each has its own number of inputs. Does the index in your factor "
        "change with the layer? L counts all layers, and l is the one of this round: the two are easily confused.",
    ),
    Misconception(
        "he-without-root",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * (2 / inputs)),
        "The factor is He's variance: the square root is missing.",
        "Formula (2) fixes the variance of the weights. Multiplying a random number by a factor multiplies "
        "its variance by the square of that factor. Which factor gives the wanted variance?",
    ),
    Misconception(
        "he-root-of-two-only",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * (np.sqrt(2) / inputs)),
        "The factor is the root of 2 over the number of units: that number stands outside the root, or is squared in "
        "it.",
        "Formula (2) takes the root of a whole fraction. Which parts of the fraction does your root hold, up to its "
        "closing bracket, and is one of them squared? Try a layer with 8 inputs by hand.",
    ),
    Misconception(
        "he-two-outside-the-root",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * (2 / np.sqrt(inputs))),
        "The root is taken of the number of units alone, and the 2 is left outside it.",
        "Formula (2) takes the root of a whole fraction. Look where the bracket of your root opens: which parts of the "
        "fraction does it hold? Try a layer with 8 inputs by hand.",
    ),
    Misconception(
        "he-factor-inverted",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(inputs / 2)),
        "He's factor is applied the wrong way round: wide layers get larger weights instead of smaller ones.",
        "The more inputs a unit sums up, the smaller each weight must be for the sum to keep its size. Is your "
        "fraction upside down, or do you divide by the factor where it is to be multiplied?",
    ),
    Misconception(
        "he-half-instead-of-two",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * np.sqrt(1 / (2 * inputs))),
        "The 2 of He's factor stands below the fraction bar instead of above it.",
        "A ReLU cuts off half of the signal, and the 2 in formula (2) is there to make up for it. Does the factor grow "
        "or shrink with your 2? Look on which side of the fraction bar it stands.",
    ),
    Misconception(
        "he-scaled-by-ten",
        "initialize_parameters_he",
        drawn(lambda units, inputs: normal(units, inputs) * 10),
        "The weights are multiplied by 10, as in the part before.",
        "The factor 10 belongs to the experiment with large values. Here every layer gets a factor of its "
        "own, which depends on how many inputs its units have: see formula (2).",
    ),
    Misconception(
        "he-and-ten",
        "initialize_parameters_he",
        drawn(lambda units, inputs: he(units, inputs) * 10),
        "He's factor is right, but the factor 10 of the part before is still there as well.",
        "A line that was copied from the part before brings its factor along. Formula (2) has one random factor and "
        "one that depends on the layer. What else stands in your product?",
    ),
    transposed("he", "initialize_parameters_he", lambda rows, columns: normal(rows, columns) * np.sqrt(2 / rows)),
    *of_draws("he", "initialize_parameters_he", he),
    *shared("he", "initialize_parameters_he", he),
)

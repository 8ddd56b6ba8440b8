"""Known mistakes in *initialization*, as wrong implementations."""

from __future__ import annotations

import numpy as np

from autograder.diagnosis import Misconception
from reference.misconceptions.he import HE
from reference.misconceptions.layers import drawn, he, normal, of_draws, of_its_own, shared, tenfold, transposed, zeros

ZEROS = (
    Misconception(
        "zeros-are-ones",
        "initialize_parameters_zeros",
        drawn(lambda units, inputs: np.ones((units, inputs))),
        "The weights are ones where zeros are wanted.",
        "Equal weights keep the units of a layer equal, whatever the number is, but this experiment is about the "
        "number zero. Which NumPy function makes an array of zeros, and what does it take as its shape?",
    ),
    Misconception(
        "zeros-weights-square",
        "initialize_parameters_zeros",
        drawn(lambda units, _: np.zeros((units, units))),
        "The weight matrices are square: both of their sizes count the units of the same layer.",
        "A weight matrix joins two layers: one row for each unit of this layer, one column for each unit of the layer "
        "before. Which two entries of the list are that, and does each occur in your line?",
    ),
    transposed("zeros", "initialize_parameters_zeros", zeros),
    *shared("zeros", "initialize_parameters_zeros", zeros),
)

RANDOM = (
    Misconception(
        "random-generator-of-its-own",
        "initialize_parameters_random",
        of_its_own(lambda _: 10.0),
        "The weights come from a new generator, not from the stream that the given seed starts.",
        "The line with the seed is there so that everybody gets the same numbers. It seeds one generator only: which "
        "functions draw from that one, and which does your line call?",
    ),
    Misconception(
        "random-not-scaled",
        "initialize_parameters_random",
        drawn(normal),
        "The weights are standard normal numbers: the factor 10 is missing.",
        "This part of the notebook wants to show what large weights do. Print the standard deviation of "
        "your W1 and compare it with the one in the docstring: what separates them?",
    ),
    Misconception(
        "random-uniform",
        "initialize_parameters_random",
        drawn(lambda units, inputs: np.random.rand(units, inputs) * 10),
        "The weights are uniform numbers from 0 to 10 where normal ones are wanted.",
        "NumPy has two functions with similar names. One gives numbers between 0 and 1 only, so that no "
        "weight would ever be negative; the other gives a bell curve around 0. Read the help of both.",
    ),
    Misconception(
        "random-scaled-down",
        "initialize_parameters_random",
        drawn(lambda *shape: normal(*shape) * 0.01),
        "The weights are multiplied by 0.01 where 10 is wanted.",
        "Small random numbers are a common start elsewhere, but here the experiment is about large ones. "
        "Which standard deviation does the docstring name?",
    ),
    Misconception(
        "random-divided-by-ten",
        "initialize_parameters_random",
        drawn(lambda *shape: normal(*shape) / 10),
        "The weights are divided by 10 where they are to be multiplied by it.",
        "The numbers should spread ten times as far as standard normal ones. Print the largest of your weights: is it "
        "larger or smaller than what the generator gives? Which operation makes a spread wider?",
    ),
    Misconception(
        "random-root-of-ten",
        "initialize_parameters_random",
        drawn(lambda *shape: normal(*shape) * np.sqrt(10)),
        "The weights are multiplied by the root of 10: the variance is 10, not the standard deviation.",
        "The docstring names a standard deviation. Multiplying random numbers by a factor multiplies their standard "
        "deviation by that factor, and their variance by its square. Which of the two did you set to ten?",
    ),
    Misconception(
        "random-scaled-as-he",
        "initialize_parameters_random",
        drawn(he),
        "The weights have the scale of the third part, He's, where the fixed factor 10 is wanted.",
        "This part is the experiment with weights that are too large; the clever scale comes in the next one. Read the "
        "docstring of this function again: does its standard deviation depend on the layer?",
    ),
    transposed("random", "initialize_parameters_random", tenfold),
    *of_draws("random", "initialize_parameters_random", tenfold),
    *shared("random", "initialize_parameters_random", tenfold),
)

CATALOGUE: tuple[Misconception, ...] = ZEROS + RANDOM + HE

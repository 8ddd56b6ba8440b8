"""Known mistakes with dropout on the way forward, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis import Misconception
from reference import regularization as right
from reference.networks import relu, sigmoid

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, ...]
# Given activations, uniform numbers and keep_prob: the mask, what goes on, and what the cache keeps of it.
Drop = Callable[[np.ndarray, np.ndarray, float], tuple[np.ndarray, ...]]
_KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")


def _inverted(A: np.ndarray, u: np.ndarray, keep_prob: float) -> tuple[np.ndarray, ...]:
    """Drop as it should be done."""
    return u < keep_prob, A * (u < keep_prob) / keep_prob


def _dropping(
    first: Drop, second: Drop | None = None, *, seeds: tuple[int | None, int | None] = (1, None)
) -> Callable[..., Any]:
    """Build a forward pass from how the two hidden layers drop, and from the seeds that are set before each."""

    def wrong(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
        W1, b1, W2, b2, W3, b3 = (parameters[key] for key in _KEYS)
        Z1 = W1 @ X + b1
        _seed(seeds[0])
        D1, A1, *kept1 = first(relu(Z1), np.random.rand(*Z1.shape), keep_prob)
        Z2 = W2 @ A1 + b2
        _seed(seeds[1])
        D2, A2, *kept2 = (second or first)(relu(Z2), np.random.rand(*Z2.shape), keep_prob)
        Z3 = W3 @ A2 + b3
        A3 = sigmoid(Z3)
        A1, A2 = (kept1 or [A1])[0], (kept2 or [A2])[0]
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

    return wrong


def _seed(seed: int | None) -> None:
    if seed is not None:
        np.random.seed(seed)


def _drawing(
    draw: Callable[[tuple[int, ...]], np.ndarray], keep: Callable[[np.ndarray, float], np.ndarray]
) -> Callable[..., Any]:
    """Build a forward pass from how it draws numbers of a shape, and which of them keep a unit."""

    def wrong(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = (parameters[key] for key in _KEYS)
        Z1 = W1 @ X + b1
        D1 = keep(draw(Z1.shape), keep_prob)
        A1 = relu(Z1) * D1 / keep_prob
        Z2 = W2 @ A1 + b2
        D2 = keep(draw(Z2.shape), keep_prob)
        A2 = relu(Z2) * D2 / keep_prob
        Z3 = W3 @ A2 + b3
        A3 = sigmoid(Z3)
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

    return wrong


def _output_dropped(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
    A3, (*rest, _, W3, b3) = right.forward_propagation_with_dropout(X, parameters, keep_prob)
    A3 = A3 * (np.random.rand(*A3.shape) < keep_prob) / keep_prob
    return A3, (*rest, A3, W3, b3)


def _before_activation(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
    A3, cache = right.forward_propagation_with_dropout(X, parameters, keep_prob)
    Z1, D1, A1, W1, b1, Z2, D2, *rest = cache
    return A3, (Z1 * D1 / keep_prob, D1, A1, W1, b1, Z2 * D2 / keep_prob, D2, *rest)


FORWARD = (
    Misconception(
        "dropout-not-scaled",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob))),
        "The units that are kept are not divided by keep_prob.",
        "With some units switched off, the next layer receives less in total than it will when the network "
        "is used without dropout. What must happen to the remaining units so that the expected value stays "
        "the same? See step 4.",
    ),
    Misconception(
        "dropout-mask-inverted",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u > keep_prob, A * (u > keep_prob) / keep_prob)),
        "The mask is upside down: units are kept with probability 1 - keep_prob.",
        "A uniform number between 0 and 1 lies below 0.9 nine times out of ten. With keep_prob = 0.9, on "
        "which side of it should a unit be kept? Print the mean of your mask.",
    ),
    Misconception(
        "dropout-missing",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A)),
        "Masks are drawn but not applied: no unit is switched off.",
        "A mask does nothing until the activations are multiplied by it. After which line should the "
        "entries of A1 that the mask switches off be zero, and are they?",
    ),
    Misconception(
        "dropout-scaled-by-drop-probability",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob) / (1 - keep_prob))),
        "The units that are kept are divided by 1 - keep_prob where keep_prob is wanted.",
        "Take an activation of 1 that is kept with probability 0.8. Its mean after the mask is 0.8. By "
        "which number must it be divided to have mean 1 again?",
    ),
    Misconception(
        "dropout-scale-multiplied",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob) * keep_prob)),
        "The units that are kept are multiplied by keep_prob where a division is wanted.",
        "Switching units off already makes the total smaller. The scale has to make up for that: should the "
        "units that are left become larger or smaller?",
    ),
    Misconception(
        "dropout-one-mask-for-all-examples",
        "forward_propagation_with_dropout",
        _drawing(lambda shape: np.random.rand(shape[0], 1) * np.ones(shape), lambda u, keep_prob: u < keep_prob),
        "One number is drawn for each unit, so that a unit is off for all examples or for none.",
        "Each example gets a network of its own: the mask has one entry for each unit and each example. Compare the "
        "shape of your random numbers with that of the activations.",
    ),
    Misconception(
        "dropout-from-normal-numbers",
        "forward_propagation_with_dropout",
        _drawing(lambda shape: np.random.randn(*shape), lambda u, keep_prob: u < keep_prob),
        "The masks are made from normal random numbers where uniform ones are wanted.",
        "Which share of standard normal numbers lies below 0.5, and which share of uniform ones between 0 and 1? Only "
        "one of the two is the probability to keep a unit.",
    ),
    Misconception(
        "dropout-scaled-twice",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob) / keep_prob**2)),
        "The units that are kept are divided by keep_prob twice.",
        "One division makes up for the units that were switched off. Look for a second one: in the mask, or in a line "
        "that scales what has been scaled already.",
    ),
    Misconception(
        "dropout-seed-missing",
        "forward_propagation_with_dropout",
        _dropping(_inverted, seeds=(None, None)),
        "The masks do not start from the given seed: two equal calls drop different units.",
        "Only with the seed does everybody drop the same units, so that results can be compared. Look at the first "
        "line of the function as it was handed out: is it still there?",
    ),
    Misconception(
        "dropout-reseeded-for-second-layer",
        "forward_propagation_with_dropout",
        _dropping(_inverted, seeds=(1, 1)),
        "The seed is set again before the second mask, so that both masks begin with the same numbers.",
        "The masks of the two layers should have nothing to do with each other. Where in your function does the stream "
        "of random numbers start, and how often?",
    ),
    Misconception(
        "dropout-not-scaled-in-first-layer",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob)), _inverted),
        "The units in A1 that are kept, in the first hidden layer, are not divided by keep_prob; those of the "
        "second are.",
        "Both hidden layers are treated alike, in four steps each. Number the steps of one layer in your code, and put "
        "the lines of the other beside them: which step has no counterpart?",
    ),
    Misconception(
        "dropout-missing-in-first-layer",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A), _inverted),
        "No unit of A1, the first hidden layer, is switched off; the second one is treated as it should be.",
        "Both hidden layers are treated alike, in four steps each. Number the steps of one layer in your code, and put "
        "the lines of the other beside them: which steps have no counterpart?",
    ),
    Misconception(
        "dropout-mask-inverted-in-first-layer",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u > keep_prob, A * (u > keep_prob) / keep_prob), _inverted),
        "The mask D1 of the first hidden layer is upside down; that of the second one is right.",
        "A uniform number between 0 and 1 lies below 0.9 nine times out of ten. Print the mean of both masks for a "
        "keep_prob of 0.9: which of them keeps too few units, and how does its comparison differ?",
    ),
    Misconception(
        "dropout-mask-not-applied-in-first-layer",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A / keep_prob), _inverted),
        "In the first hidden layer the activations A1 are scaled, but the mask D1 is not applied to them.",
        "A mask does nothing until the activations are multiplied by it. Where the mask is 0, the activations of that "
        "layer should be 0 as well: print both and look.",
    ),
    Misconception(
        "dropout-not-scaled-in-second-layer",
        "forward_propagation_with_dropout",
        _dropping(_inverted, lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob))),
        "The units in A2 that are kept, in the second hidden layer, are not divided by keep_prob; those of the "
        "first are.",
        "Both hidden layers are treated alike, in four steps each. Number the steps of one layer in your code, and put "
        "the lines of the other beside them: which step has no counterpart?",
    ),
    Misconception(
        "dropout-missing-in-second-layer",
        "forward_propagation_with_dropout",
        _dropping(_inverted, lambda A, u, keep_prob: (u < keep_prob, A)),
        "No unit of A2, the second hidden layer, is switched off; the first one is treated as it should be.",
        "Both hidden layers are treated alike, in four steps each. Number the steps of one layer in your code, and put "
        "the lines of the other beside them: which steps have no counterpart?",
    ),
    Misconception(
        "dropout-mask-inverted-in-second-layer",
        "forward_propagation_with_dropout",
        _dropping(_inverted, lambda A, u, keep_prob: (u > keep_prob, A * (u > keep_prob) / keep_prob)),
        "The mask D2 of the second hidden layer is upside down; that of the first one is right.",
        "A uniform number between 0 and 1 lies below 0.9 nine times out of ten. Print the mean of both masks for a "
        "keep_prob of 0.9: which of them keeps too few units, and how does its comparison differ?",
    ),
    Misconception(
        "dropout-mask-not-applied-in-second-layer",
        "forward_propagation_with_dropout",
        _dropping(_inverted, lambda A, u, keep_prob: (u < keep_prob, A / keep_prob)),
        "In the second hidden layer the activations A2 are scaled, but the mask D2 is not applied to them.",
        "A mask does nothing until the activations are multiplied by it. Where the mask is 0, the activations of that "
        "layer should be 0 as well: print both and look.",
    ),
    Misconception(
        "dropout-scaled-without-mask",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A / keep_prob)),
        "The activations are divided by keep_prob, but no unit is switched off.",
        "The division makes up for units that are gone. Here none is gone: where the mask is 0, the activations should "
        "be 0 as well. Which of the four steps joins the mask and the activations?",
    ),
    Misconception(
        "dropout-scaled-by-share-kept",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob) / np.mean(u < keep_prob))),
        "The units that are kept are divided by the share that happened to be kept, not by keep_prob.",
        "The share of ones in a mask is a matter of luck and differs from keep_prob in small layers. The scale has to "
        "make the expected value right, over all masks that might be drawn. Which number is that?",
    ),
    Misconception(
        "dropout-mask-not-thresholded",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u, A * u / keep_prob)),
        "The random numbers are used as the mask without being compared with keep_prob.",
        "A mask says yes or no for each unit. Your random numbers lie anywhere between 0 and 1, so every unit is "
        "merely weakened. Which of the four steps turns a number into a yes or a no?",
    ),
    Misconception(
        "dropout-mask-holds-the-scale",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: ((u < keep_prob) / keep_prob, A * (u < keep_prob) / keep_prob)),
        "The masks in the cache have been divided by keep_prob; the activations are right.",
        "The way back divides by keep_prob itself, so a mask that holds the division already would make it twice. What "
        "should the entries of a mask be, according to the docstring?",
    ),
    Misconception(
        "dropout-keep-prob-fixed",
        "forward_propagation_with_dropout",
        lambda X, parameters, _keep_prob=0.5: right.forward_propagation_with_dropout(X, parameters, 0.5),
        "A fixed probability of 0.5 stands in the place of keep_prob.",
        "The number 0.5 is only what is taken when nobody says otherwise. Call your function with two values of "
        "keep_prob and compare the masks: which line should have noticed the difference?",
    ),
    Misconception(
        "dropout-one-mask-for-all-units",
        "forward_propagation_with_dropout",
        _drawing(lambda shape: np.random.rand(1, shape[1]) * np.ones(shape), lambda u, keep_prob: u < keep_prob),
        "One number is drawn for each example, so that all units of a layer are off together or none is.",
        "Each unit is switched off on its own: the mask has one entry for each unit and each example. Compare the "
        "shape of your random numbers with that of the activations.",
    ),
    Misconception(
        "dropout-on-output-layer",
        "forward_propagation_with_dropout",
        _output_dropped,
        "The output layer is dropped too.",
        "The output is the answer of the network, one probability for each example; switching it off would change "
        "answers to 0 at random. Which layers do the steps of the exercise speak of?",
    ),
    Misconception(
        "dropout-on-pre-activations",
        "forward_propagation_with_dropout",
        _before_activation,
        "The mask and the scale are applied to Z, before the ReLU, and the changed Z stands in the cache.",
        "The steps drop activations, what comes out of the ReLU. For this function the numbers happen to agree, but "
        "the cache is to hold the Z of the linear step as it was. In which order do the steps stand?",
    ),
    Misconception(
        "dropout-cache-holds-undropped-activations",
        "forward_propagation_with_dropout",
        _dropping(lambda A, u, keep_prob: (u < keep_prob, A * (u < keep_prob) / keep_prob, A)),
        "The network computes with the dropped activations, but the cache holds those from before.",
        "The way back needs what the next layer really received. Look at which of your names stands in the cache: the "
        "array before dropout or the one after it?",
    ),
)

"""Known mistakes with dropout on the way back, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis import Misconception
from reference import regularization as right

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, ...]


def _masked(
    mask: Callable[[np.ndarray], np.ndarray] = np.asarray, scale: Callable[[float], float] = float
) -> Callable[..., Any]:
    """Build a backward pass that takes other masks and another keep_prob for the ones it was given."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, keep_prob: float) -> Parameters:
        Z1, D1, A1, W1, b1, Z2, D2, *rest = cache
        # The deeper layer's mask first, as the way back goes.
        D2 = mask(D2)
        changed = (Z1, mask(D1), A1, W1, b1, Z2, D2, *rest)
        return right.backward_propagation_with_dropout(X, Y, changed, scale(keep_prob))

    return wrong


def _ones(D: np.ndarray) -> np.ndarray:
    return np.ones(np.shape(D))


def _in_one_layer(layer: int, *, masked: bool, scaled: bool) -> Callable[..., Any]:
    """Build a backward pass that leaves out the mask or the scale of one layer."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, keep_prob: float) -> Parameters:
        place = {1: 1, 2: 6}[layer]
        mask = (np.asarray(cache[place]) if masked else _ones(cache[place])) * (1.0 if scaled else keep_prob)
        changed = (*cache[:place], mask, *cache[place + 1 :])
        return right.backward_propagation_with_dropout(X, Y, changed, keep_prob)

    return wrong


def _new_masks(keep_prob: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda D: np.random.rand(*np.shape(D)) < keep_prob


BACKWARD = (
    Misconception(
        "dropout-gradient-not-scaled",
        "backward_propagation_with_dropout",
        _masked(scale=lambda _keep_prob: 1.0),
        "The gradients are not divided by keep_prob.",
        "The forward pass divided the activations by keep_prob. Whatever is divided on the way forward is, "
        "by the chain rule, divided on the way back as well: see formula (4).",
    ),
    Misconception(
        "dropout-gradient-mask-missing",
        "backward_propagation_with_dropout",
        _masked(mask=_ones),
        "The masks of the cache are not applied on the way back.",
        "A unit that was switched off had no influence on the cost of that example, so no gradient may flow "
        "through it. The cache holds D1 and D2 for this: where does your code use them?",
    ),
    Misconception(
        "dropout-gradient-mask-inverted",
        "backward_propagation_with_dropout",
        _masked(mask=lambda D: np.asarray(D) == 0),
        "The gradient flows through the units that were off and stops at those that were on.",
        "In the cache, a mask is 1 where the unit took part. Follow one example and one unit that was kept: "
        "should its dA survive the multiplication?",
    ),
    Misconception(
        "dropout-gradient-scale-multiplied",
        "backward_propagation_with_dropout",
        _masked(scale=lambda keep_prob: 1 / keep_prob),
        "The gradients are multiplied by keep_prob where a division is wanted.",
        "The derivative of a / keep_prob with respect to a is a number larger than 1. Does the gradient "
        "grow or shrink by it? Compare with formula (4).",
    ),
    Misconception(
        "dropout-gradient-scaled-twice",
        "backward_propagation_with_dropout",
        _masked(scale=lambda keep_prob: keep_prob**2),
        "The gradients are divided by keep_prob twice.",
        "Every division on the way forward comes back once on the way back. Go through your lines for one layer, and "
        "count the divisions by keep_prob on the way from dA to dZ.",
    ),
    Misconception(
        "dropout-gradient-scaled-by-drop-probability",
        "backward_propagation_with_dropout",
        _masked(scale=lambda keep_prob: 1 - keep_prob),
        "The gradients are divided by 1 - keep_prob where keep_prob is wanted.",
        "The way back repeats what the way forward did to each unit. By which number did the forward pass divide, the "
        "probability to keep a unit or the one to drop it?",
    ),
    Misconception(
        "dropout-gradient-missing",
        "backward_propagation_with_dropout",
        _masked(mask=_ones, scale=lambda _keep_prob: 1.0),
        "The gradients are those of the network without dropout: neither masks nor keep_prob play a part.",
        "The network that made the prediction had lost some units, and the others were scaled. The way back has to "
        "pass through the same network. Which two steps does each hidden layer need?",
    ),
    Misconception(
        "dropout-gradient-not-scaled-in-dA1",
        "backward_propagation_with_dropout",
        _in_one_layer(1, masked=True, scaled=False),
        "dA1 is not divided by keep_prob; dA2 is.",
        "Both hidden layers were divided by keep_prob on the way forward, so both divisions come back. Put the "
        "lines of the two layers side by side: which step has no counterpart?",
    ),
    Misconception(
        "dropout-gradient-mask-missing-in-dA1",
        "backward_propagation_with_dropout",
        _in_one_layer(1, masked=False, scaled=True),
        "The mask D1 is not applied to dA1; the other layer has its mask.",
        "Both hidden layers lost units on the way forward, and no gradient may flow through a lost one. Put the lines "
        "of the two layers side by side: which step has no counterpart?",
    ),
    Misconception(
        "dropout-gradient-missing-in-dA1",
        "backward_propagation_with_dropout",
        _in_one_layer(1, masked=False, scaled=False),
        "dA1 is left as it is, without mask and scale; dA2 is treated as it should be.",
        "Both hidden layers lost units on the way forward and were scaled. Each needs two steps on the way back. Count "
        "the steps for either layer in your code.",
    ),
    Misconception(
        "dropout-gradient-not-scaled-in-dA2",
        "backward_propagation_with_dropout",
        _in_one_layer(2, masked=True, scaled=False),
        "dA2 is not divided by keep_prob; dA1 is.",
        "Both hidden layers were divided by keep_prob on the way forward, so both divisions come back. Put the "
        "lines of the two layers side by side: which step has no counterpart?",
    ),
    Misconception(
        "dropout-gradient-mask-missing-in-dA2",
        "backward_propagation_with_dropout",
        _in_one_layer(2, masked=False, scaled=True),
        "The mask D2 is not applied to dA2; the other layer has its mask.",
        "Both hidden layers lost units on the way forward, and no gradient may flow through a lost one. Put the lines "
        "of the two layers side by side: which step has no counterpart?",
    ),
    Misconception(
        "dropout-gradient-missing-in-dA2",
        "backward_propagation_with_dropout",
        _in_one_layer(2, masked=False, scaled=False),
        "dA2 is left as it is, without mask and scale; dA1 is treated as it should be.",
        "Both hidden layers lost units on the way forward and were scaled. Each needs two steps on the way back. Count "
        "the steps for either layer in your code.",
    ),
    Misconception(
        "dropout-gradient-new-masks",
        "backward_propagation_with_dropout",
        lambda X, Y, cache, keep_prob: _masked(mask=_new_masks(keep_prob))(X, Y, cache, keep_prob),
        "New masks are drawn on the way back, in the place of those in the cache.",
        "The gradient belongs to the network that made the prediction, with exactly those units switched off. The "
        "cache remembers which they were: where does your code read them?",
    ),
    Misconception(
        "dropout-gradient-keep-prob-fixed",
        "backward_propagation_with_dropout",
        _masked(scale=lambda _keep_prob: 0.5),
        "A fixed probability of 0.5 stands in the place of keep_prob.",
        "The number 0.5 is the value of one example only. Call your function with two values of keep_prob and compare "
        "the gradients: which line should have noticed the difference?",
    ),
)

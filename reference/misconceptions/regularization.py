"""Known mistakes in *regularization*, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis import Misconception
from reference import regularization as right
from reference.networks import compute_cost, relu, sigmoid

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, ...]
WEIGHTS = ("W1", "W2", "W3")
# Where the cache of a pass without dropout keeps what a gradient belongs to.
PLACES = {"W1": 2, "b1": 3, "W2": 6, "b2": 7, "W3": 10, "b3": 11}


def _penalized(penalty: Callable[[Parameters, float, int], Any]) -> Callable[..., Any]:
    """Build a cost from its second term, given (parameters, lambd, m)."""

    def wrong(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
        return compute_cost(A3, Y) + float(penalty(parameters, lambd, Y.shape[1]))

    return wrong


def _squares(parameters: Parameters) -> float:
    return float(sum(np.sum(parameters[key] ** 2) for key in WEIGHTS))


def _decayed(factor: Callable[[float, int], float], keys: tuple[str, ...] = WEIGHTS) -> Callable[..., Any]:
    """Build gradients from the factor of the added term, given (lambd, m), and what it is added for."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
        gradients = right.backward_propagation_with_regularization(X, Y, cache, 0.0)
        for key in keys:
            gradients[f"d{key}"] = gradients[f"d{key}"] + factor(lambd, X.shape[1]) * cache[PLACES[key]]
        return gradients

    return wrong


def _dropping(
    drop: Callable[[np.ndarray, np.ndarray, float], tuple[np.ndarray, np.ndarray]],
) -> Callable[..., Any]:
    """Build a forward pass from how it drops, given (activations, uniform numbers, keep_prob)."""

    def wrong(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = (parameters[key] for key in PLACES)
        Z1 = W1 @ X + b1
        D1, A1 = drop(relu(Z1), np.random.rand(*Z1.shape), keep_prob)
        Z2 = W2 @ A1 + b2
        D2, A2 = drop(relu(Z2), np.random.rand(*Z2.shape), keep_prob)
        Z3 = W3 @ A2 + b3
        A3 = sigmoid(Z3)
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

    return wrong


def _drawing(
    draw: Callable[[tuple[int, ...]], np.ndarray], keep: Callable[[np.ndarray, float], np.ndarray]
) -> Callable[..., Any]:
    """Build a forward pass from how it draws numbers of a shape, and which of them keep a unit."""

    def wrong(X: np.ndarray, parameters: Parameters, keep_prob: float = 0.5) -> tuple[np.ndarray, Cache]:
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = (parameters[key] for key in PLACES)
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


def _masked(
    mask: Callable[[np.ndarray], np.ndarray] = np.asarray, scale: Callable[[float], float] = float
) -> Callable[..., Any]:
    """Build a backward pass that takes other masks and another keep_prob for the ones it was given."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, keep_prob: float) -> Parameters:
        Z1, D1, A1, W1, b1, Z2, D2, *rest = cache
        changed = (Z1, mask(D1), A1, W1, b1, Z2, mask(D2), *rest)
        return right.backward_propagation_with_dropout(X, Y, changed, scale(keep_prob))

    return wrong


COST = (
    Misconception(
        "l2-missing",
        "compute_cost_with_regularization",
        _penalized(lambda _parameters, _lambd, _m: 0.0),
        "The cost is the plain cross-entropy: nothing is added to it.",
        "The regularized cost has a second term, which grows with lambd and with the weights. Call your "
        "function with two values of lambd on the same case: the results should differ.",
    ),
    Misconception(
        "l2-missing-half",
        "compute_cost_with_regularization",
        _penalized(lambda parameters, lambd, m: lambd * _squares(parameters) / m),
        "The second term is twice too large: the factor one half is missing.",
        "The half in formula (2) is there so that it cancels when a square is differentiated. Compare the "
        "factor before your sum with the one in the formula.",
    ),
    Misconception(
        "l2-missing-mean",
        "compute_cost_with_regularization",
        _penalized(lambda parameters, lambd, _m: lambd * _squares(parameters) / 2),
        "The second term is not divided by the number of examples m.",
        "The cross-entropy is a mean over the examples. If the second term did not shrink with m too, the "
        "strength of the regularization would depend on the size of the training set. Look at formula (2) "
        "again.",
    ),
    Misconception(
        "l2-regularizes-biases",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key] ** 2) for key in PLACES) / (2 * m)),
        "The sum of squares counts the biases too.",
        "Large weights make sharp corners; a bias only shifts where they lie. Formula (2) therefore sums "
        "over the W of each layer and leaves the b alone. What does your sum go over?",
    ),
    Misconception(
        "l2-not-squared",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key]) for key in WEIGHTS) / (2 * m)),
        "The weights are summed without being squared.",
        "A plain sum lets positive and negative weights cancel, so that large weights might cost nothing, "
        "or less than nothing. Which function of a weight does formula (2) sum?",
    ),
    Misconception(
        "l2-norms-not-squared",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.linalg.norm(p[key]) for key in WEIGHTS) / (2 * m)),
        "The norms of the weight matrices are added without being squared.",
        "The norm of a matrix is the square root of the sum of its squared entries. Formula (2) adds up the "
        "squares themselves. What is left to do with each norm?",
    ),
    Misconception(
        "l2-sum-squared",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key]) ** 2 for key in WEIGHTS) / (2 * m)),
        "The weights of each layer are summed first and squared afterwards.",
        "In a sum, positive and negative weights cancel before the square can prevent it. Take the two weights 3 and "
        "-3: what does formula (2) make of them, and what does your line?",
    ),
    Misconception(
        "l2-averaged",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.mean(p[key] ** 2) for key in WEIGHTS) / (2 * m)),
        "The squared weights of each layer are averaged where they are to be summed.",
        "A mean would make a weight of a small layer count more than one of a large layer. Formula (2) treats all "
        "weights alike: which sign stands before the squares in it?",
    ),
    Misconception(
        "l2-root-of-the-sum",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * np.sqrt(_squares(p)) / (2 * m)),
        "The root of the sum of squares is added: the norm of all weights instead of its square.",
        "The name L2 norm suggests a root, but the penalty is the square of that norm, because a square is easy to "
        "differentiate. Is there a root in formula (2)?",
    ),
    Misconception(
        "l2-factor-on-everything",
        "compute_cost_with_regularization",
        lambda A3, Y, parameters, lambd: (compute_cost(A3, Y) + _squares(parameters)) * lambd / (2 * Y.shape[1]),
        "The factor of the second term multiplies the cross-entropy as well.",
        "With lambd = 0 the cost should be the plain cross-entropy. What does your function return then? See which "
        "parts of your sum the brackets put under the factor.",
    ),
)

GRADIENTS = (
    Misconception(
        "l2-gradient-missing",
        "backward_propagation_with_regularization",
        _decayed(lambda _lambd, _m: 0.0),
        "The gradients are those of the plain network: lambd has no effect.",
        "The cost has got a second term, so its derivative has got one as well. Each weight matrix "
        "contributes a multiple of itself to its own gradient: see formula (3).",
    ),
    Misconception(
        "l2-gradient-halved",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / (2 * m)),
        "The term that is added to each weight gradient is half as large as it should be.",
        "Differentiate the second term of formula (2) with respect to one weight, by hand. The square "
        "brings down a factor: what does that do to the half in front?",
    ),
    Misconception(
        "l2-gradient-missing-mean",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, _m: lambd),
        "The term that is added to each weight gradient is not divided by the number of examples m.",
        "The first part of each gradient is a mean over the m examples. Look at the factor of the second "
        "part in formula (3), and check which parts your division by m reaches.",
    ),
    Misconception(
        "l2-gradient-on-biases",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, tuple(PLACES)),
        "A term is added to the bias gradients too.",
        "The second term of the cost sums over weights only, so its derivative with respect to a bias is "
        "zero. Which of the six gradients may depend on lambd?",
    ),
    Misconception(
        "l2-gradient-subtracted",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: -lambd / m),
        "The second term is subtracted from the weight gradients where it is to be added.",
        "The cost grows with the weights, so its gradient points towards larger ones; the step of gradient "
        "descent then has the minus sign that shrinks them. Would your weights shrink or grow?",
    ),
    Misconception(
        "l2-gradient-doubled",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: 2 * lambd / m),
        "The term that is added to each weight gradient is twice too large.",
        "The derivative of a square has a factor 2, but formula (2) has a half in front of it. Write down both and see "
        "what is left. Then compare with formula (3).",
    ),
    Misconception(
        "l2-gradient-without-lambd",
        "backward_propagation_with_regularization",
        _decayed(lambda _lambd, m: 1 / m),
        "The term that is added to each weight gradient lacks the factor lambd.",
        "The strength of the regularization must act on the gradients too, or nobody could set it. Call your function "
        "with lambd = 0: which gradients should come out?",
    ),
)

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
)

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
        _masked(mask=lambda D: np.ones(D.shape)),
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
)

CATALOGUE: tuple[Misconception, ...] = COST + GRADIENTS + FORWARD + BACKWARD

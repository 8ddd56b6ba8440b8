"""Known mistakes with the gradients of the L2 penalty, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis import Misconception
from reference import regularization as right

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, ...]
WEIGHTS = ("W1", "W2", "W3")
# Where the cache of a pass without dropout keeps what a gradient belongs to.
PLACES = {"W1": 2, "b1": 3, "W2": 6, "b2": 7, "W3": 10, "b3": 11}


def _added(
    term: Callable[[np.ndarray, float, int], Any], *, data: Callable[[int], float] | None = None
) -> Callable[..., Any]:
    """Build gradients from what is added for a weight matrix, given (W, lambd, m), and the factor of the first part."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
        gradients = right.backward_propagation_with_regularization(X, Y, cache, 0.0)
        for key in WEIGHTS:
            first = gradients[f"d{key}"] * (data(X.shape[1]) if data else 1.0)
            gradients[f"d{key}"] = first + term(cache[PLACES[key]], lambd, X.shape[1])
        return gradients

    return wrong


def _decayed(factor: Callable[[float, int], float], keys: tuple[str, ...] = WEIGHTS) -> Callable[..., Any]:
    """Build gradients from the factor of the added term, given (lambd, m), and what it is added for."""

    def wrong(X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float) -> Parameters:
        gradients = right.backward_propagation_with_regularization(X, Y, cache, 0.0)
        for key in keys:
            gradients[f"d{key}"] = gradients[f"d{key}"] + factor(lambd, X.shape[1]) * cache[PLACES[key]]
        return gradients

    return wrong


GRADIENTS = (
    Misconception(
        "l2-gradient-missing",
        "backward_propagation_with_regularization",
        _decayed(lambda _lambd, _m: 0.0),
        "The gradients are those of the plain network: lambd has no effect.",
        "The cost has got a second term, so its derivative has got one as well. Each weight matrix "
        "contributes a multiple of itself to its own gradient: see formula (3). If your lines do add it, print its "
        "factor: a division with two slashes cuts off what stands behind the point.",
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
    Misconception(
        "l2-gradient-missing-for-W1",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W2", "W3")),
        "The gradient dW1 lacks the added term; those of the other weights have it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-only-for-W1",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W1",)),
        "Only dW1 has the added term; the gradients of the other weights lack it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-missing-for-W2",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W1", "W3")),
        "The gradient dW2 lacks the added term; those of the other weights have it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-only-for-W2",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W2",)),
        "Only dW2 has the added term; the gradients of the other weights lack it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-missing-for-W3",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W1", "W2")),
        "The gradient dW3 lacks the added term; those of the other weights have it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-only-for-W3",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd / m, ("W3",)),
        "Only dW3 has the added term; the gradients of the other weights lack it.",
        "The second term of the cost sums over the weights of every layer, so the gradient of every weight matrix "
        "has a part of its own from it. Compare your three lines with one another.",
    ),
    Misconception(
        "l2-gradient-of-squared-weights",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / m * W**2),
        "The squares of the weights are added to the gradients where the weights themselves belong.",
        "The square of a weight stands in the cost. What is the derivative of a square? It can be negative, as a "
        "gradient must be that pulls weights of both signs towards zero.",
    ),
    Misconception(
        "l1-gradient-instead-of-l2",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / m * np.sign(W)),
        "The signs of the weights are added to the gradients: that is the gradient of the L1 penalty.",
        "The derivative of the size of a number is its sign; the derivative of its square is something else. Which of "
        "the two penalties is this exercise about, and what does formula (3) add?",
    ),
    Misconception(
        "l2-gradient-adds-the-penalty",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / (2 * m) * np.sum(W**2)),
        "The penalty itself, one number, is added to every entry of a gradient, where its derivative is wanted.",
        "The gradient has one derivative for each single weight. Take one entry of a matrix: which part of the second "
        "term of formula (2) contains it, and what is that part's derivative?",
    ),
    Misconception(
        "l2-gradient-of-summed-weights",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / m * np.sum(W)),
        "The sum of all weights of a layer is added to every entry of its gradient.",
        "The derivative with respect to one weight knows that weight only; all others are constants for it. Which "
        "shape must the added part have, so that each entry gets its own?",
    ),
    Misconception(
        "l2-gradient-multiplied-by-m",
        "backward_propagation_with_regularization",
        _decayed(lambda lambd, m: lambd * m),
        "The added term is multiplied by the number of examples m where it is to be divided by it.",
        "With more examples, the strength of the penalty on each gradient shrinks. On which side of the fraction bar "
        "does m stand in formula (3), and what do your brackets make of it?",
    ),
    Misconception(
        "gradient-first-part-not-averaged",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / m * W, data=float),
        "The first part of each weight gradient is not divided by the number of examples m.",
        "Formula (3) has a division by m in both parts: the cost is a mean over the examples, and so is its gradient. "
        "Does your division reach the matrix product as well as the added term?",
    ),
    Misconception(
        "l2-gradient-without-the-data",
        "backward_propagation_with_regularization",
        _added(lambda W, lambd, m: lambd / m * W, data=lambda _: 0.0),
        "The weight gradients hold the added term only: the part that comes from the data is gone.",
        "Regularization adds something to the gradients of the plain network; it does not replace them. Without that "
        "first part nothing would be learnt from the examples. Where does it stand in formula (3)?",
    ),
    Misconception(
        "l2-gradient-with-fixed-lambd",
        "backward_propagation_with_regularization",
        _decayed(lambda _lambd, m: 0.7 / m),
        "A fixed strength of 0.7 stands in the place of lambd.",
        "The number 0.7 is the value of one example only. The function is called with many strengths, and each of them "
        "should change the gradients. Which argument of your function is never used?",
    ),
)

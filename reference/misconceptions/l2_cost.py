"""Known mistakes with the cost of the L2 penalty, as wrong implementations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis import Misconception
from reference.networks import compute_cost

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


def _with_cross_entropy(first: Callable[[np.ndarray, np.ndarray], Any]) -> Callable[..., Any]:
    """Build a cost from its first term, given (A3, Y)."""

    def wrong(A3: np.ndarray, Y: np.ndarray, parameters: Parameters, lambd: float) -> float:
        return float(first(A3, Y) + lambd * _squares(parameters) / (2 * Y.shape[1]))

    return wrong


def _squares(parameters: Parameters) -> float:
    return float(sum(np.sum(parameters[key] ** 2) for key in WEIGHTS))


COST = (
    Misconception(
        "l2-missing",
        "compute_cost_with_regularization",
        _penalized(lambda _parameters, _lambd, _m: 0.0),
        "The cost is the plain cross-entropy: nothing is added to it.",
        "The regularized cost has a second term, which grows with lambd and with the weights. Call your "
        "function with two values of lambd on the same case: the results should differ. If your lines do add one, "
        "print it: a division with two slashes cuts off what stands behind the point.",
    ),
    Misconception(
        "l2-factor-for-W1-only",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd / (2 * m) * np.sum(p["W1"] ** 2) + _squares({**p, "W1": np.zeros(1)})),
        "The factor lambd over 2m reaches the squares of W1 alone; those of W2 and W3 are added as they are.",
        "A factor in front of a sum belongs to every term of it. Python multiplies before it adds: where must brackets "
        "open and close for all three sums of squares to be scaled? Try lambd = 0 by hand.",
    ),
    Misconception(
        "l2-factor-for-W3-only",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd / (2 * m) * np.sum(p["W3"] ** 2) + _squares({**p, "W3": np.zeros(1)})),
        "The factor lambd over 2m reaches the squares of W3 alone; those of W1 and W2 are added as they are.",
        "A factor behind a sum belongs to every term of it. Python multiplies before it adds: where must brackets "
        "open and close for all three sums of squares to be scaled? Try lambd = 0 by hand.",
    ),
    Misconception(
        "l2-division-for-W3-only",
        "compute_cost_with_regularization",
        _penalized(
            lambda p, lambd, m: lambd * _squares({**p, "W3": np.zeros(1)}) + lambd * np.sum(p["W3"] ** 2) / (2 * m)
        ),
        "The division by 2m reaches the squares of W3 alone; those of W1 and W2 are multiplied by lambd only.",
        "A fraction bar reaches as far as the brackets above it. Say aloud what stands above the bar in formula (2), "
        "and check that your brackets hold all three sums of squares before you divide.",
    ),
    Misconception(
        "cross-entropy-not-averaged",
        "compute_cost_with_regularization",
        _with_cross_entropy(lambda A3, Y: -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))),
        "The cross-entropy is summed over the examples where their mean is wanted.",
        "The first term of formula (2) is the cost of the plain network, a mean over the examples. A function for it "
        "is handed out, and called in the line above yours. How does your sum depend on the number of examples?",
    ),
    Misconception(
        "cross-entropy-of-ones-only",
        "compute_cost_with_regularization",
        _with_cross_entropy(lambda A3, Y: -np.mean(Y * np.log(A3))),
        "The cross-entropy counts only the examples whose label is 1.",
        "The cross-entropy has two parts, one for each label. An example with label 0 and an output near 1 is quite "
        "wrong: what does it cost by your formula? A function for this term is handed out.",
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
        "The cross-entropy is a mean over the examples, and the second term has to shrink with their number too. Look "
        "at formula (2) again. If you do divide by m, print it: it must count the columns, not the rows.",
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
        "l2-total-squared",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key]) for key in WEIGHTS) ** 2 / (2 * m)),
        "The weights of all layers are summed first, and their sum is squared afterwards.",
        "In a sum, positive and negative weights cancel before the square can prevent it. Take the two weights 3 and "
        "-3: what does formula (2) make of them, and what does your line? Which bracket does your square stand behind?",
    ),
    Misconception(
        "l2-averaged-for-m",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, _m: lambd * sum(np.mean(p[key] ** 2) for key in WEIGHTS) / 2),
        "The squared weights are averaged over their entries, and the second term is not divided by the number of "
        "examples m.",
        "Formula (2) divides by the number of examples. A mean over a weight matrix divides by the number of its "
        "entries instead, which is another one in each layer. Which sign stands before the squares, and where is m?",
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
    Misconception(
        "cross-entropy-missing",
        "compute_cost_with_regularization",
        lambda _A3, Y, parameters, lambd: lambd * _squares(parameters) / (2 * Y.shape[1]),
        "The result is the second term alone: the cross-entropy is not added.",
        "The penalty is an addition to the cost that the network had before, not its replacement. With lambd = 0 the "
        "plain cross-entropy should be left. What does your function return then?",
    ),
    Misconception(
        "l2-subtracted",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: -lambd * _squares(p) / (2 * m)),
        "The second term is subtracted from the cross-entropy where it is to be added.",
        "Gradient descent makes the cost small. If large weights lowered the cost, would training make them larger or "
        "smaller? Look at the sign between the two terms of formula (2).",
    ),
    Misconception(
        "l2-without-lambd",
        "compute_cost_with_regularization",
        _penalized(lambda p, _lambd, m: _squares(p) / (2 * m)),
        "The second term lacks the factor lambd: its strength cannot be set.",
        "Call your function with two values of lambd on the same case: the results should differ. Which factor of "
        "formula (2) stands before the sum, beside the fraction with m?",
    ),
    Misconception(
        "l2-lambd-squared",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd**2 * _squares(p) / (2 * m)),
        "The factor lambd is squared.",
        "In formula (2) the square belongs to each weight. Double lambd in your mind: by how much should the second "
        "term grow, and by how much does yours? See what your square encloses.",
    ),
    Misconception(
        "l2-lambd-fixed",
        "compute_cost_with_regularization",
        _penalized(lambda p, _lambd, m: 0.1 * _squares(p) / (2 * m)),
        "A fixed strength of 0.1 stands in the place of lambd.",
        "The number 0.1 is the value of one example only. The function is called with many strengths, and each of them "
        "should change the cost. Which argument of your function is never used?",
    ),
    Misconception(
        "l1-instead-of-l2",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(np.abs(p[key])) for key in WEIGHTS) / (2 * m)),
        "The sizes of the weights are summed where their squares are wanted: that is the L1 penalty.",
        "Both penalties punish large weights, but in different ways: one by the size, one by its square. The name of "
        "this exercise says which one is wanted. What does formula (2) do with each weight?",
    ),
    Misconception(
        "l2-multiplied-by-m",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * _squares(p) / 2 * m),
        "The second term is divided by 2 and then multiplied by m.",
        "Python works off products and quotients from left to right, so what follows a fraction bar needs brackets "
        "when it has two factors. Try it with m of 10: how large is your second term?",
    ),
    Misconception(
        "l2-mean-twice",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * _squares(p) / (2 * m**2)),
        "The second term is divided by the number of examples m twice.",
        "One division by m belongs to the second term. Look for another one, perhaps in a line that divides the sum of "
        "both terms after the penalty has been divided already.",
    ),
    Misconception(
        "l2-without-W1",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key] ** 2) for key in ("W2", "W3")) / (2 * m)),
        "The sum of squares leaves out W1, the weights of the first layer.",
        "Formula (2) sums over all layers, and this network has three weight matrices. Count the matrices that "
        "occur in your sum, and read the digit of each name aloud: is one of them missing or another there twice?",
    ),
    Misconception(
        "l2-only-W1",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * np.sum(p["W1"] ** 2) / (2 * m)),
        "The sum of squares counts W1 alone, the weights of the first layer.",
        "Formula (2) has two sums, one over the entries of a matrix and one over the layers. This network has three "
        "weight matrices. How many of them does your line use?",
    ),
    Misconception(
        "l2-without-W2",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key] ** 2) for key in ("W1", "W3")) / (2 * m)),
        "The sum of squares leaves out W2, the weights of the second layer.",
        "Formula (2) sums over all layers, and this network has three weight matrices. Count the matrices that "
        "occur in your sum, and read the digit of each name aloud: is one of them missing or another there twice?",
    ),
    Misconception(
        "l2-only-W2",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * np.sum(p["W2"] ** 2) / (2 * m)),
        "The sum of squares counts W2 alone, the weights of the second layer.",
        "Formula (2) has two sums, one over the entries of a matrix and one over the layers. This network has three "
        "weight matrices. How many of them does your line use?",
    ),
    Misconception(
        "l2-without-W3",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * sum(np.sum(p[key] ** 2) for key in ("W1", "W2")) / (2 * m)),
        "The sum of squares leaves out W3, the weights of the last layer.",
        "Formula (2) sums over all layers, and this network has three weight matrices. Count the matrices that "
        "occur in your sum, and read the digit of each name aloud: is one of them missing or another there twice?",
    ),
    Misconception(
        "l2-only-W3",
        "compute_cost_with_regularization",
        _penalized(lambda p, lambd, m: lambd * np.sum(p["W3"] ** 2) / (2 * m)),
        "The sum of squares counts W3 alone, the weights of the last layer.",
        "Formula (2) has two sums, one over the entries of a matrix and one over the layers. This network has three "
        "weight matrices. How many of them does your line use?",
    ),
)

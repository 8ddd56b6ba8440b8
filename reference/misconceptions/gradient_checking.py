"""Named wrong answers of the assignment on gradient checking."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.diagnosis import Misconception
from reference import gradient_checking as reference
from reference.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

Arrays = dict[str, np.ndarray]
Score = Callable[[np.ndarray, np.ndarray], float]


def _relative(grad: np.ndarray, approximation: np.ndarray) -> float:
    size = np.linalg.norm(grad) + np.linalg.norm(approximation)
    return float(np.linalg.norm(grad - approximation) / size)


def _absolute(grad: np.ndarray, approximation: np.ndarray) -> float:
    return float(np.linalg.norm(grad - approximation))


def _squared(grad: np.ndarray, approximation: np.ndarray) -> float:
    distance = np.sum(np.square(grad - approximation))
    return float(distance / (np.sum(np.square(grad)) + np.sum(np.square(approximation))))


def _by_gradient(grad: np.ndarray, approximation: np.ndarray) -> float:
    return float(np.linalg.norm(grad - approximation) / np.linalg.norm(grad))


def _by_difference(grad: np.ndarray, approximation: np.ndarray) -> float:
    return float(np.linalg.norm(grad - approximation) / np.linalg.norm(grad + approximation))


def _by_larger(grad: np.ndarray, approximation: np.ndarray) -> float:
    size = max(np.linalg.norm(grad), np.linalg.norm(approximation))
    return float(np.linalg.norm(grad - approximation) / size)


def _check(
    score: Score = _relative, ahead: float = 1.0, behind: float = 1.0, width: float = 2.0
) -> Callable[[float, float, float], float]:
    """Build a one-dimensional check: (J(theta + ahead eps) - J(theta - behind eps)) / (width eps)."""

    def check(x: float, theta: float, epsilon: float = 1e-7) -> float:
        plus = reference.forward_propagation(x, theta + ahead * epsilon)
        minus = reference.forward_propagation(x, theta - behind * epsilon)
        grad = np.array(reference.backward_propagation(x, theta))
        return score(grad, np.array((plus - minus) / (width * epsilon)))

    return check


def _check_n(
    score: Score = _relative, ahead: float = 1.0, behind: float = 1.0, width: float = 2.0, last: int = 47
) -> Callable[[Arrays, Arrays, np.ndarray, np.ndarray, float], float]:
    """Build a check of the network in the same way, of its parameters before `last`."""

    def check(parameters: Arrays, gradients: Arrays, X: np.ndarray, Y: np.ndarray, epsilon: float = 1e-7) -> float:
        theta, _ = dictionary_to_vector(parameters)
        approximation = np.zeros((47, 1))
        for i, step in enumerate(epsilon * np.eye(47)[:last]):
            move = step.reshape(47, 1)
            plus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta + ahead * move))
            minus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta - behind * move))
            approximation[i] = (plus - minus) / (width * epsilon)
        return score(gradients_to_vector(gradients), approximation)

    return check


def _planted(**factors: float) -> Callable[[np.ndarray, np.ndarray, tuple[np.ndarray, ...]], Arrays]:
    """Build a backward pass whose named gradients are too large by a factor."""

    def backward(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> Arrays:
        gradients = reference.backward_propagation_n(X, Y, cache)
        return {key: factors.get(key, 1.0) * value for key, value in gradients.items()}

    return backward


CATALOGUE: tuple[Misconception, ...] = (
    Misconception(
        "forward-adds",
        "forward_propagation",
        lambda x, theta: theta + x,
        "J is computed as the sum of theta and x.",
        "Read formula (2) again: how do theta and x come together in it? Try x = 0 with pencil and paper: what should "
        "the cost be, and what does your function say?",
    ),
    Misconception(
        "forward-squares",
        "forward_propagation",
        lambda x, theta: (theta * x) ** 2,
        "J is computed as a squared cost.",
        "Many costs are squares, but the model of this notebook is simpler. Formula (2) is linear in theta: when theta "
        "doubles, what becomes of J, and what becomes of your result?",
    ),
    Misconception(
        "forward-returns-input",
        "forward_propagation",
        lambda x, theta: x,  # noqa: ARG005 - the mistake
        "J is x alone; theta plays no part.",
        "The cost depends on the parameter, else there would be nothing to learn. Where does theta come into formula "
        "(2), and where does it come into your line?",
    ),
    Misconception(
        "backward-returns-theta",
        "backward_propagation",
        lambda x, theta: theta,  # noqa: ARG005 - the mistake
        "The derivative is taken with respect to x instead of theta.",
        "In training, the input stays and the parameter moves. Hold x fixed in formula (2) and let theta grow by 1: by "
        "how much does J grow? That amount is the derivative that is wanted.",
    ),
    Misconception(
        "backward-returns-cost",
        "backward_propagation",
        lambda x, theta: theta * x,
        "The backward pass returns the cost J itself instead of its slope.",
        "A function's value and its slope are two things. Draw J against theta for x = 2: it is a straight line. "
        "How high it is at theta = 4 is J; how steep it is there is what the backward pass must say.",
    ),
    Misconception(
        "backward-returns-one",
        "backward_propagation",
        lambda x, theta: 1.0,  # noqa: ARG005 - the mistake
        "The derivative is always 1.",
        "The derivative of theta alone would be 1, but here theta is multiplied by something. Draw J against theta for "
        "two different x: are the two lines equally steep?",
    ),
    Misconception(
        "check-one-sided-ahead",
        "gradient_check",
        _check(behind=0.0, width=1.0),
        "The approximation is one-sided: it compares J(theta + epsilon) with J(theta).",
        "Look at the two pictures of section 1 again. Which neighbours of theta does the better line pass through, and "
        "how far are they apart? The step below theta is missing in your check.",
    ),
    Misconception(
        "check-one-sided-behind",
        "gradient_check",
        _check(ahead=0.0, width=1.0),
        "The approximation is one-sided: it compares J(theta) with J(theta - epsilon).",
        "Look at the two pictures of section 1 again. Which neighbours of theta does the better line pass through, and "
        "how far are they apart? The step above theta is missing in your check.",
    ),
    Misconception(
        "check-forgets-two",
        "gradient_check",
        _check(width=1.0),
        "The approximation is twice too large: the cost difference is divided by epsilon.",
        "A slope is rise over run. From theta minus epsilon to theta plus epsilon, how long is the run? Mind the "
        "brackets too: Python divides and multiplies from left to right.",
    ),
    Misconception(
        "check-multiplies-by-epsilon",
        "gradient_check",
        lambda x, theta, epsilon=1e-7: _check(width=2.0 / epsilon**2)(x, theta, epsilon),
        "The cost difference is divided by 2 and then multiplied by epsilon.",
        "Python works off divisions and multiplications from left to right, so what follows a division sign needs "
        "brackets when it has two factors. What size has your approximation for x = 2?",
    ),
    Misconception(
        "check-not-normalized",
        "gradient_check",
        _check(_absolute),
        "The difference is not divided by the sizes of the gradients.",
        "An error of 0.001 is small beside a gradient of 1000 and large beside one of 0.0001. What in formula (3) "
        "takes care of that, and what is the largest value that the difference can then have?",
    ),
    Misconception(
        "check-normalized-by-one",
        "gradient_check",
        _check(_by_gradient),
        "The difference is divided by the size of one gradient instead of the sum of both sizes.",
        "Formula (3) treats the two gradients alike: swap them and nothing changes. Is that so in your function? Count "
        "the norms in the denominator.",
    ),
    Misconception(
        "check-squares-instead-of-norms",
        "gradient_check",
        _check(_squared),
        "Sums of squares stand where formula (3) has norms.",
        "The norm of a vector is a length: doubling the vector doubles it. A sum of squares grows fourfold. What is "
        "missing after the sum? And what would a square do to a difference that is already tiny?",
    ),
    Misconception(
        "check-normalized-by-larger",
        "gradient_check",
        _check(_by_larger),
        "The difference is divided by the larger of the two sizes instead of their sum.",
        "Both ways give a number that does not depend on the scale of the cost, but the thresholds of this notebook "
        "belong to formula (3). How are the two norms joined in its denominator?",
    ),
    Misconception(
        "backward-n-both-mistakes-left",
        "backward_propagation_n",
        _planted(dW2=2.0, db1=4.0),
        "Both planted mistakes are still there: the line of dW2 (twice too large) and the line of db1 (four times).",
        "Run section 6 on your backward pass: it prints how far each array is off. Then compare the lines of dW2 and "
        "db1 with those of the other layers, term by term: all weights follow one formula, and all biases another.",
    ),
    Misconception(
        "backward-n-dW2-left",
        "backward_propagation_n",
        _planted(dW2=2.0),
        "The line of db1 is mended, but dW2 is still twice too large.",
        "Run section 6 on your backward pass: it prints how far each array is off. Then compare the line of dW2 with "
        "those of dW1 and dW3, term by term: all three follow the same formula.",
    ),
    Misconception(
        "backward-n-db1-left",
        "backward_propagation_n",
        _planted(db1=4.0),
        "The line of dW2 is mended, but db1 is still four times too large.",
        "Run section 6 on your backward pass: it prints how far each array is off. Then compare the line of db1 with "
        "those of db2 and db3, term by term: all three follow the same formula.",
    ),
    Misconception(
        "check-n-one-sided-ahead",
        "gradient_check_n",
        _check_n(behind=0.0, width=1.0),
        "The approximation is one-sided: it compares the cost ahead with the cost at theta itself.",
        "Look at the two pictures of section 1 again. Which neighbours does the better line pass through, and how far "
        "are they apart? Each parameter needs two evaluations, one on either side.",
    ),
    Misconception(
        "check-n-forgets-two",
        "gradient_check_n",
        _check_n(width=1.0),
        "The approximation is twice too large: the cost difference is divided by epsilon.",
        "A slope is rise over run. From theta minus epsilon to theta plus epsilon, how long is the run? Mind the "
        "brackets too: Python divides and multiplies from left to right.",
    ),
    Misconception(
        "check-n-not-normalized",
        "gradient_check_n",
        _check_n(_absolute),
        "The difference is not divided by the sizes of the gradients.",
        "Which part of formula (3) makes the result independent of the scale of the cost? Multiply cost and gradients "
        "by 1000 in your mind: what becomes of your result, and what should become of it?",
    ),
    Misconception(
        "check-n-one-sided-behind",
        "gradient_check_n",
        _check_n(ahead=0.0, width=1.0),
        "The approximation is one-sided: it compares the cost at theta itself with the cost behind it.",
        "Look at the two pictures of section 1 again. Which neighbours does the better line pass through, and how far "
        "are they apart? Each parameter needs two evaluations, one on either side.",
    ),
    Misconception(
        "check-n-normalized-by-one",
        "gradient_check_n",
        _check_n(_by_gradient),
        "The difference is divided by the size of one gradient instead of the sum of both sizes.",
        "Formula (3) treats the two gradients alike: swap them and nothing changes. Is that so in your function? Count "
        "the norms in the denominator.",
    ),
    Misconception(
        "check-n-norm-of-the-sum",
        "gradient_check_n",
        _check_n(_by_difference),
        "The denominator is the norm of the sum of both gradients instead of the sum of both norms.",
        "Take a gradient of the wrong sign: the two then cancel in a sum. What would that do to a denominator? Formula "
        "(3) adds two lengths, so each length is taken first.",
    ),
    Misconception(
        "check-n-squares-instead-of-norms",
        "gradient_check_n",
        _check_n(_squared),
        "Sums of squares stand where formula (3) has norms.",
        "The norm of a vector is a length: doubling the vector doubles it. A sum of squares grows fourfold. What is "
        "missing after the sum? And what would a square do to a difference that is already tiny?",
    ),
    Misconception(
        "check-n-last-parameter-skipped",
        "gradient_check_n",
        _check_n(last=46),
        "The last parameter, the bias of the output, is never probed.",
        "Count the rounds of your loop: the network has 47 parameters, and Python counts them from 0. Which entry does "
        "the last round look at? An entry that is never filled stays 0.",
    ),
)

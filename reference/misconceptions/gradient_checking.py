"""Named wrong answers of the assignment on gradient checking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from autograder.diagnosis import Misconception
from reference import gradient_checking as reference
from reference.misconceptions.comparing import CHECKS, Check, relative
from reference.misconceptions.one_parameter import BACKWARD, FORWARD
from reference.vectors import SHAPES, dictionary_to_vector, gradients_to_vector, vector_to_dictionary

Arrays = dict[str, np.ndarray]
_ONE_BY_ONE = np.eye(47)


def _check(how: Check) -> Callable[[float, float, float], float]:
    """Build a check of the model with one parameter."""

    def check(x: float, theta: float, epsilon: float = 1e-7) -> float:
        step = how.step(epsilon)
        plus = reference.forward_propagation(x, theta + how.ahead * step)
        minus = reference.forward_propagation(x, theta - how.behind * step)
        grad = np.array(reference.backward_propagation(x, theta))
        return how.score(grad, np.array(how.approximation(plus, minus, step)))

    return check


def _check_n(
    how: Check, entries: slice = slice(None), moves: np.ndarray = _ONE_BY_ONE
) -> Callable[[Arrays, Arrays, np.ndarray, np.ndarray, float], float]:
    """Build a check of the network in the same way.

    Parameters
    ----------
    how : Check
    entries : slice
        The parameters that are probed; the approximation of the others stays 0.
    moves : (47, 47) array
        Which parameters each round moves, a row a round.
    """

    def check(parameters: Arrays, gradients: Arrays, X: np.ndarray, Y: np.ndarray, epsilon: float = 1e-7) -> float:
        theta, _ = dictionary_to_vector(parameters)
        step = how.step(epsilon)
        approximation = np.zeros((47, 1))
        for i in range(47)[entries]:
            move = step * moves[i].reshape(47, 1)
            plus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta + how.ahead * move))
            minus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta - how.behind * move))
            approximation[i] = how.approximation(plus, minus, step)
        return how.score(gradients_to_vector(gradients), approximation)

    return check


def _across(grad: np.ndarray, approximation: np.ndarray) -> float:
    """Compare a column with a flat vector, as broadcasting does."""
    sizes = np.linalg.norm(grad) + np.linalg.norm(approximation)
    return float(np.linalg.norm(grad - approximation.ravel()) / sizes)


def _planted(**factors: float) -> Callable[[np.ndarray, np.ndarray, tuple[np.ndarray, ...]], Arrays]:
    """Build a backward pass whose named gradients are too large by a factor."""

    def backward(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> Arrays:
        gradients = reference.backward_propagation_n(X, Y, cache)
        return {key: factors.get(key, 1.0) * value for key, value in gradients.items()}

    return backward


def _without_mean(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> Arrays:
    return _planted(**dict.fromkeys((f"d{key}" for key in SHAPES), float(X.shape[1])))(X, Y, cache)


_BACKWARD_N = (
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
        "backward-n-mended-twice",
        "backward_propagation_n",
        _planted(dW2=0.5, db1=0.25),
        "The lines of dW2 and db1 have been mended twice over: dW2 is half as large as it should be, db1 a quarter.",
        "It is enough to take the planted factor out; a second correction undoes the first. Run section 6 on your "
        "backward pass, and compare both lines with those of the other layers, term by term.",
    ),
    Misconception(
        "backward-n-dW2-halved",
        "backward_propagation_n",
        _planted(dW2=0.5),
        "The line of dW2 has been mended twice over: it is half as large as it should be.",
        "It is enough to take the planted factor out; a second correction undoes the first. Run section 6 on your "
        "backward pass, and compare the line of dW2 with those of the other layers, term by term.",
    ),
    Misconception(
        "backward-n-without-mean",
        "backward_propagation_n",
        _without_mean,
        "No gradient of a parameter is divided by the number of examples: m is left out, or is not that number.",
        "The cost is a mean over the examples, so its gradients are means as well. Compare the line of m and the first "
        "factor of each other line with the notebook as it was handed out. Print m: it must count the columns of X, "
        "not the rows of Y.",
    ),
)

_RIGHT = Check("", "", "")


def _overwritten(parameters: Arrays, gradients: Arrays, X: np.ndarray, Y: np.ndarray, epsilon: float = 1e-7) -> float:
    theta, _ = dictionary_to_vector(parameters)
    move = epsilon * np.eye(47)[:, 46:]
    plus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta + move))
    minus, _ = reference.forward_propagation_n(X, Y, vector_to_dictionary(theta - move))
    return _RIGHT.score(gradients_to_vector(gradients), np.array((plus - minus) / (2 * epsilon)))


def _swapped(x: float, theta: float, epsilon: float = 1e-7) -> float:
    plus = reference.forward_propagation(theta + epsilon, x)
    minus = reference.forward_propagation(theta - epsilon, x)
    grad = np.array(reference.backward_propagation(theta, x))
    return relative(grad, np.array((plus - minus) / (2 * epsilon)))


def _stretched(x: float, theta: float, epsilon: float = 1e-7) -> float:
    plus = reference.forward_propagation(x, theta * (1 + epsilon))
    minus = reference.forward_propagation(x, theta * (1 - epsilon))
    grad = np.array(reference.backward_propagation(x, theta))
    return relative(grad, np.array((plus - minus) / (2 * epsilon)))


def _padded(x: float, theta: float, epsilon: float = 1e-7) -> float:
    def score(grad: np.ndarray, approximation: np.ndarray) -> float:
        both = np.linalg.norm(grad) + np.linalg.norm(approximation)
        return float(np.linalg.norm(grad - approximation) / (both + epsilon))

    return _check(replace(_RIGHT, score=score))(x, theta, epsilon)


_ONE = (
    Misconception(
        "check-arguments-swapped",
        "gradient_check",
        _swapped,
        "The two passes are called with x and theta in each other's place.",
        "Python gives arguments to parameters in the order of the call. Look at the first lines of the two functions "
        "of this model: which one comes first there? For the product of both it makes no difference, for its slope "
        "it does.",
    ),
    Misconception(
        "check-step-times-theta",
        "gradient_check",
        _stretched,
        "The step is epsilon times theta where it is to be epsilon, and the division is by two epsilon.",
        "A slope is rise over run. Print the two shifted values of theta and subtract them: is the run of your line "
        "what you divide by? For a theta of 0, do the two differ at all?",
    ),
    Misconception(
        "check-epsilon-in-the-denominator",
        "gradient_check",
        _padded,
        "Epsilon is added to the denominator, beside the two norms.",
        "A small number below the fraction bar guards against a division by 0, but it is not in formula (3), and it "
        "hides errors of small gradients. What would your result be for a large epsilon? Leave the two norms alone.",
    ),
)

_LOOPS = (
    Misconception(
        "check-n-last-parameter-skipped",
        "gradient_check_n",
        _check_n(_RIGHT, slice(46)),
        "The last parameter, the bias of the output, is never probed.",
        "Count the rounds of your loop: the network has 47 parameters, and Python counts them from 0. Which entry does "
        "the last round look at? An entry that is never filled stays 0.",
    ),
    Misconception(
        "check-n-first-parameter-skipped",
        "gradient_check_n",
        _check_n(_RIGHT, slice(1, None)),
        "The first parameter is never probed: the loop begins one round late.",
        "Count the rounds of your loop: the network has 47 parameters, and Python counts them from 0. Which entry does "
        "the first round look at? An entry that is never filled stays 0.",
    ),
    Misconception(
        "check-n-first-parameter-alone",
        "gradient_check_n",
        _check_n(_RIGHT, slice(1)),
        "The approximation holds the first parameter alone; all its other entries are 0.",
        "Count the rounds of your loop: the network has 47 parameters. A return inside the loop ends it in its first "
        "round. How far is each of your last lines indented, and when is it to be executed?",
    ),
    Misconception(
        "check-n-last-parameter-alone",
        "gradient_check_n",
        _check_n(_RIGHT, slice(46, None)),
        "The approximation holds the last parameter alone; all its other entries are 0.",
        "Every round of the loop is to fill one entry of the approximation. Print it after the loop. How far is the "
        "line indented that fills it: does it belong to each round, or come after the last one?",
    ),
    Misconception(
        "check-n-approximation-of-whole-numbers",
        "gradient_check_n",
        _check_n(replace(_RIGHT, combine=lambda plus, minus, epsilon: np.trunc((plus - minus) / (2 * epsilon)))),
        "The approximation holds whole numbers only: what stands behind the point is cut off.",
        "An array of integers keeps the whole part of what is put into it. Print the dtype of the approximation, and "
        "look at the line that makes it: which kind of numbers does that line ask for?",
    ),
    Misconception(
        "check-n-steps-kept",
        "gradient_check_n",
        _check_n(_RIGHT, moves=np.tri(47)),
        "The steps of earlier rounds are kept: in round i all parameters before i are moved too.",
        "Each round asks about one parameter alone, so all the others must be where they were. Where in your "
        "function is the copy made that is changed: once before the loop, or anew in every round?",
    ),
    Misconception(
        "check-n-all-parameters-moved",
        "gradient_check_n",
        _check_n(_RIGHT, moves=np.ones((47, 47))),
        "Every round moves all parameters at once instead of one.",
        "Each round asks how the cost changes with one parameter, so one entry of the vector moves and all others "
        "stay. Which entries does your line change? Print the difference between the shifted vector and theta.",
    ),
    Misconception(
        "check-n-first-parameter-only-moved",
        "gradient_check_n",
        _check_n(_RIGHT, moves=np.outer(np.ones(47), _ONE_BY_ONE[0])),
        "Every round moves the first parameter, whichever it is to probe.",
        "Round i asks how the cost changes with parameter i. Which number stands in the brackets behind your shifted "
        "vector, and does it change from round to round? Print it together with the vector.",
    ),
    Misconception(
        "check-n-difference-is-a-table",
        "gradient_check_n",
        _check_n(replace(_RIGHT, score=_across)),
        "The gradient and the approximation are not columns both, so that their difference is a whole table.",
        "NumPy puts a column and a row, or a flat vector, together entry by entry in all combinations. Print the "
        "shapes of the gradient, of the approximation and of their difference: how many numbers should the last one "
        "hold?",
    ),
    Misconception(
        "check-n-approximation-overwritten",
        "gradient_check_n",
        _overwritten,
        "The approximation is one number, that of the last parameter, where it is to be a vector of all of them.",
        "Every round of the loop finds one entry of the approximation. What holds the result of the first round "
        "when the second one is done? Print its shape after the loop, beside that of the gradient.",
    ),
)

CATALOGUE: tuple[Misconception, ...] = (
    *FORWARD,
    *BACKWARD,
    *(Misconception(f"check-{how.name}", "gradient_check", _check(how), how.message, how.hint) for how in CHECKS),
    *_ONE,
    *_BACKWARD_N,
    *(Misconception(f"check-n-{how.name}", "gradient_check_n", _check_n(how), how.message, how.hint) for how in CHECKS),
    *_LOOPS,
)

"""The mistakes that both gradient checks share: how the slope is approximated, and how two gradients are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Score = Callable[[np.ndarray, np.ndarray], float]


def _norm(value: np.ndarray) -> float:
    return float(np.linalg.norm(value))


def relative(grad: np.ndarray, approximation: np.ndarray) -> float:
    """Compare as it should be done: the norm of the difference, by the sum of the norms."""
    return _norm(grad - approximation) / (_norm(grad) + _norm(approximation))


@dataclass(frozen=True, slots=True)
class Check:
    """How a wrong check goes about it.

    Parameters
    ----------
    name, message, hint : str
        Of the mistake.
    score : callable
        Compares two gradients.
    ahead, behind : float
        How far the costs are from theta, in units of epsilon.
    width : float
        What their difference is divided by, in units of epsilon.
    step : callable
        From the epsilon that was given to the one that is used.
    combine : callable
        From the two costs and the step to the approximation, where it is no quotient of a difference.
    """

    name: str
    message: str
    hint: str
    score: Score = relative
    ahead: float = 1.0
    behind: float = 1.0
    width: float = 2.0
    step: Callable[[float], float] = float
    combine: Callable[[Any, Any, float], Any] | None = None

    def approximation(self, plus: Any, minus: Any, epsilon: float) -> Any:  # noqa: ANN401 - numbers or arrays
        """Make a slope of two costs."""
        if self.combine:
            return self.combine(plus, minus, epsilon)
        return (plus - minus) / (self.width * epsilon)


_SIDES = (
    "Look at the two pictures of section 1 again. Which neighbours of theta does the better line pass through, and "
    "how far are they apart? The step {} theta is missing in your check."
)
_RUN = (
    "A slope is rise over run. From theta minus epsilon to theta plus epsilon, how long is the run? Mind the "
    "brackets too: Python divides and multiplies from left to right."
)
_NORMS = (
    "Formula (3) treats the two gradients alike: swap them and nothing changes. Is that so in your function? Count "
    "the norms in the denominator."
)

CHECKS = (
    Check(
        "one-sided-ahead",
        "The approximation is one-sided: it compares the cost a step ahead with the cost at theta itself.",
        _SIDES.format("below"),
        behind=0.0,
        width=1.0,
    ),
    Check(
        "one-sided-behind",
        "The approximation is one-sided: it compares the cost at theta itself with the cost a step behind.",
        _SIDES.format("above"),
        ahead=0.0,
        width=1.0,
    ),
    Check(
        "one-sided-and-halved",
        "Only the step ahead is made, yet the difference is divided by two steps: the approximation is half a slope.",
        "For the second cost, theta should lie a step below. Print both shifted values. If your code does subtract, "
        "perhaps two names stand for one array, so that the second step takes the first one back: copy before you "
        "change.",
        behind=0.0,
    ),
    Check(
        "one-sided-behind-and-halved",
        "Only the step behind is made, yet the difference is divided by two steps: the approximation is half a slope.",
        "For the first cost, theta should lie a step above. Print both shifted values. If your code does add, perhaps "
        "two names stand for one array, so that one step takes the other back: copy before you change.",
        ahead=0.0,
    ),
    Check(
        "both-sides-alike",
        "Both costs are computed at the same parameters, so that the approximation is 0.",
        "The two costs belong to two different values of theta, one above and one below. Print both. Is one sign "
        "wrong, or do two names stand for one array, so that changing one changes the other?",
        behind=-1.0,
    ),
    Check(
        "always-one",
        "The result is always 1: the approximation is 0, or the numerator is divided by itself.",
        "Formula (3) gives 1 where one of the two gradients is 0. Print both, and then the numerator and the "
        "denominator: which of the four is not what you expect? One name twice in a line is a usual reason.",
        lambda _g, _a: 1.0,
    ),
    Check(
        "forgets-two",
        "The approximation is twice too large: the cost difference is divided by epsilon.",
        _RUN,
        width=1.0,
    ),
    Check(
        "multiplies-by-epsilon",
        "The cost difference is divided by 2 and then multiplied by epsilon.",
        "Python works off divisions and multiplications from left to right, so what follows a division sign needs "
        "brackets when it has two factors. What size has your approximation?",
        combine=lambda plus, minus, epsilon: (plus - minus) / 2 * epsilon,
    ),
    Check(
        "not-divided-by-epsilon",
        "The cost difference is not divided by the distance of the two points.",
        "A slope is rise over run, and your number is the rise alone: it becomes smaller and smaller with epsilon, "
        "while the slope stays. What stands below the fraction bar in formula (1)?",
        combine=lambda plus, minus, _: plus - minus,
    ),
    Check(
        "divides-one-cost-only",
        "Only the second cost is divided by two epsilon: brackets round the difference are missing.",
        "Division binds more tightly than subtraction, in Python as on paper. Which part of your line does the "
        "fraction bar reach, and which part should stand above it?",
        combine=lambda plus, minus, epsilon: plus - minus / (2 * epsilon),
    ),
    Check(
        "costs-added",
        "The two costs are added where their difference is wanted.",
        "The slope tells by how much the cost changes between two points. Two equal costs mean a flat line: which "
        "number does your approximation give then?",
        combine=lambda plus, minus, epsilon: (plus + minus) / (2 * epsilon),
    ),
    Check(
        "opposite-signs",
        "The two gradients are compared with opposite signs: they are added, or the approximation is the wrong way "
        "round.",
        "For a right gradient the two are nearly equal, so their difference is nearly 0. Which cost is subtracted from "
        "which in your approximation, and which sign stands between the gradients in your numerator?",
        combine=lambda plus, minus, epsilon: (minus - plus) / (2 * epsilon),
    ),
    Check(
        "epsilon-fixed",
        "A fixed step of 1e-7 is used in the place of the argument epsilon.",
        "The number in the first line of the function is only what is taken when nobody says otherwise. Call your "
        "function with a much larger epsilon: the result should change. Where do your lines get it from?",
        step=lambda _: 1e-7,
    ),
    Check(
        "not-normalized",
        "The difference is not divided by the sizes of the gradients.",
        "An error of 0.001 is small beside a gradient of 1000 and large beside one of 0.0001. What in formula (3) "
        "takes care of that, and what is the largest value that the difference can then have?",
        lambda g, a: _norm(g - a),
    ),
    Check(
        "normalized-by-one",
        "The difference is divided by the size of the gradient alone instead of the sum of both sizes.",
        _NORMS,
        lambda g, a: _norm(g - a) / _norm(g),
    ),
    Check(
        "normalized-by-approximation",
        "The difference is divided by the size of the approximation alone instead of the sum of both sizes.",
        _NORMS,
        lambda g, a: _norm(g - a) / _norm(a),
    ),
    Check(
        "denominator-without-brackets",
        "Only the first norm divides the difference; the second one is added to the quotient: brackets are missing.",
        "Python works off a quotient before a sum, so what stands below a fraction bar needs brackets when it has two "
        "terms. What is the largest value that formula (3) can give, and does your result stay below it?",
        lambda g, a: _norm(g - a) / _norm(g) + _norm(a),
    ),
    Check(
        "norm-of-the-sum",
        "The denominator is the norm of the sum of both gradients instead of the sum of both norms.",
        "Take a gradient of the wrong sign: the two then cancel in a sum. What would that do to a denominator? Formula "
        "(3) adds two lengths, so each length is taken first.",
        lambda g, a: _norm(g - a) / _norm(g + a),
    ),
    Check(
        "lengths-compared",
        "The sizes of the two gradients are compared where the size of their difference is wanted.",
        "Two gradients of one length can point in quite different directions. Formula (3) subtracts before it "
        "measures: what stands between the bars of its numerator? Try a gradient of the wrong sign by hand.",
        lambda g, a: (_norm(g) - _norm(a)) / (_norm(g) + _norm(a)),
    ),
    Check(
        "norms-multiplied",
        "The two norms in the denominator are multiplied instead of added.",
        "Double both gradients in your mind. The relative difference should stay the same, for the error doubles as "
        "well. What becomes of it with your denominator, and which sign joins the norms in formula (3)?",
        lambda g, a: _norm(g - a) / (_norm(g) * _norm(a)),
    ),
    Check(
        "norms-subtracted",
        "The two norms in the denominator are subtracted instead of added.",
        "For a right gradient the two norms are nearly equal. What does that make of your denominator, and what of the "
        "quotient? Look at the sign between the norms in formula (3).",
        lambda g, a: _norm(g - a) / (_norm(g) - _norm(a)),
    ),
    Check(
        "normalized-by-larger",
        "The difference is divided by the larger of the two sizes instead of their sum.",
        "Both ways give a number that does not depend on the scale of the cost, but the thresholds of this notebook "
        "belong to formula (3). How are the two norms joined in its denominator?",
        lambda g, a: _norm(g - a) / max(_norm(g), _norm(a)),
    ),
    Check(
        "normalized-by-the-mean",
        "The difference is divided by the mean of the two sizes instead of their sum: it is twice too large.",
        "Formula (3) adds the two norms and leaves it at that, so that the result is at most 1. Take two gradients of "
        "opposite sign: which number do you get?",
        lambda g, a: 2 * relative(g, a),
    ),
    Check(
        "squares-instead-of-norms",
        "Sums of squares stand where formula (3) has norms.",
        "The norm of a vector is a length: doubling the vector doubles it. A sum of squares grows fourfold. What is "
        "missing after the sum? And what would a square do to a difference that is already tiny?",
        lambda g, a: float(np.sum((g - a) ** 2) / (np.sum(g**2) + np.sum(a**2))),
    ),
    Check(
        "denominator-of-squares",
        "The denominator is the root of the sum of both squared norms instead of the sum of the norms.",
        "Two lengths of 3 and 4 have the sum 7; the root of their added squares is 5, the length of a diagonal. "
        "Which of the two does formula (3) put into its denominator?",
        lambda g, a: _norm(g - a) / float(np.sqrt(np.sum(g**2) + np.sum(a**2))),
    ),
    Check(
        "quotient-upside-down",
        "The quotient is upside down: the denominator is divided by the numerator.",
        "A small difference must mean that the gradients agree. For two that are nearly equal, is your result small or "
        "huge? Look at what stands above the fraction bar in formula (3).",
        lambda g, a: 1 / relative(g, a),
    ),
    Check(
        "norms-of-the-sizes",
        "The numerator compares the sizes of the two gradients only: a wrong sign or direction goes unnoticed.",
        "Two vectors can be equally long and point in opposite directions. Formula (3) subtracts first and measures "
        "the length afterwards. In which order does your numerator do it?",
        lambda g, a: abs(_norm(g) - _norm(a)) / (_norm(g) + _norm(a)),
    ),
)  # fmt: skip

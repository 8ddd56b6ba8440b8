"""How far a number may be from the right one: right, wrong, or too close to call.

The policy and its measured margins stand in ``docs/tolerance.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checks.arguments import bounded

# Right float64 answers to the course's questions differ by less than 1e-11 of the largest entry.
RTOL = 1e-8
# Where sums of terms as large as 1000 cancel to zero, float64 leaves less than this.
ATOL = 1e-12
# A right answer computed in float32 throughout is off by up to 1e-5; the mildest mistake of the course by 4e-4.
SINGLE = 1e-5
# A mark that another tolerance of the same order would turn is not decided either.
MARGIN = 10.0
# The figure of a gradient check varies by 1 % between builds of NumPy; no verdict hangs on less than 25 %.
THRESHOLD_MARGIN = 1.25


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The two bounds of one output; what lies between them is for a person to decide.

    Parameters
    ----------
    allowed : float
        The greatest deviation of a right entry; NaN where nothing is right.
    limit : float
        The least deviation that is plainly wrong, at least `allowed`; NaN where nothing is right.
    largest : float
        The largest magnitude of the right output.
    """

    allowed: float
    limit: float
    largest: float

    def digit(self, deviation: float) -> int:
        """Count the decimal digits of the largest entry up to the first that a deviation above 0 changes."""
        return max(1, math.floor(-math.log10(deviation / (self.largest or 1.0))) + 1)


def in_double(values: object) -> NDArray[Any]:
    """Give numbers as float64; complex ones as complex128, whose deviations are distances in the plane.

    Raises
    ------
    TypeError, ValueError
        Where they are no numbers, or whole ones that are too large for a float.
    """
    array = np.asarray(values)
    try:
        return array.astype(complex if array.dtype.kind == "c" else float)
    except OverflowError:
        raise ValueError("a whole number is too large for a float, beyond 1.8e308") from None


def tolerance(wanted: ArrayLike, rtol: float = RTOL, atol: float = ATOL) -> Tolerance:
    """Give the bounds of one output.

    Both are relative to the largest magnitude of the output and not to each entry: where the terms of a sum cancel, its
    rounding error stays that of the terms, to first order ``|fl(x @ y) - x @ y| <= n u |x| @ |y|``, and is no small
    part of what is left (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 3.1).

    Parameters
    ----------
    wanted : array_like of numbers
        The right output.
    rtol, atol : float
        ``allowed = atol + rtol max|wanted|``.

    Returns
    -------
    Tolerance
        With ``limit = max(MARGIN allowed, SINGLE max|wanted|)``.

    Raises
    ------
    TypeError, ValueError
        Where `rtol` or `atol` is no finite number from 0 up; of `in_double`.
    """
    bounded(rtol=rtol, atol=atol)
    largest = float(np.max(np.abs(in_double(wanted)), initial=0.0))
    # Beside an infinity every number would be close.
    allowed = atol + rtol * largest if math.isfinite(largest) else math.nan
    return Tolerance(allowed, max(MARGIN * allowed, SINGLE * largest), largest)

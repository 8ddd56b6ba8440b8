"""Numbers in sets and among keys: found again where they differ in their last digits only."""

from __future__ import annotations

import bisect
import cmath
import math
from collections.abc import Collection, Hashable
from typing import Any

import numpy as np

from autograder.checks.failure import TooClose
from autograder.checks.tolerance import tolerance

_RIGHT, _DOUBTFUL, _WRONG = range(3)


def partners(
    got: Collection[Any], wanted: Collection[Any], name: str, **bounds: float
) -> tuple[dict[Hashable, Any], TooClose | None]:
    """Pair what an answer holds and is not wanted bit by bit with what is wanted, where their numbers agree.

    Parameters
    ----------
    got, wanted : collection of hashable
        Of the answer, and right: sets, or keys. Numbers in tuples count too; where both are whole, they must be equal.
    name : str
        How the message calls the whole.
    **bounds : float
        ``rtol`` and ``atol`` of `close`, for each number by itself.

    Returns
    -------
    found : dict
        From the answer's item to the right one.
    doubt : TooClose or None
        Where a pair is neither plainly right nor plainly wrong.
    """
    held, right = set(got), set(wanted)
    lacking = [(item, numbers[0]) for item in wanted if item not in held and (numbers := _numbers(item))]
    if not lacking:
        return {}, None
    others = ((one, numbers) for one in got if one not in right and (numbers := _numbers(one)))
    left = sorted(((_place(numbers[0]), n, one) for n, (one, numbers) in enumerate(others)), key=lambda one: one[:2])
    found: dict[Hashable, Any] = {}
    paired: set[Hashable] = set()
    worst = _RIGHT
    # What is right first: a neighbour that is nearly right may be the partner of another.
    for most in (_RIGHT, _DOUBTFUL):
        for item, first in [one for one in lacking if one[0] not in paired]:
            place, reach = _place(first), tolerance(first, **bounds).limit if cmath.isfinite(first) else 0.0
            begin = bisect.bisect_left(left, place - reach, key=lambda one: one[0])
            near = left[begin : bisect.bisect_right(left, place + reach, key=lambda one: one[0])]
            fits = (one for *_, one in near if one not in found and _verdict(one, item, **bounds) <= most)
            if (partner := next(fits, None)) is not None:
                found[partner] = item
                paired.add(item)
                worst = most
    doubt = TooClose(f"numbers in {name} differ from the right ones in their last digits: a person will look at it.")
    return found, doubt if worst == _DOUBTFUL else None


def _numbers(item: object) -> tuple[complex, ...]:
    """Give the numbers of an item."""
    if isinstance(item, tuple):
        return tuple(number for part in item for number in _numbers(part))
    number = _number(item)
    return () if number is None else (number,)


def _place(number: complex) -> float:
    """Give where a number stands in their order, by its real part; NaN stands beyond all others."""
    return math.inf if cmath.isnan(number) else number.real


def _verdict(got: object, wanted: object, **bounds: float) -> int:
    if isinstance(got, tuple) and isinstance(wanted, tuple) and len(got) == len(wanted):
        return max((_verdict(one, other, **bounds) for one, other in zip(got, wanted, strict=True)), default=_RIGHT)
    if got == wanted or (got != got and wanted != wanted):  # noqa: PLR0124 - NaN alone differs from itself
        return _RIGHT
    whole = isinstance(got, (int, np.integer)) and isinstance(wanted, (int, np.integer))
    one, right = _number(got), _number(wanted)
    if isinstance(one, complex) and not isinstance(right, complex):
        # To Python, `0.3 + 0j` is the same entry as 0.3: so is what differs from it by its rounding.
        one = None if one.imag else one.real
    if whole or one is None or right is None:
        return _WRONG
    allowed = tolerance(right, **bounds)
    # Not `abs`, which raises where a complex number is too large.
    deviation = math.hypot((one - right).real, (one - right).imag)
    return _RIGHT if deviation <= allowed.allowed else _DOUBTFUL if deviation <= allowed.limit else _WRONG


def _number(value: object) -> complex | None:
    """Give a number as Python's float, or complex where it is; None for anything else, and for what is too large."""
    if isinstance(value, (complex, np.complexfloating)):
        return complex(value)
    if not isinstance(value, (int, float, np.integer, np.floating)) or isinstance(value, (bool, np.timedelta64)):
        return None
    try:
        return float(value)
    except OverflowError:
        return None

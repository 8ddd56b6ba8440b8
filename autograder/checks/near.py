"""Numbers in sets and among keys: found again where they differ in their last digits only."""

from __future__ import annotations

import bisect
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
    lacking = [item for item in wanted if item not in held and _numbers(item)]
    if not lacking:
        return {}, None
    left = sorted((numbers, n, one) for n, one in enumerate(got) if one not in right and (numbers := _numbers(one)))
    found: dict[Hashable, Any] = {}
    paired: set[Hashable] = set()
    worst = _RIGHT
    # What is right first: a neighbour that is nearly right may be the partner of another.
    for most in (_RIGHT, _DOUBTFUL):
        for item in [one for one in lacking if one not in paired]:
            first = _numbers(item)[0]
            reach = tolerance(first, **bounds).limit if math.isfinite(first) else 0.0
            begin = bisect.bisect_left(left, first - reach, key=lambda one: one[0][0])
            near = left[begin : bisect.bisect_right(left, first + reach, key=lambda one: one[0][0])]
            fits = (one for *_, one in near if one not in found and _verdict(one, item, **bounds) <= most)
            if (partner := next(fits, None)) is not None:
                found[partner] = item
                paired.add(item)
                worst = most
    doubt = TooClose(f"numbers in {name} differ from the right ones in their last digits: a person will look at it.")
    return found, doubt if worst == _DOUBTFUL else None


def _numbers(item: object) -> tuple[float, ...]:
    """Give the numbers of an item, in an order that numbers have: NaN stands beyond all others."""
    if isinstance(item, tuple):
        return tuple(number for part in item for number in _numbers(part))
    try:
        number = float(item) if _is_number(item) else None  # type: ignore[arg-type]
    except OverflowError:
        return ()
    return () if number is None else (math.inf if math.isnan(number) else number,)


def _verdict(got: object, wanted: object, **bounds: float) -> int:
    if isinstance(got, tuple) and isinstance(wanted, tuple) and len(got) == len(wanted):
        return max((_verdict(one, other, **bounds) for one, other in zip(got, wanted, strict=True)), default=_RIGHT)
    if got == wanted or (got != got and wanted != wanted):  # noqa: PLR0124 - NaN alone differs from itself
        return _RIGHT
    whole = isinstance(got, (int, np.integer)) and isinstance(wanted, (int, np.integer))
    if whole or not _is_number(got) or not _is_number(wanted):
        return _WRONG
    allowed = tolerance(wanted, **bounds)  # type: ignore[arg-type]
    deviation = abs(float(got) - float(wanted))  # type: ignore[arg-type]
    return _RIGHT if deviation <= allowed.allowed else _DOUBTFUL if deviation <= allowed.limit else _WRONG


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, (bool, np.timedelta64))

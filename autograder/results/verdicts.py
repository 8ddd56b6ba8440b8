"""What became of a check, and of a function by its checks."""

from __future__ import annotations

from enum import StrEnum

_CLOSE = 1e-9


class Verdict(StrEnum):
    """What became of a check, or of a function as a whole."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    MISSING = "missing"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    INTERNAL_ERROR = "internal_error"


def same_score(one: float | None, other: float | None) -> bool:
    """Tell whether two scores are the same, but for rounding; None, which is no score, is the same as None alone."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE


def verdict_under(points: float, max_score: float, found: Verdict) -> Verdict:
    """Give the verdict that goes with points which a person gave.

    Parameters
    ----------
    points, max_score : float
    found : Verdict
        What grading found; it stays as the reason why there are no points.
    """
    if points >= max_score:
        return Verdict.PASSED
    if points:
        return Verdict.PARTIAL
    return Verdict.FAILED if found in {Verdict.PASSED, Verdict.PARTIAL, Verdict.INTERNAL_ERROR} else found

"""The two exceptions by which a check says no, and that it cannot say."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

import numpy as np

# A test cell calls the checks without knowing who runs it, so this cannot be an argument.
_past_doubts: ContextVar[bool] = ContextVar("past_doubts", default=False)


class CheckFailed(AssertionError):  # noqa: N818 - a verdict, not an error of ours
    """The answer does not have a property it should have; the text is for the student."""


class TooClose(AssertionError):  # noqa: N818 - a verdict, not an error of ours
    """The answer is neither plainly right nor plainly wrong: a person decides; the text is for the student.

    No `CheckFailed`, so that a test cell that gives part of its points after one decides nothing here. An
    `AssertionError`, so that a plain kernel, which knows two answers only, gives no points.
    """


def doubt(reason: TooClose) -> None:
    """Call for a person, but where the caller looks past doubts.

    Parameters
    ----------
    reason : TooClose

    Raises
    ------
    TooClose
        The reason.
    """
    if not _past_doubts.get():
        raise reason


@contextlib.contextmanager
def past_doubts() -> Iterator[None]:
    """Let what is too close to call pass for right within, so that what is plainly wrong beyond it shows."""
    before = _past_doubts.set(True)
    try:
        yield
    finally:
        _past_doubts.reset(before)


def require(condition: object, message: str) -> None:
    """Refuse the answer unless a condition holds.

    Parameters
    ----------
    condition : object
        Must be a Python or NumPy boolean; anything else is refused, so that no object of the student's decides.
    message : str
        For the student.

    Raises
    ------
    CheckFailed
        Where the condition is not true.
    """
    # Neither type can be subclassed, so no truth but theirs is ever asked for.
    if not (isinstance(condition, (bool, np.bool_)) and condition):
        raise CheckFailed(message)

"""The one exception by which a check says no."""

from __future__ import annotations

import numpy as np


class CheckFailed(AssertionError):  # noqa: N818 - a verdict, not an error of ours
    """The answer does not have a property it should have; the text is for the student."""


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

"""The one exception by which a check says no."""

from __future__ import annotations


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
    # `is` rather than truth: numpy.bool_ is unwrapped first, and nothing else may pass for True.
    value = bool(condition) if type(condition).__name__ in {"bool", "bool_"} else False
    if value is not True:
        raise CheckFailed(message)

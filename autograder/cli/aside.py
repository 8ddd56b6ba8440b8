"""Who has no mark after a run, or not for all tests, and why; as `grade` and `regrade` both tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.cli.naming import named
from autograder.cli.terminal import errors, literal
from autograder.language import Speaker

if TYPE_CHECKING:
    from autograder.api.runs import Aside

# More reasons than these are counted.
_SHOWN = 60
# What the examiner says of a test cell that is wrong by itself; it says what is to be mended, too, and another try
# would end alike.
_TESTS_AT_FAULT = "does not pass with the reference solution itself", "does not pass with the source's own solution"


def show_aside(aside: Sequence[Aside], say: Speaker, *, resumes: bool) -> None:
    """Name who has no mark; a reason that many have is told once.

    Parameters
    ----------
    aside : sequence of Aside
    say : Speaker
    resumes : bool
        Whether the command goes on with ``--resume``.
    """
    reasons: dict[str, dict[str, None]] = {}
    for one in aside:
        reasons.setdefault(one.reason, {})[one.student] = None
    for reason, students in list(reasons.items())[:_SHOWN]:
        errors.print(literal(_told(reason, list(students), say)))
    if len(reasons) > _SHOWN:
        errors.print(say("And {count} more: the log has them all.", count=len(reasons) - _SHOWN))
    if resumes and any(one.ours and not _is_of_a_test(one.reason) for one in aside):
        errors.print(say("What has no mark for a reason of ours is tried again by the same command with --resume."))


def _told(reason: str, students: Sequence[str], say: Speaker) -> str:
    told = {"name": named(students), "error": say.text(reason)}
    if _is_of_a_test(reason):
        # Their other tests have given points, and stand in the table.
        return say("{name}: not graded by all tests: {error}", **told)
    return say("{name}: not graded: {error}", **told)


def _is_of_a_test(reason: str) -> bool:
    return any(fault in reason for fault in _TESTS_AT_FAULT)

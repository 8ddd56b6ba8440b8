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


def show_aside(aside: Sequence[Aside], say: Speaker, *, resumes: bool) -> None:
    """Name who has no mark; a reason that many have is told once.

    Parameters
    ----------
    aside : sequence of Aside
    say : Speaker
    resumes : bool
        Whether the command goes on with ``--resume``.
    """
    reasons: dict[tuple[str, bool], dict[str, None]] = {}
    for one in aside:
        reasons.setdefault((one.reason, one.of_test), {})[one.student] = None
    for (reason, of_test), students in list(reasons.items())[:_SHOWN]:
        told = {"name": named(list(students)), "error": say.text(reason)}
        if of_test:
            # Their other tests have given points, and stand in the table.
            errors.print(literal(say("{name}: not graded by all tests: {error}", **told)))
        else:
            errors.print(literal(say("{name}: not graded: {error}", **told)))
    if len(reasons) > _SHOWN:
        errors.print(say("And {count} more: the log has them all.", count=len(reasons) - _SHOWN))
    if resumes and any(one.ours and not one.of_test for one in aside):
        errors.print(say("What has no mark for a reason of ours is tried again by the same command with --resume."))

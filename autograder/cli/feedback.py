"""What ``autograder feedback`` says of pages that there are not, or that are not final."""

from __future__ import annotations

from collections.abc import Collection

from autograder.cli.unsettled import MOST_NAMED, named, warn, warn_since
from autograder.language import Speaker
from autograder.outcomes import ClassOutcome, Outcome


def warn_about_pages(outcome: ClassOutcome, without: Collection[str], say: Speaker) -> None:
    """Name who has no page and why, and whose page is not final.

    Parameters
    ----------
    outcome : ClassOutcome
    without : collection of str
        Students with marks and without a page.
    say : Speaker
    """
    pageless = [one for one in outcome.submitted if one.person.id in without]
    for one in pageless[:MOST_NAMED]:
        warn(say("{student} gets no page: {reason}", student=one.person.id, reason=_reason(one, outcome, say)))
    if len(pageless) > MOST_NAMED:
        warn(say("{count} more get no page: the report has them all.", count=len(pageless) - MOST_NAMED))
    waiting = [one for one in outcome.waiting if one.person.id not in without]
    if waiting:
        warn(
            say(
                "Not final yet, and their pages say so: {students}. Give the points in formgrader, then run "
                "`autograder feedback {assignment}` again.",
                students=named(waiting),
                assignment=outcome.assignment,
            )
        )
    warn_since(outcome, say)


def _reason(one: Outcome, outcome: ClassOutcome, say: Speaker) -> str:
    if one.unreadable:
        file = one.unreadable[0]
        return say("{notebook} is no notebook: {error}", notebook=f"{file.notebook}.ipynb", error=say.text(file.error))
    return say(
        "there is no graded notebook of it. Run `autograder grade {assignment} --student {student}`.",
        assignment=outcome.assignment,
        student=one.person.id,
    )

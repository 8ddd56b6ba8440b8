"""``autograder feedback``: the students' pages; and who has none, or one that is not final."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import typer

from autograder.cli.naming import MOST_NAMED, named, students
from autograder.cli.options import Assignment, CourseFolder, Reading, root_with, speaker_of
from autograder.cli.since import warn_missing, warn_since
from autograder.cli.statuses import Status
from autograder.cli.stopping import stopping
from autograder.cli.terminal import doing, output, warn
from autograder.language import Speaker
from autograder.outcomes import ClassOutcome, Outcome

_SOME = "Some students may have a new page and others not; the same command makes and releases all."


def feedback(assignment: Assignment, language: Reading = None, course: CourseFolder = None) -> None:
    """Make the students' pages with nbgrader and release them."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415
    from autograder.api.outcomes import class_outcome  # noqa: PLC0415

    root = root_with(course, assignment)
    say = speaker_of(language, root)
    bridge.handed_in(root, assignment)  # what was never released cannot be graded first
    with stopping(_SOME), doing(f"making the feedback of {assignment}"):
        failed = dict(bridge.generate_feedback(root, assignment, say.language))
        found = bridge.release_feedback(root, assignment)
        outcome = class_outcome(root, assignment)
    if found.released:
        done = say("The feedback of {assignment} is in feedback/ and released to the students.", assignment=assignment)
        output.print(done, markup=False)
    elif found.left:
        output.print(say("The feedback of {assignment} is in feedback/.", assignment=assignment), markup=False)
    if found.left:
        left = say(
            "Not handed in through nbgrader's exchange: {students}. Pass their pages on yourself; they are in "
            "feedback/STUDENT/{assignment}/.",
            students=named(found.left),
            assignment=assignment,
        )
        output.print(left, markup=False)
    if found.unknown:
        warn(
            say(
                "No page for {students}: the gradebook knows no submission of theirs. Run `autograder grade "
                "{assignment}` if they are to have one; else take autograded/STUDENT/{assignment}/ away.",
                students=named(found.unknown),
                assignment=assignment,
            )
        )
    _warn_about_pages(outcome, found.without, failed, say)
    if failed:
        raise typer.Exit(Status.FAULT_OF_OURS)


def _warn_about_pages(outcome: ClassOutcome, without: Collection[str], failed: Mapping[str, str], say: Speaker) -> None:
    """Name whose page could not be made, and who has marks and no page, and why; and whose page is not final."""
    lacking = (one for one in outcome.submitted if one.person.id in without and one.person.id not in failed)
    pageless = [*failed.items(), *((one.person.id, _reason(one, outcome, say)) for one in lacking)]
    for student, reason in pageless[:MOST_NAMED]:
        warn(say("{student} gets no page: {reason}", student=student, reason=reason))
    if len(pageless) > MOST_NAMED:
        warn(say("{count} more get no page: the report has them all.", count=len(pageless) - MOST_NAMED))
    some = [one for one in outcome.submitted if one.unreadable and one.person.id not in {*without, *failed}]
    for one in some[:MOST_NAMED]:
        reason = _reason(one, outcome, say)
        warn(say("{student} gets a page of the other notebooks only: {reason}", student=one.person.id, reason=reason))
    if len(some) > MOST_NAMED:
        warn(say("{count} more get some pages only: the report has them all.", count=len(some) - MOST_NAMED))
    waiting = [one for one in outcome.waiting if one.person.id not in without]
    if waiting:
        warn(
            say(
                "Not final yet, and their pages say so: {students}. Give the points in formgrader, then run "
                "`autograder feedback {assignment}` again.",
                students=students(waiting),
                assignment=outcome.assignment,
            )
        )
    warn_since(outcome, say)
    warn_missing({one.person.id: one.missing for one in outcome.outcomes}, say)


def _reason(one: Outcome, outcome: ClassOutcome, say: Speaker) -> str:
    if one.unreadable:
        file = one.unreadable[0]
        return say("{notebook} is no notebook: {error}", notebook=f"{file.notebook}.ipynb", error=say.text(file.error))
    return say(
        "there is no graded notebook of it. Run `autograder grade {assignment} --student {student}`.",
        assignment=outcome.assignment,
        student=one.person.id,
    )

"""Commands on a course with a gradebook: release, collect, grade, feedback."""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated

import typer
from rich.table import Table

from autograder.cli.grading import FAULT_OF_OURS, progress_bar, show_isolation
from autograder.cli.options import (
    Assignment,
    CourseFolder,
    IsolationLevel,
    Jobs,
    Reading,
    level_of,
    root_with,
    speaker_of,
)
from autograder.cli.terminal import errors, literal, output
from autograder.language import Speaker
from autograder.results import NotebookResult, Verdict


def release(assignment: Assignment, course: CourseFolder = None) -> None:
    """Generate an assignment's student version with nbgrader and release it."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    root = root_with(course, assignment)
    with errors.status(f"generating {assignment}") as status:
        bridge.release(root, assignment, status.update)
    output.print(
        f"{assignment} is released: students can fetch it. Its files are in release/{assignment}.", markup=False
    )


def grade(
    assignment: Assignment,
    student: Annotated[
        list[str] | None, typer.Option(help="Grade only this student; may be repeated.", show_default=False)
    ] = None,
    jobs: Jobs = None,
    isolation: IsolationLevel = None,
    language: Reading = None,
    course: CourseFolder = None,
) -> None:
    """Grade the collected submissions into nbgrader's gradebook."""
    from autograder.api.gradebook import grade_assignment  # noqa: PLC0415

    root = root_with(course, assignment)
    say = speaker_of(language, root)
    with progress_bar(assignment) as bar:
        done = grade_assignment(root, assignment, student or (), jobs, level_of(isolation), bar, say.language)
    rows = list(done.results.values())
    _show_class(assignment, {key[0]: row for key, row in done.results.items() if isinstance(row, NotebookResult)}, say)
    for (name, _), row in done.results.items():
        if not isinstance(row, NotebookResult):
            output.print(literal(say("{name}: not graded: {error}", name=name, error=say.text(row.error))))
    for one in done.unwritten:
        errors.print(literal(f"{one.student}: {one.reason}"))
    show_isolation(rows, say)
    if done.ours:
        raise typer.Exit(FAULT_OF_OURS)


def feedback(assignment: Assignment, language: Reading = None, course: CourseFolder = None) -> None:
    """Make the students' pages with nbgrader and release them."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415

    root = root_with(course, assignment)
    say = speaker_of(language, root)
    with errors.status(f"making the feedback of {assignment}"):
        bridge.generate_feedback(root, assignment, say.language)
        bridge.release_feedback(root, assignment)
    done = say("The feedback of {assignment} is in feedback/ and released to the students.", assignment=assignment)
    output.print(done, markup=False)


def _count(submissions: Sized, say: Speaker) -> str:
    return say("1 submission") if len(submissions) == 1 else say("{count} submissions", count=len(submissions))


def _show_class(assignment: str, results: dict[str, NotebookResult], say: Speaker) -> None:
    title = f"{assignment}: {_count(results, say)}"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(say("student"), overflow="fold")
    table.add_column(say("score"), justify="right", no_wrap=True)
    table.add_column(say("what did not pass"), overflow="fold")
    for student, result in results.items():
        wrong = [f for f in result.functions if f.verdict is not Verdict.PASSED]
        what = ", ".join(f"{f.name} ({say.verdict(f.verdict)})" for f in wrong)
        human = f"{say('a human must look')}; " if result.needs_manual_grade else ""
        table.add_row(literal(student), f"{result.score:g} / {result.max_score:g}", literal(human + what))
    output.print(table)

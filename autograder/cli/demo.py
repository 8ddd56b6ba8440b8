"""``autograder demo``: the whole round trip on a sample class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from autograder.cli.grading import show_isolation
from autograder.cli.options import CourseFolder, half_made, root_of
from autograder.cli.stopping import stopping
from autograder.cli.terminal import doing, errors, output
from autograder.course import check_new
from autograder.language import speaker
from autograder.outcomes import Outcome

if TYPE_CHECKING:
    from autograder.demo import DemoOutcome


def demo(
    into: Annotated[Path, typer.Option(help="A new folder for the sample course.")] = Path("demo"),
    course: CourseFolder = None,
) -> None:
    """Take a sample class through the whole round trip, from release to feedback."""
    root = root_of(course)
    check_new(into)
    with doing("opening nbgrader") as status:
        with stopping("Nothing was made."):
            from autograder.api.gradebook import grade_assignments  # noqa: PLC0415 - nbgrader takes seconds to load
            from autograder.demo import run_demo  # noqa: PLC0415

        levels: set[str] = set()

        def grade(folder: Path, assignment: str) -> None:
            done = grade_assignments(
                folder,
                [assignment],
                watch=lambda seen: status(f"{assignment}: grading, {seen.done} of {seen.total}"),
            )
            levels.update(done.levels)

        def progress(step: str) -> None:
            errors.print(step, style="dim", markup=False)

        with stopping(half_made(into)):
            outcome = run_demo(root, into, grade, progress, status)
    _show(outcome)
    show_isolation(levels, speaker("en"))


def _show(outcome: DemoOutcome) -> None:
    table = Table(
        title=f"The class, after {outcome.seconds:.0f} s", title_justify="left", box=None, padding=(0, 2, 0, 0)
    )
    table.add_column("student", no_wrap=True)
    for one in outcome.classes:
        title = f"{one.assignment.replace('_', ' ')} of {one.max_score:g}"
        table.add_column(title, justify="right", max_width=14)
    table.add_column("what they did", overflow="fold")
    marks_of = [{row.person.id: _mark(row) for row in one.outcomes} for one in outcome.classes]
    for pupil in sorted(outcome.pupils, key=lambda one: one.student.id):
        marks = [of[pupil.student.id] for of in marks_of]
        table.add_row(escape(pupil.student.id), *marks, f"[dim]{escape(pupil.about)}[/]")
    output.print(table)
    if any(one.waiting for one in outcome.classes):
        output.print("?  waits for a person: the report says why, formgrader takes the points", style="dim")
    _say_where_to_look(outcome)


def _mark(one: Outcome) -> str:
    late = " late" if one.seconds_late else ""
    human = " ?" if one.waits else ""
    return f"{one.score:g}{late}{human}" if one.submitted else "-"


def _say_where_to_look(outcome: DemoOutcome) -> None:
    output.print("\nWhere to look next", style="bold")
    for what, place in (
        ("the class on one page  ", outcome.reports[0]),
        ("what each student reads", outcome.feedback),
        ("the marks as a table   ", outcome.grades),
        ("a whole nbgrader course", outcome.course),
        ("one to grade yourself  ", "make lab"),
    ):
        output.print(f"  {what}  {place}", markup=False, soft_wrap=True)

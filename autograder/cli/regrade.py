"""``autograder regrade``: whose marks change when tests or the reference have changed."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.aside import show_aside
from autograder.cli.build import warn_drifted
from autograder.cli.grading import class_progress
from autograder.cli.lines import check_file, write_lines
from autograder.cli.naming import named
from autograder.cli.options import (
    Assignments,
    Cluster,
    CourseFolder,
    Database,
    IsolationLevel,
    Jobs,
    Json,
    Reading,
    Students,
    level_of,
    root_with,
    speaker_of,
)
from autograder.cli.since import warn_gone
from autograder.cli.statuses import Status
from autograder.cli.stopping import stopping
from autograder.cli.terminal import doing, errors, is_stdout, literal, output
from autograder.cli.waiting import show_waiting
from autograder.language import Speaker

if TYPE_CHECKING:
    from autograder.api.changes import CellChange, Change, Regrading

# More changes than these are counted, and stand in the file of --json.
_SHOWN = 60
_GOES_ON = "Nothing was written half; the same command goes on from here."
_UNWRITTEN = "Nothing was written."


def regrade(
    assignments: Assignments,
    student: Students = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the differences, after showing them.")] = False,
    json: Json = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    isolation: IsolationLevel = None,
    db: Database = None,
    language: Reading = None,
    course: CourseFolder = None,
) -> None:
    """Show whose marks today's tests would change, and why; write that with --apply."""
    from autograder.api.crews import Crew  # noqa: PLC0415 - nbgrader takes seconds to load
    from autograder.api.regrading import regrade as regraded  # noqa: PLC0415

    check_file(json)
    root = root_with(course, *assignments)
    say = speaker_of(language, root)
    warn_drifted(root, assignments)

    with stopping(_GOES_ON if apply else _UNWRITTEN), contextlib.ExitStack() as bar:
        watch = bar.enter_context(class_progress(", ".join(assignments), say))
        crew, level = Crew(jobs, cluster), level_of(isolation)

        def shown(found: Regrading) -> bool:
            # Nothing is printed through a bar that is still drawn.
            bar.close()
            if json is not None:
                write_lines(found.changes, json)
            if not is_stdout(json):
                _show(found, say)
            if apply and found.changes:
                bar.enter_context(doing("writing the marks"))
            return apply

        done = regraded(
            root,
            assignments,
            tuple(student or ()),
            crew,
            level,
            db=db,
            language=say.language,
            watch=watch,
            apply=shown,
        )
    show_aside([*done.aside, *(one for result in done.written for one in result.aside)], say, resumes=False)
    show_waiting(root, assignments, tuple(student or ()), db, say)
    for assignment in assignments:
        warn_gone(root, assignment, tuple(student or ()), db, say)
    _show_end(done, apply=apply)
    if done.ours:
        raise typer.Exit(Status.FAULT_OF_OURS)


def _show(found: Regrading, say: Speaker) -> None:
    gains = sum(one.gain > 0 for one in found.changes)
    loses = sum(one.gain < 0 for one in found.changes)
    others = len(found.changes) - gains - loses
    if found.changes:
        output.print(_table(found.changes[:_SHOWN], say))
    elif (found.same or found.unconfirmed) and not found.aside:
        output.print("No mark changes.")
    if len(found.changes) > _SHOWN:
        output.print(f"And {len(found.changes) - _SHOWN} more: --json FILE has them all.")
    confirmed = f", {found.unconfirmed} to be confirmed" if found.unconfirmed else ""
    aside = len({(one.assignment, one.student) for one in found.aside})
    unknown = f", {aside} cannot be graded again" if aside else ""
    output.print(
        f"{gains} gain, {loses} lose, {others} change within, {found.same} stay as they are{confirmed}{unknown}."
    )
    if found.questioned:
        output.print(
            f"Points given by hand that may have to be confirmed: {named(found.questioned)}. Another result would "
            "stand beside them, or they were given for other work.",
            style="magenta",
            markup=False,
        )


def _table(changes: Sequence[Change], say: Speaker) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(say("student"), overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("change", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    for one in changes:
        why = "\n".join(["another notebook was handed in since"] * one.resubmitted + _whys(one.cells, say))
        if one.penalty != one.penalty_after:
            why = "\n".join(filter(None, (why, f"penalty for being late: {one.penalty:g} -> {one.penalty_after:g}")))
        table.add_row(literal(one.student), _points(one), f"{one.gain:+g}", why)
    return table


def _points(one: Change) -> str:
    """Show points before and after, and what comes off for being late."""
    pairs = ((one.before, one.penalty), (one.after, one.penalty_after))
    shown = (f"{points:g} - {penalty:g}" if penalty else f"{points:g}" for points, penalty in pairs)
    return " -> ".join(shown)


def _whys(cells: Sequence[CellChange], say: Speaker) -> list[str]:
    """Give each reason once, behind the cells that have it."""
    reasons: dict[str, list[str]] = {}
    for cell in cells:
        before, after = (f"{score:g}" if score is not None else "by hand" for score in (cell.before, cell.after))
        reasons.setdefault(cell.why, []).append(f"{cell.cell} {before} -> {after}")
    return [f"{literal(', '.join(points))}: {literal(say.text(why))}" for why, points in reasons.items()]


def _show_end(done: Regrading, *, apply: bool) -> None:
    again = f"{done.again} ran again; what the change cannot touch did not."
    errors.print(again if done.again else "Nothing had to run again.", style="dim")
    if done.ungraded:
        errors.print(f"{done.ungraded} were never graded: that is for `autograder grade`.", style="dim")
    if done.changes and apply:
        count = "1 submission" if len(done.changes) == 1 else f"{len(done.changes)} submissions"
        errors.print(f"Written: the marks of {count}.", style="dim")
    if done.changes and not apply:
        errors.print("Nothing is written yet. The same command with --apply writes it.", style="yellow")

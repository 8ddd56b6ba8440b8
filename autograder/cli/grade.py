"""``autograder grade``: a class at a time, a course at a time, into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.aside import show_aside
from autograder.cli.build import warn_drifted
from autograder.cli.class_table import show_class, show_notes
from autograder.cli.grading import class_progress, found_in, show_isolation
from autograder.cli.options import (
    Assignments,
    Cluster,
    CourseFolder,
    Database,
    IsolationLevel,
    Jobs,
    Reading,
    Students,
    level_of,
    root_with,
    speaker_of,
)
from autograder.cli.since import warn_gone, warn_missing, warn_newcomers, warn_penalties, warn_untimed
from autograder.cli.statuses import Status
from autograder.cli.stopping import stopping
from autograder.cli.terminal import errors, literal, output
from autograder.cli.waiting import show_waiting
from autograder.course import load
from autograder.language import Speaker
from autograder.results import NotebookResult

if TYPE_CHECKING:
    from autograder.api.runs import ClassResult
    from autograder.api.workers import Graded
    from autograder.engine import Progress

# A class up to this size is shown by name; of a larger one only who needs a person.
_SHOWN = 60
_GOES_ON = "Nothing was written half; `autograder grade` goes on from here with --resume."


def grade(
    assignments: Assignments,
    student: Students = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an earlier run was ended, instead of beginning anew.")
    ] = False,
    isolation: IsolationLevel = None,
    db: Database = None,
    language: Reading = None,
    course: CourseFolder = None,
) -> None:
    """Grade the collected submissions into nbgrader's gradebook."""
    from autograder.api.crews import Crew  # noqa: PLC0415 - nbgrader takes seconds to load
    from autograder.api.gradebook import grade_assignments  # noqa: PLC0415

    root = root_with(course, *assignments)
    say = speaker_of(language, root)
    warn_drifted(root, assignments)
    students = tuple(student or ())
    with stopping(_GOES_ON), class_progress(", ".join(assignments), say) as watch:
        done = grade_assignments(
            root,
            assignments,
            students,
            Crew(jobs, cluster),
            level_of(isolation),
            resume=resume,
            db=db,
            language=say.language,
            watch=watch,
        )
    by_name = done.progress.total <= _SHOWN * len(assignments)
    if by_name:
        _show_classes(root, assignments, students, done, say)
    _show_run(done.progress, say)
    show_aside(done.aside, say, resumes=True)
    if not by_name:
        for assignment in assignments:
            _warn_missing(root, assignment, students, db, say)
    show_waiting(root, assignments, students, db, say)
    for assignment in assignments:
        warn_untimed(root, assignment, students, say)
        warn_gone(root, assignment, students, db, say)
        if resume:
            warn_penalties(root, assignment, students, db, say)
    warn_newcomers(done.newcomers, say)
    show_isolation(done.levels, say)
    log = root / ".autograder" / "log.jsonl"
    errors.print(say("What happened is in {path}.", path=log), style="dim", soft_wrap=True, markup=False)
    if done.ours:
        raise typer.Exit(Status.FAULT_OF_OURS)


def _show_classes(
    root: Path, assignments: Sequence[str], students: Collection[str], done: ClassResult, say: Speaker
) -> None:
    from autograder.api.gradebook import results_of  # noqa: PLC0415 - nbgrader takes seconds to load

    course = load(root)
    for assignment in assignments:
        worth = {paper.name: paper.points for paper in course.papers_of(assignment)}
        rows = [
            (name, notebook, result)
            for name, one in results_of(root, assignment)
            if not students or name in students
            for notebook, result in _found(one, worth, say)
        ]
        aside = {one.student for one in done.aside if one.assignment == assignment}
        show_class(assignment, worth, rows, aside.difference(name for name, _, _ in rows), say)
        show_notes(rows, _SHOWN, say, several=len(worth) > 1)
    output.print(
        say("The points that count are in the gradebook: with those given by hand, and with a penalty if late."),
        style="dim",
    )


def _warn_missing(root: Path, assignment: str, students: Collection[str], db: str | None, say: Speaker) -> None:
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    found = bridge.handed_in(root, assignment, db)
    warn_missing({one.student: one.missing for one in found if not students or one.student in students}, say)


def _found(graded: Graded, names: Iterable[str], say: Speaker) -> Iterator[tuple[str, NotebookResult | str]]:
    """Give what came of each notebook; nothing where nothing was graded, for then one row says so."""
    for name in sorted(names) if graded.results else ():
        if name in graded.results:
            yield name, graded.results[name]
        else:
            yield name, say("not graded") if name in graded.unreadable else say("not handed in")


def _show_run(progress: Progress, say: Speaker) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    table.add_row(say("submissions"), _counted(progress, say))
    # "none" stays: as a message it would be found in texts of records, where Python's None is meant.
    table.add_row(say("functions"), found_in(progress, say) or "none")
    slowest = [
        literal(say("{name} {seconds} s", name=name, seconds=f"{seconds:.2f}")) for seconds, name in progress.slowest
    ]
    table.add_row(say("slowest"), ", ".join(slowest) or "none")
    output.print(table)


def _counted(progress: Progress, say: Speaker) -> str:
    """Say how many were graded, how fast, and how many had been before."""
    fresh, seconds = progress.done - progress.kept, f"{progress.seconds:.1f}"
    told = say("{count} in {seconds} s", count=fresh, seconds=seconds)
    if progress.rate:
        rate = f"{progress.rate:.1f}"
        told = say("{count} in {seconds} s, {rate} a second", count=fresh, seconds=seconds, rate=rate)
    return say("{run}; {count} were graded before", run=told, count=progress.kept) if progress.kept else told

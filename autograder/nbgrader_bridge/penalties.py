"""What being late costs by today's due date, extensions and points: what grading again would enter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_notebook
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, func, select

from autograder.errors import PlugInError
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.entered import entered_as
from autograder.nbgrader_bridge.examine import GRADEBOOK
from autograder.nbgrader_bridge.handed_in import unknown
from autograder.nbgrader_bridge.plug_ins import importable, loaded
from autograder.nbgrader_bridge.rendering import Step, step_of
from autograder.nbgrader_bridge.rows import NOTEBOOKS, SUBMISSIONS, Rows
from autograder.nbgrader_bridge.shelf import Released, Shelf, Submission, released
from autograder.nbgrader_bridge.times import time_in
from autograder.results import NotebookResult, same_score

Results = Mapping[str, Mapping[str, NotebookResult]]


@dataclass(frozen=True, slots=True)
class Penalty:
    """What being late costs a student, in points: as it was entered, and as grading again would enter it.

    Where the course's plug-in fails on the submission, `fault` says how, and `now` is what was entered.
    """

    entered: float
    now: float
    fault: str = ""

    @property
    def is_stale(self) -> bool:
        """Tell whether grading again would enter another."""
        return not same_score(self.entered, self.now)


def penalties(root: Path, assignment: str, results: Results | None = None, db: str | None = None) -> dict[str, Penalty]:
    """Tell what being late costs, and what grading again would make of that.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    results : mapping of str to mapping of str to NotebookResult, optional
        By student and notebook: results that would be entered first, in the place of those that are.
    db : str or None
        Another gradebook than the course is configured with.

    Returns
    -------
    dict of str to Penalty
        By student, of those who are late or have a penalty. A notebook that grading would not enter keeps what it has.

    Raises
    ------
    BridgeError
        `root` is no course folder, or the gradebook does not know the assignment; or the course's plug-in for
        penalties cannot be loaded.
    """
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        try:
            about = released(gradebook.find_assignment(assignment))
        except MissingEntry:
            raise unknown(course) from None
        finally:
            gradebook.db.remove()
        with gradebook.engine.connect() as connection, importable(course.root):
            step = _step(course)
            found = {}
            for student, entered in _late(connection, about, course):
                submission = Rows(connection, about, student).submission
                _enter(submission, (results or {}).get(student, {}))
                try:
                    if step is not None:
                        _take_off(step, submission, course)
                except PlugInError as error:
                    found[student] = Penalty(entered, entered, str(error))
                    continue
                now = sum(one.late_submission_penalty or 0.0 for one in submission.notebooks.values())
                found[student] = Penalty(entered, now)
            return found


def _late(connection: Connection, about: Released, course: Course) -> Iterator[tuple[str, float]]:
    """Give those who are late today or have a penalty, and it: of a class these are few."""
    columns = SUBMISSIONS.c["student_id", "timestamp", "extension"]
    query = (
        select(*columns, func.coalesce(func.sum(NOTEBOOKS.c.late_submission_penalty), 0.0).label("penalty"))
        .outerjoin(NOTEBOOKS, NOTEBOOKS.c.assignment_id == SUBMISSIONS.c.id)
        .where(SUBMISSIONS.c.assignment_id == about.id)
        .group_by(*columns)
        .order_by(SUBMISSIONS.c.student_id)
    )
    for row in connection.execute(query).all():
        submission = Submission(str(row.student_id), about, row.timestamp, row.extension)
        submission.timestamp = time_in(_folders(submission, course)[0]) or row.timestamp
        if row.penalty or submission.total_seconds_late:
            yield submission.student, float(row.penalty)


def _step(course: Course) -> Step | None:
    """Make what enters penalties; None where the course leaves that out, or has something of its own there."""
    converter = course.converter(Autograde)
    exporter = NotebookExporter(parent=converter, config=converter.config)
    steps = converter.autograde_preprocessors
    return next((step_of(entry, exporter) for entry in steps if loaded(entry) is AssignLatePenalties), None)


def _enter(submission: Submission, results: Mapping[str, NotebookResult]) -> None:
    for name, result in results.items():
        grades = submission.notebooks[name].grades if name in submission.notebooks else {}
        for check in result.checks:
            if check.grade_id in grades:
                grades[check.grade_id].auto_score = entered_as(check)


def _take_off(step: Step, submission: Submission, course: Course) -> None:
    collected, graded = _folders(submission, course)
    submission.timestamp = time_in(collected) or submission.timestamp
    for notebook in submission.notebooks:
        if all((folder / f"{notebook}.ipynb").is_file() for folder in (collected, graded)):
            about = {"student": submission.student, "assignment": submission.released.name, "notebook": notebook}
            step(new_notebook(), {"nbgrader": about, GRADEBOOK: Shelf(submission)})


def _folders(submission: Submission, course: Course) -> tuple[Path, Path]:
    """Give the folders of what was collected and of what was graded."""
    directory = course.directory
    collected, graded = (
        Path(directory.format_path(part, submission.student, submission.released.name))
        for part in (directory.submitted_directory, directory.autograded_directory)
    )
    return collected, graded

"""What people decide: which decisions still stand when a submission is graded again, and which are wanted.

nbgrader's own autograding asks a person again for every cell that has points given by hand. Here they stay decided
where nothing they were given for has changed: neither the work nor what the tests found in it. Otherwise each change of
a test would open the marks of students whom it does not concern.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, SubmittedAssignment
from nbgrader.api import Grade as GradeRow
from nbgrader.api import SubmittedNotebook as NotebookRow
from sqlalchemy import select

from autograder.errors import NotebookError
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.shelf import Submission, SubmittedNotebook
from autograder.notebook import Document, is_note, parse_document, read_document

Decided = dict[str, dict[str, float | None]]
"""By notebook and cell: the automatic score that a person's points stand beside."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Students whose submission waits for a person.

    Parameters
    ----------
    points : tuple of str
        Those of whom some cell has no points at all.
    confirmation : tuple of str
        Those whose points, given by hand, stand beside work or a result that has changed.
    """

    points: tuple[str, ...] = ()
    confirmation: tuple[str, ...] = ()


def waiting(root: Path, assignment: str, db: str | None = None) -> Waiting:
    """Tell whose submissions of an assignment wait for a person; a student may wait for both.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    db : str or None
        Another gradebook than the course is configured with.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its gradebook cannot be read.
    """
    query = (
        select(SubmittedAssignment.student_id, GradeRow.manual_score.is_(None))
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(NotebookRow, NotebookRow.assignment_id == SubmittedAssignment.id)
        .join(GradeRow, GradeRow.notebook_id == NotebookRow.id)
        .where(Assignment.name == assignment, GradeRow.needs_manual_grade)
        .distinct()
        .order_by(SubmittedAssignment.student_id)
    )
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        rows = gradebook.db.execute(query).all()
    return Waiting(
        tuple(str(student) for student, without in rows if without),
        tuple(str(student) for student, without in rows if not without),
    )


def decided(submission: Submission) -> Decided:
    """Give the cells whose points a person has given and confirmed, before anything else is entered."""
    found: Decided = {}
    for name, notebook in submission.notebooks.items():
        for cell, grade in notebook.grades.items():
            if grade.manual_score is not None and not grade.needs_manual_grade:
                found.setdefault(name, {})[cell] = grade.auto_score
    return found


def settle(notebook: SubmittedNotebook, before: dict[str, float | None]) -> None:
    """Leave decided, in a notebook whose work is the same, the cells that were and whose automatic score is."""
    for cell, score in before.items():
        grade = notebook.grades[cell]
        grade.settled = grade.auto_score == score


def same_work(before: Path, after: str | None) -> bool:
    """Tell whether an autograded notebook has the same work of the student's as the one that takes its place.

    Parameters
    ----------
    before : Path
    after : str or None
        None where none was handed in; as there was none before, where there is no such file.
    """
    if after is None or not before.is_file():
        return after is None and not before.exists()
    try:
        return _work(read_document(before)) == _work(parse_document(after.encode()))
    except NotebookError:
        return False


def _work(document: Document) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Give what a student has written or attached; locked cells are the release's, and the note at the top is ours."""
    cells = (cell for cell in document.cells if not cell.nbgrader.get("locked") and not is_note(cell))
    return [(cell.kind, cell.source, cell.attachments) for cell in cells]

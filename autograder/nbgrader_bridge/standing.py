"""What the gradebook says of an assignment at this moment: every student, every graded cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from nbgrader.api import Assignment, BaseCell, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.api import Grade as GradeRow
from nbgrader.api import Notebook as NotebookOf
from nbgrader.api import Student as Person
from nbgrader.api import SubmittedNotebook as NotebookRow
from sqlalchemy import bindparam, func, select

from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.handed_in import unknown
from autograder.nbgrader_bridge.shelf import Released, Submission

CellName = tuple[str, str]

_OF = SubmittedAssignment.assignment_id == bindparam("assignment")
_SUBMISSIONS = select(
    SubmittedAssignment.id, SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension
).where(_OF)
_POINTS = (
    select(SubmittedAssignment.id, func.sum(GradeRow.score))
    .join(NotebookRow, NotebookRow.assignment_id == SubmittedAssignment.id)
    .join(GradeRow, GradeRow.notebook_id == NotebookRow.id)
    .where(_OF)
    .group_by(SubmittedAssignment.id)
)
_PENALTIES = (
    select(SubmittedAssignment.id, func.sum(NotebookRow.late_submission_penalty))
    .join(NotebookRow, NotebookRow.assignment_id == SubmittedAssignment.id)
    .where(_OF)
    .group_by(SubmittedAssignment.id)
)
_GRADES = (
    select(
        SubmittedAssignment.id,
        NotebookOf.name,
        BaseCell.name,
        GradeRow.score,
        GradeRow.manual_score,
        GradeRow.extra_credit,
        GradeRow.needs_manual_grade,
    )
    .join(NotebookRow, NotebookRow.assignment_id == SubmittedAssignment.id)
    .join(NotebookOf, NotebookRow.notebook_id == NotebookOf.id)
    .join(GradeRow, GradeRow.notebook_id == NotebookRow.id)
    .join(BaseCell, GradeRow.cell_id == BaseCell.id)
    .where(_OF)
)


@dataclass(frozen=True, slots=True)
class CellGrade:
    """One graded cell of a submission.

    Parameters
    ----------
    score : float or None
        None where a person must still decide.
    by_hand : bool
        Whether a person gave the score, or extra credit.
    decided : bool
        Whether a person gave the score itself: then it is the same whatever grading finds.
    extra : float
        Credit that a person gave on top.
    """

    score: float | None
    by_hand: bool
    decided: bool = False
    extra: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One student's assignment in the gradebook.

    Parameters
    ----------
    student, first_name, last_name, email, lms_id : str
    submitted : bool
        Whether there is a graded submission.
    points, max_score, penalty : float
        The points before the late penalty.
    needs_manual_grade : bool
    seconds_late : float
    timestamp : datetime or None
    cells : dict of (notebook, grade id) to CellGrade
    """

    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    submitted: bool
    points: float
    max_score: float
    penalty: float = 0.0
    needs_manual_grade: bool = False
    seconds_late: float = 0.0
    timestamp: datetime | None = None
    cells: dict[CellName, CellGrade] = field(default_factory=dict)


def standing(root: Path, assignment: str, db: str | None = None) -> tuple[Standing, ...]:
    """Read how an assignment stands.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    db : str or None
        Another gradebook than the course is configured with.

    Returns
    -------
    tuple of Standing
        Everybody on the class list, by id.

    Raises
    ------
    BridgeError
        `root` is no course folder, or the gradebook does not know the assignment.
    """
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise unknown(course) from None
        return tuple(sorted(standings(gradebook, found), key=lambda one: one.student))


def standings(gradebook: Gradebook, assignment: Assignment) -> Iterator[Standing]:
    """Read how an assignment of an open gradebook stands, in the order of nbgrader's class list.

    Asked student by student, as nbgrader's models ask it, a gradebook of thousands takes minutes: for each submission
    the database looks through the grades of all.
    """
    ask = gradebook.db.execute
    about = {"assignment": assignment.id}
    submissions = {row.student_id: row for row in ask(_SUBMISSIONS, about)}
    points, penalties = ({row[0]: row[1] for row in ask(query, about)} for query in (_POINTS, _PENALTIES))
    cells: dict[str, dict[CellName, CellGrade]] = {}
    waiting = set()
    for submission, notebook, cell, *grade, needs in ask(_GRADES, about):
        cells.setdefault(submission, {})[str(notebook), str(cell)] = _cell_grade(*grade, needs=needs)
        waiting |= {submission} if needs else set()
    released = Released(assignment.id, assignment.name, assignment.duedate, {})
    for student in gradebook.students:
        nobody = _nobody(student, assignment)
        found = submissions.get(student.id)
        if found is None:
            yield nobody
            continue
        late = Submission(str(student.id), released, found.timestamp, found.extension).total_seconds_late
        yield replace(
            nobody,
            submitted=True,
            points=float(points.get(found.id) or 0.0),
            penalty=float(penalties.get(found.id) or 0.0),
            needs_manual_grade=found.id in waiting,
            seconds_late=late,
            timestamp=found.timestamp,
            cells=cells.get(found.id, {}),
        )


def _nobody(student: Person, assignment: Assignment) -> Standing:
    """Give the standing of a student without a submission."""
    return Standing(
        student=str(student.id),
        first_name=student.first_name or "",
        last_name=student.last_name or "",
        email=student.email or "",
        lms_id=student.lms_user_id or "",
        submitted=False,
        points=0.0,
        max_score=float(assignment.max_score),
    )


def _cell_grade(score: float, by_hand: float | None, extra: float | None, *, needs: bool) -> CellGrade:
    return CellGrade(
        score=None if needs and by_hand is None else float(score),
        by_hand=by_hand is not None or bool(extra),
        decided=by_hand is not None,
        extra=float(extra or 0.0),
    )

"""What the gradebook says of an assignment at this moment: every student, every graded cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry
from nbgrader.api import Student as Person

from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.handed_in import unknown

CellName = tuple[str, str]


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
        students = sorted(gradebook.students, key=lambda student: str(student.id))
        return tuple(_standing(gradebook, found, student) for student in students)


def _standing(gradebook: Gradebook, assignment: Assignment, student: Person) -> Standing:
    nobody = Standing(
        student=str(student.id),
        first_name=student.first_name or "",
        last_name=student.last_name or "",
        email=student.email or "",
        lms_id=student.lms_user_id or "",
        submitted=False,
        points=0.0,
        max_score=float(assignment.max_score),
    )
    try:
        found = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return nobody
    return replace(
        nobody,
        submitted=True,
        points=float(found.score),
        penalty=float(found.late_submission_penalty or 0.0),
        needs_manual_grade=bool(found.needs_manual_grade),
        seconds_late=float(found.total_seconds_late),
        timestamp=found.timestamp,
        cells={
            (str(notebook.name), str(grade.name)): CellGrade(
                score=None if grade.needs_manual_grade and grade.manual_score is None else float(grade.score),
                by_hand=grade.manual_score is not None or bool(grade.extra_credit),
                decided=grade.manual_score is not None,
                extra=float(grade.extra_credit or 0.0),
            )
            for notebook in found.notebooks
            for grade in notebook.grades
        },
    )

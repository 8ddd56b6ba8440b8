"""The class list, which is the gradebook's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.nbgrader_bridge.course import open_course
from autograder.outcomes import Person


def add_students(root: Path, students: Sequence[Person]) -> None:
    """Put students on the class list of the gradebook, or renew their names.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root) as course, course.gradebook() as gradebook:
        for student in students:
            gradebook.update_or_create_student(
                student.id,
                first_name=student.first_name,
                last_name=student.last_name,
                email=student.email,
                lms_user_id=student.lms_id,
            )


def class_list(root: Path, db: str | None = None) -> tuple[Person, ...]:
    """Read the class list of the gradebook.

    Parameters
    ----------
    root : Path
        The course folder.
    db : str or None
        Another gradebook than the course is configured with.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root, db=db) as course, course.gradebook() as gradebook:
        return tuple(
            Person(s.id, s.first_name or "", s.last_name or "", s.email or "", s.lms_user_id or "")
            for s in gradebook.students
        )

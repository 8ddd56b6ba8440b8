"""What lies in the folders of the collected submissions, and what of it cannot be graded.

A folder's name and what is in it come from students and learning platforms: none of it stops the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import select

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.gradebooks import what_db_takes
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.spelling import shown

_NO_TEXT = "the name of its folder is no UTF-8. Rename the folder to the student's id."
# More names are no help: the folder has them.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a student has handed in for an assignment.

    Parameters
    ----------
    student : str
        Bytes of a folder's name that are no UTF-8 stand as escapes.
    folder : Path
    paths : tuple of (str, Path)
        Name and file of each notebook that the assignment has; empty where none was collected.
    fault : str
        Why none of it can be graded; empty in general.
    ours : bool
        Whether the reason is the machine's, and not the submission's.
    missing : tuple of str
        Notebooks of the assignment that were not handed in beside those that were.
    """

    student: str
    folder: Path
    paths: tuple[tuple[str, Path], ...]
    fault: str = ""
    ours: bool = False
    missing: tuple[str, ...] = ()


def handed_in(root: Path, assignment: str, db: str | None = None) -> tuple[Submitted, ...]:
    """List the collected submissions of an assignment, by student, also those that cannot be graded.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    db : str or None
        Another gradebook than the course is configured with.

    Returns
    -------
    tuple of Submitted
        Without notebooks that the assignment does not have.

    Raises
    ------
    BridgeError
        `root` is no course folder, or one whose grading is left to nbgrader itself; or the gradebook does not know the
        assignment.
    """
    with open_course(root, assignment, db=db) as course:
        require_handed_over(course)
        names = sorted(course.notebooks())
        if not names:
            raise unknown(course)
        return looked_at(course, names)


def submissions(root: Path, assignment: str, db: str | None = None) -> tuple[Submitted, ...]:
    """List those that can be graded; see `handed_in`."""
    return tuple(one for one in handed_in(root, assignment, db) if not one.fault)


def without_folder(root: Path, assignment: str, db: str | None = None) -> tuple[str, ...]:
    """Name the students who have a graded submission, and nothing collected any more.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its gradebook cannot be read.
    """
    query = (
        select(SubmittedAssignment.student_id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .where(Assignment.name == assignment)
        .order_by(SubmittedAssignment.student_id)
    )
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        there = {shown(folder.parent.name) for folder in course.submitted()}
        return tuple(str(student) for student in gradebook.db.scalars(query) if student not in there)


def looked_at(course: Course, names: Sequence[str]) -> tuple[Submitted, ...]:
    """Look into the folders of an open course's assignment for notebooks of some names."""
    folders = [folder for folder in course.submitted() if not folder.parent.name.startswith(".")]
    return tuple(_submitted(folder, names) for folder in folders)


def unknown(course: Course) -> BridgeError:
    """Say that an open course's gradebook does not know the assignment."""
    name = course.directory.assignment_id
    if course.other_gradebook:
        wanted = what_db_takes(course.directory.db_url)
        return BridgeError(f"The gradebook that --db names knows no assignment {name}. {wanted}")
    return BridgeError(f"The gradebook knows no assignment {name}. Run `autograder release {name}` first.")


def _submitted(folder: Path, names: Sequence[str]) -> Submitted:
    student = shown(folder.parent.name)
    try:
        paths = tuple((name, path) for name in names if (path := folder / f"{name}.ipynb").is_file())
        fault = "" if paths else _without(folder, names)
    except OSError as error:
        return Submitted(
            student, folder, (), f"its folder cannot be read: {error.strerror}. Let it be read.", ours=True
        )
    there = dict(paths)
    missing = tuple(name for name in names if name not in there) if paths else ()
    fault = fault if student == folder.parent.name else _NO_TEXT
    return Submitted(student, folder, paths, fault, missing=missing)


def _without(folder: Path, names: Sequence[str]) -> str:
    """Say what a folder has in the place of the notebooks."""
    wanted = " or ".join(f"{name}.ipynb" for name in names[:_MOST_NAMED])
    others = sorted(shown(path.name) for path in folder.iterdir() if path.suffix == ".ipynb" and path.is_file())
    if not others:
        return f"its folder has no {wanted}, nor any other notebook. Collect it again."
    there = ", ".join(others[:_MOST_NAMED])
    return f"its folder has no {wanted}, but {there}. Rename the one that counts to {wanted}."

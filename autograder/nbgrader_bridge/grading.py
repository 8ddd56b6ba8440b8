"""From results to the gradebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.converters import Autograde

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.examine import Prepared, Results
from autograder.nbgrader_bridge.settings import EXAMINE


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook that was collected, and that the assignment has."""

    student: str
    notebook: str
    path: Path


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A submission whose grades nbgrader did not take, and why; the student has no score for it."""

    student: str
    reason: str


def submissions(root: Path, assignment: str) -> tuple[Submission, ...]:
    """List the collected notebooks of an assignment, by student and name.

    Returns
    -------
    tuple of Submission
        Without notebooks that the assignment does not have.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root, assignment) as course:
        known = set(course.notebooks())
        found = (path for folder in course.submitted() for path in sorted(folder.glob("*.ipynb")))
        return tuple(Submission(path.parent.parent.name, path.stem, path) for path in found if path.stem in known)


def write_grades(
    root: Path,
    assignment: str,
    results: Results,
    progress: Callable[[str], None] = lambda _: None,
    language: str = "",
) -> tuple[Unwritten, ...]:
    """Enter the results of an assignment into the gradebook and write the autograded notebooks.

    nbgrader's own converter does it, so that formgrader, feedback and export find all that they rely on. A student's
    failure stops none of the others.

    Parameters
    ----------
    root : Path
    assignment : str
    results : mapping of (student, notebook) to NotebookResult or None
        A student's notebook without one, or with None, is left to a human.
    progress : callable
        Called with a sentence a student.
    language : str
        Of what people read; the course's own when empty.

    Returns
    -------
    tuple of Unwritten
        Empty when all went well.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    unwritten = []
    students = sorted({student for student, _ in results})
    with open_course(root, assignment, language=language) as course:
        for number, student in enumerate(students, start=1):
            try:
                _write(course, student, results)
            except BridgeError as error:
                unwritten.append(Unwritten(student, str(error)))
            progress(f"{assignment}: {number} of {len(students)} in the gradebook")
    return tuple(unwritten)


def _write(course: Course, student: str, results: Results) -> None:
    course.directory.student_id = student
    converter = course.converter(Autograde)
    converter.autograde_preprocessors = [
        Prepared(parent=converter, results=results) if entry == EXAMINE else entry
        for entry in converter.autograde_preprocessors
    ]
    course.run(converter, f"entering the grades of {student}")

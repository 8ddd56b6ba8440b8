"""From results to the gradebook."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from autograder.errors import BridgeError, GradebookError
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.decisions import decided, same_work, settle
from autograder.nbgrader_bridge.examine import Results
from autograder.nbgrader_bridge.folders import Folders
from autograder.nbgrader_bridge.gradebooks import first_line
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.nbgrader_bridge.rendering import Renderer
from autograder.nbgrader_bridge.rows import Rows
from autograder.nbgrader_bridge.shelf import Submission, SubmittedNotebook, released
from autograder.notebook import read_document
from autograder.results import NotebookResult

LOCK_PATIENCE_MS = 30_000
"""How long a gradebook that another program has locked is waited for."""

_UNKNOWN = "The gradebook knows no assignment {assignment}. Run `autograder release {assignment}` first."
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a student has handed in for an assignment.

    Parameters
    ----------
    student : str
    paths : tuple of (str, Path)
        Name and file of each notebook that the assignment has; empty where none was collected.
    """

    student: str
    paths: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A submission whose grades nbgrader did not take, and why; the student has no score for it."""

    student: str
    reason: str


class Writer:
    """Enters results of one assignment into the gradebook; the only one to do so. See `open_writer`.

    Each submission is one transaction. It changes rows and files as `nbgrader autograde` does, so that formgrader,
    feedback and export find all that they rely on, and may be repeated: a second time changes nothing. Unlike
    nbgrader's, it asks no person again about points given by hand where neither the work nor the automatic score has
    changed.

    Parameters
    ----------
    course : Course
    gradebook : Gradebook
    """

    def __init__(self, course: Course, gradebook: Gradebook) -> None:
        # nbgrader's own preprocessors leave this second row in every gradebook.
        gradebook.check_course()
        try:
            self._released = released(gradebook.find_assignment(course.directory.assignment_id))
        except MissingEntry:
            raise BridgeError(_UNKNOWN.format(assignment=course.directory.assignment_id)) from None
        finally:
            gradebook.db.remove()
        self._engine = gradebook.engine
        self._renderer = Renderer(course)
        self._folders = Folders(course, course.converter(Autograde).permissions)

    def write(self, student: str, results: Mapping[str, NotebookResult | None]) -> Unwritten | None:
        """Enter one submission.

        Parameters
        ----------
        student : str
        results : mapping of str to NotebookResult or None
            By notebook; one that was handed in and has no result, or None, is left to a human.

        Returns
        -------
        Unwritten or None
            None when all went well.

        Raises
        ------
        GradebookError
            The gradebook cannot be written at all: it is locked, or there is no room. What is entered stays.
        """
        try:
            with self._engine.begin() as connection:
                rows = Rows(connection, self._released, student)
                refused = self._fill(rows.submission, results)
                rows.save()
            if refused is None:
                self._folders.put(student)
            else:
                self._folders.remove(student)
        except SQLAlchemyError as error:
            raise GradebookError(_database_reason(error)) from error
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise
            return Unwritten(student, f"its files cannot be written: {error}")
        return refused

    def _fill(self, submission: Submission, results: Mapping[str, NotebookResult | None]) -> Unwritten | None:
        """Put grades and comments into the records, and make the folder ready."""
        folder, old = self._folders.submitted(submission.student), self._folders.autograded(submission.student)
        before = decided(submission)
        submission.timestamp = self._folders.timestamp(submission.student) or submission.timestamp
        texts = {}
        for name, notebook in submission.notebooks.items():
            path = folder / f"{name}.ipynb"
            if not path.exists():
                _nothing_handed_in(notebook)
                continue
            try:
                texts[name] = self._renderer.render(read_document(path), name, submission, results.get(name))
            except OSError:
                raise
            except Exception as error:  # noqa: BLE001 - nbformat and nbgrader raise anything for a broken notebook
                _left_to_a_human(submission.notebooks[name])
                return Unwritten(submission.student, f"nbgrader cannot take {name}.ipynb: {first_line(error)}")
        for name, cells in before.items():
            if same_work(old / f"{name}.ipynb", texts.get(name)):
                settle(submission.notebooks[name], cells)
        self._folders.prepare(submission.student, texts)
        return None


@contextlib.contextmanager
def open_writer(root: Path, assignment: str, db: str | None = None, language: str = "") -> Iterator[Writer]:
    """Open the gradebook for an assignment.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    db : str or None
        Another database than the course is configured with, as a URL of SQLAlchemy's.
    language : str
        What people read the outcomes in; the course's own when empty.

    Raises
    ------
    BridgeError
        `root` is no course folder, or one whose grading is left to nbgrader itself; the gradebook cannot be opened, or
        does not know the assignment.
    """
    with open_course(root, assignment, language=language, db=db) as course:
        require_handed_over(course)
        with course.gradebook() as gradebook:
            _wait_for_locks(gradebook)
            yield Writer(course, gradebook)


def submissions(root: Path, assignment: str, db: str | None = None) -> tuple[Submitted, ...]:
    """List the collected submissions of an assignment, by student.

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
            raise BridgeError(_UNKNOWN.format(assignment=assignment))
        found = []
        for folder in course.submitted():
            paths = tuple((name, path) for name in names if (path := folder / f"{name}.ipynb").is_file())
            if paths:
                found.append(Submitted(folder.parent.name, paths))
        return tuple(found)


def write_grades(
    root: Path,
    assignment: str,
    results: Results,
    progress: Callable[[str], None] = lambda _: None,
    language: str = "",
) -> tuple[Unwritten, ...]:
    """Enter the results of an assignment into the gradebook and write the autograded notebooks.

    A student's failure stops none of the others.

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
        `root` is no course folder, or the gradebook cannot be written.
    """
    students: dict[str, dict[str, NotebookResult | None]] = {}
    for (student, notebook), result in sorted(results.items(), key=lambda item: item[0]):
        students.setdefault(student, {})[notebook] = result
    unwritten = []
    with open_writer(root, assignment, language=language) as writer:
        for number, (student, its) in enumerate(students.items(), start=1):
            refused = writer.write(student, its)
            if refused is not None:
                unwritten.append(refused)
            progress(f"{assignment}: {number} of {len(students)} in the gradebook")
    return tuple(unwritten)


def _nothing_handed_in(notebook: SubmittedNotebook) -> None:
    for grade in notebook.grades.values():
        grade.auto_score, grade.needs_manual_grade = 0.0, False


def _left_to_a_human(notebook: SubmittedNotebook) -> None:
    for grade in notebook.grades.values():
        grade.auto_score, grade.needs_manual_grade = None, True
    for comment in notebook.comments.values():
        comment.auto_comment = None


def _wait_for_locks(gradebook: Gradebook) -> None:
    """Let SQLite wait for another program, formgrader for one, to finish what it is writing."""
    if gradebook.engine.dialect.name == "sqlite":

        def patient(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
            connection.execute(f"pragma busy_timeout = {LOCK_PATIENCE_MS}")

        event.listen(gradebook.engine, "connect", patient)
        gradebook.engine.dispose()


def _database_reason(error: SQLAlchemyError) -> str:
    return (
        f"The gradebook cannot be written: {first_line(error)}. What is entered so far stays. If another program has "
        "it open, close that; make room if the disk is full; then run it again with --resume."
    )

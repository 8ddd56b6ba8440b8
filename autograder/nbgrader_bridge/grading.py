"""From results to the gradebook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from autograder.errors import GradebookError, PlugInError
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.decisions import decided, same_work, settle
from autograder.nbgrader_bridge.folders import Folders
from autograder.nbgrader_bridge.gradebooks import first_line, waited_for
from autograder.nbgrader_bridge.handed_in import unknown
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.nbgrader_bridge.no_room import NO_ROOM
from autograder.nbgrader_bridge.rendering import Renderer
from autograder.nbgrader_bridge.rows import Rows
from autograder.nbgrader_bridge.shelf import Submission, SubmittedNotebook, released
from autograder.notebook import read_document
from autograder.results import NotebookResult

# Another run may enter the student for one assignment, and then the submission for this one.
_RACES = 2


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A submission not all of whose grades nbgrader did take, and why.

    A notebook that cannot be taken is left to a human, and the others are entered; where its files cannot be written,
    or the course's plug-in for late penalties fails, what the gradebook had before stays.
    """

    student: str
    reason: str


class Writer:
    """Enters results of one assignment into the gradebook; the only one to do so. See `open_writer`.

    Each submission is one transaction, its folder included. It changes rows and files as `nbgrader autograde` does, so
    that formgrader, feedback and export find all that they rely on, and may be repeated: a second time changes nothing.
    Unlike nbgrader's, it asks no person again about points given by hand where neither the work nor the automatic score
    has changed.

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
            raise unknown(course) from None
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
            for _ in range(_RACES):
                # Another run may have entered what was not there when the rows were read.
                with contextlib.suppress(IntegrityError):
                    return self._write(student, results)
            return self._write(student, results)
        except PlugInError as error:
            return Unwritten(student, str(error))
        except SQLAlchemyError as error:
            raise GradebookError(_database_reason(error)) from error
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            return Unwritten(student, f"its files cannot be written: {error}")

    def _write(self, student: str, results: Mapping[str, NotebookResult | None]) -> Unwritten | None:
        partial = self._folders.nothing_partial(student)
        with partial, contextlib.ExitStack() as placed, self._engine.begin() as connection:
            with waited_for(self._engine.url):
                rows = Rows(connection, self._released, student)
            texts, refused = self._fill(rows.submission, results)
            kept = refused is None or bool(texts)
            if kept:
                self._folders.prepare(student, texts)
            with waited_for(self._engine.url):
                rows.save()
            if kept:
                # Left after the transaction: where that is not committed, the folder goes back.
                placed.enter_context(self._folders.put(student))
        if not kept:
            self._folders.remove(student)
        return refused

    def _fill(
        self, submission: Submission, results: Mapping[str, NotebookResult | None]
    ) -> tuple[dict[str, str], Unwritten | None]:
        """Put grades and comments into the records; give the texts of the notebooks, and why one has none."""
        self._folders.recover(submission.student)
        folder, old = self._folders.submitted(submission.student), self._folders.autograded(submission.student)
        before = decided(submission)
        submission.timestamp = self._folders.timestamp(submission.student) or submission.timestamp
        texts, refused = {}, None
        for name, notebook in submission.notebooks.items():
            path = folder / f"{name}.ipynb"
            if not path.is_file():
                _nothing_handed_in(notebook)
                continue
            try:
                texts[name] = self._renderer.render(read_document(path), name, submission, results.get(name))
            except (OSError, PlugInError):
                raise
            except Exception as error:  # noqa: BLE001 - nbformat and nbgrader raise anything for a broken notebook
                _left_to_a_human(notebook)
                refused = refused or Unwritten(
                    submission.student, f"nbgrader cannot take {name}.ipynb: {first_line(error)}"
                )
        for name, cells in before.items():
            if same_work(old / f"{name}.ipynb", texts.get(name)):
                settle(submission.notebooks[name], cells)
        return texts, refused


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
            yield Writer(course, gradebook)


def _nothing_handed_in(notebook: SubmittedNotebook) -> None:
    for grade in notebook.grades.values():
        grade.auto_score, grade.needs_manual_grade = 0.0, False


def _left_to_a_human(notebook: SubmittedNotebook) -> None:
    for grade in notebook.grades.values():
        grade.auto_score, grade.needs_manual_grade = None, True
    for comment in notebook.comments.values():
        comment.auto_comment = None


def _database_reason(error: SQLAlchemyError) -> str:
    return (
        f"The gradebook cannot be written: {first_line(error)}. What is entered so far stays. If another program has "
        "it open, close that; make room if the disk is full; then run it again with --resume."
    )

"""What nbgrader's Validate runs: the visible tests of a notebook, at the desk of the student who writes it."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path

from autograder.api.notebooks import AGENT, Grader
from autograder.course import Course, find_root, paper_of
from autograder.engine import local_processes, run_all
from autograder.errors import NotebookError, SandboxError, UsageError
from autograder.examiner import Examiner
from autograder.limits import Limits
from autograder.notebook import Document, parse_document
from autograder.results import NotebookResult, Unreadable
from autograder.sandbox import Sandbox

_OF_THE_COURSE = ("source", "submitted", "autograded")


def validate(text: str, folder: Path) -> NotebookResult:
    """Run the tests that a notebook shows, each function of it in the sandbox.

    A student has the notebook and nothing else, so its own test cells are the tests, and run with the student's
    rights. In a course folder that would be the instructor's, who may have opened a student's work; there the
    tests are the course's, hidden ones too.

    Parameters
    ----------
    text : str
        The notebook's JSON.
    folder : Path
        Where it lies, beside its helper modules.

    Returns
    -------
    NotebookResult

    Raises
    ------
    NotebookError
        Where it is no notebook that can be read, or answers nothing of its assignment.
    SandboxError
        Where it cannot be run, for a reason of ours; the text has it.
    """
    # In a process of its own: tests and helper modules are no guests for a Jupyter server that lives for weeks.
    (outcome,) = run_all(functools.partial(local_processes, 1), _validate, [(text, folder)])
    if outcome.result is None:
        raise SandboxError(f"The notebook could not be validated: {outcome.failure}")
    if isinstance(outcome.result, Unreadable):
        raise NotebookError(outcome.result.error)
    return outcome.result


def _validate(task: tuple[str, Path]) -> NotebookResult | Unreadable:
    """Validate in the worker; what is wrong with the notebook comes back as a value, or it would be a fault of ours."""
    text, folder = task
    try:
        return _validated(parse_document(text.encode()), folder)
    except NotebookError as error:
        return Unreadable(str(folder), str(error))


def _validated(document: Document, folder: Path) -> NotebookResult:
    course = _course_of(folder)
    if course is not None:
        root, assignment = course
        with Grader(root) as grader:
            _require_answer(grader.course, document, assignment)
            return grader.grade(document, str(folder), "", assignment)
    notebook = document.notebook()
    paper = paper_of(folder / "notebook.ipynb", notebook.cells, Limits())
    with contextlib.closing(_opened()) as sandbox:
        return Examiner(paper, folder, sandbox).examine(notebook, str(folder))


def _require_answer(course: Course, document: Document, assignment: str) -> None:
    """Refuse a notebook that answers nothing, in words for a student: at this desk there are no options to give."""
    if course.recognize(document.notebook(), "", assignment) is None:
        papers = course.papers_of(assignment)
        names = dict.fromkeys(function.name for paper in papers for function in paper.functions)
        raise NotebookError(
            f"It defines no function that {assignment} asks for ({', '.join(names)}). "
            "Write them under these names, then validate again."
        )


def _course_of(folder: Path) -> tuple[Path, str] | None:
    """Give the course and the assignment that a notebook's folder belongs to by nbgrader's layout."""
    try:
        root = find_root(folder)
    except UsageError:
        return None
    step, *rest = folder.relative_to(root).parts or ("",)
    return (root, rest[-1]) if step in _OF_THE_COURSE and rest else None


def _opened() -> Sandbox:
    """Open the strongest sandbox; where nothing holds, one of level none: what is run is the student's own."""
    try:
        return Sandbox(AGENT, Limits()).__enter__()
    except SandboxError:
        return Sandbox(AGENT, Limits(), "none").__enter__()

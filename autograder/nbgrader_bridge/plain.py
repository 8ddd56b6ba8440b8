"""Plain nbgrader, with its own execution in its own kernel: what others' marks are compared with."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.nbgraderformat import SCHEMA_VERSION, MetadataValidator

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import CONFIG_FILE, Course, open_course
from autograder.nbgrader_bridge.kernels import QUIET, kernels_in
from autograder.nbgrader_bridge.release import write_tests

_STUDENT = "solution"
_CONFIG = f"""c = get_config()
c.CourseDirectory.course_id = "plain"
c.Execute.extra_arguments = [{QUIET!r}]
"""
# What it says of a kernel that never came to answer: silent, or dead.
_NO_KERNEL = ("Kernel didn't respond", "Kernel died before replying")
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def make_plain_course(root: Path) -> None:
    """Make a folder an nbgrader course with nbgrader's own settings."""
    (root / "source").mkdir(parents=True, exist_ok=True)
    (root / CONFIG_FILE).write_text(_CONFIG, encoding="utf-8")


def modernized(path: Path) -> None:
    """Bring a copy of a notebook to the form that this nbgrader runs: metadata of today, a kernel that is there.

    Raises
    ------
    BridgeError
        Where nbgrader cannot read it, or it is in another language.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = MetadataValidator().upgrade_notebook_metadata(nbformat.read(path, as_version=4))
            kernel = notebook.metadata.get("kernelspec", {})
            language = str(notebook.metadata.get("language_info", {}).get("name", kernel.get("language", "python")))
            if kernel.get("name") not in KernelSpecManager().find_kernel_specs():
                notebook.metadata["kernelspec"] = dict(_KERNEL)
            nbformat.write(notebook, path)
    except Exception as error:
        raise BridgeError(f"nbgrader cannot read it: {type(error).__name__}: {error}") from error
    if language.lower() not in {"python", "ipython"}:
        raise BridgeError(f"It is in {language}, and only Python is graded.")


def generate_plain(root: Path, assignment: str) -> None:
    """Generate the student version of an assignment of a plain course.

    Raises
    ------
    BridgeError
    """
    with open_course(root, assignment) as course:
        with kernels_in(course.root):
            course.run(course.converter(GenerateAssignment), f"generating {assignment}")
        write_tests(course)


def plain_marks(root: Path, assignment: str, student: str = _STUDENT) -> dict[str, dict[str, float | None]]:
    """Autograde one student's submission with plain nbgrader.

    Parameters
    ----------
    root : Path
        A course made by `make_plain_course`.
    assignment, student : str
        The assignment is generated, and the student's folder is in ``submitted/``.

    Returns
    -------
    dict of str to dict
        Of each notebook the score of every test cell by its grade id; None where nbgrader gave none.

    Raises
    ------
    BridgeError
        Where nbgrader fails.
    """
    with open_course(root, assignment, student) as course:
        with kernels_in(course.root):
            _autograde(course, assignment)
        with course.gradebook() as gradebook:
            submission = gradebook.find_submission(assignment, student)
            return {
                notebook.name: {grade.name: grade.auto_score for grade in notebook.grades}
                for notebook in submission.notebooks
            }


def _autograde(course: Course, assignment: str) -> None:
    try:
        course.run(course.converter(Autograde), f"grading {assignment}")
    except BridgeError as error:
        if not any(words in str(error) for words in _NO_KERNEL):
            raise
        # Kernels choose their ports before they open them, so two that start together can take each other's. That says
        # nothing of the notebook.
        course.run(course.converter(Autograde), f"grading {assignment}")


def write_source(path: Path, cells: Iterable[tuple[str, str, str]]) -> None:
    """Write a source notebook.

    Parameters
    ----------
    path : Path
    cells : iterable of (str, str, str)
        Of each cell its kind (``given``, ``answer``, ``test``; anything else is a cell that nbgrader leaves alone),
        its grade id and its source. Tests are worth one point.
    """
    notebook = new_notebook(metadata={"kernelspec": dict(_KERNEL)})
    for kind, grade_id, source in cells:
        cell = new_code_cell(source)
        if kind in {"given", "answer", "test"}:
            about = {"grade": kind == "test", "solution": kind == "answer", "locked": kind != "answer", "task": False}
            points = {"points": 1.0} if kind == "test" else {}
            cell.metadata["nbgrader"] = {"schema_version": SCHEMA_VERSION, "grade_id": grade_id, **about, **points}
        notebook.cells.append(cell)
    nbformat.write(notebook, path)

"""A damaged notebook made whole for people: a new file, beside the one that came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.course import load
from autograder.errors import NotebookError, UsageError
from autograder.notebook import Repaired, read_document, repair


def repaired(root: Path, path: Path, assignment: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Repair a notebook as it would be before it is graded.

    Parameters
    ----------
    root : Path
        The course folder.
    path : Path
        Of the notebook; it is not changed.
    assignment : str or None
        Recognized by the functions that the notebook defines where it is not given.

    Returns
    -------
    text : str
        The repaired notebook in format 4.5, without outputs.
    notices : tuple of str
        What was done; empty where it needed nothing.

    Raises
    ------
    UsageError
        Where the file is no notebook, or of no assignment of the course.
    CourseError
        Where the course has faults.
    """
    course = load(root)
    try:
        document = read_document(path)
    except NotebookError as error:
        raise UsageError(f"{path}: {error}") from None
    paper = course.recognize(document.notebook(), path.stem, assignment)
    if paper is None:
        raise UsageError(f"{path} defines no graded function of this course; name its assignment with --assignment.")
    result = repair(document, paper.blanks)
    return bridge.to_text(result.complete(noted=False)), (*result.notices, *_put_back(result))


def _put_back(result: Repaired) -> Iterator[str]:
    """Say what grading does not: what all was put back where no cell had a name."""
    if not result.nameless:
        return
    named = ", ".join(str(cell.nbgrader["grade_id"]) for cell, _ in result.cells if cell.nbgrader)
    missing = ", ".join(blank.grade_id for blank in result.missing)
    if named:
        yield f"nbgrader's metadata was put back into: {named}."
    if missing:
        yield f"Deleted cells were put back: {missing}."

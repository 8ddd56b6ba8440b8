"""What workers need of a course to grade one assignment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.course import Course, Paper, python_files, source_files
from autograder.engine import Bundle, imported, pack
from autograder.files import legible_text
from autograder.notebook import without_prose
from autograder.statements import without_magics

# The examiner looks for these of an assignment.
_REFERENCE = ("reference.{}", "reference.small.{}", "reference.misconceptions.{}")


def bundle_of(course: Course, assignment: str) -> Bundle:
    """Give the bundle of an assignment.

    Of its notebooks it has what grading reads: what cannot change a mark is no part of its hash.

    Raises
    ------
    OSError
        Where a file cannot be read.
    UsageError
        Where the course has no such assignment, or Python cannot read a module of its reference.
    """
    sources = {path: _asked(path) for path in source_files(course.root, assignment)}
    return pack(course.root, assignment, sources, modules_for(course.papers_of(assignment)))


def _asked(path: Path) -> bytes:
    data = path.read_bytes()
    return without_prose(data) if path.suffix == ".ipynb" else data


def modules_for(papers: Sequence[Paper]) -> list[str]:
    """Name the modules that an assignment asks for: its reference, and what its cells and helper modules import.

    Parameters
    ----------
    papers : sequence of Paper
        Of one assignment.

    Returns
    -------
    list of str
        Dotted names; of ``from a import b`` both ``a`` and ``a.b``.
    """
    texts = [cell.source for paper in papers for cell in paper.cells]
    texts += [legible_text(path) for path in python_files(papers[0].folder)]
    asked = [name for text in texts for name in _imports_of(text)]
    return [*(name.format(papers[0].assignment) for name in _REFERENCE), *asked]


def _imports_of(text: str) -> list[str]:
    try:
        return [name for name, _ in imported(without_magics(text))]
    except (SyntaxError, ValueError):
        return []  # a cell that is an exercise in itself; what it imports is the student's to import

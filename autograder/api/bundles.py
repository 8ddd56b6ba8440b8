"""What workers need of a course to grade one assignment."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import Course, Paper
from autograder.engine import Bundle, imported, pack
from autograder.statements import without_magics

# The examiner looks for these of an assignment.
_REFERENCE = ("reference.{}", "reference.small.{}", "reference.misconceptions.{}")


def bundle_of(course: Course, assignment: str) -> Bundle:
    """Give the bundle of an assignment.

    Raises
    ------
    OSError
        Where a file cannot be read.
    UsageError
        Where the course has no such assignment, or Python cannot read a module of its reference.
    """
    return pack(course.root, assignment, modules_for(course.papers_of(assignment)))


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
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in papers[0].folder.glob("*.py")]
    asked = [name for text in texts for name in _imports_of(text)]
    return [*(name.format(papers[0].assignment) for name in _REFERENCE), *asked]


def _imports_of(text: str) -> list[str]:
    try:
        return [name for name, _ in imported(without_magics(text))]
    except (SyntaxError, ValueError):
        return []  # a cell that is an exercise in itself; what it imports is the student's to import

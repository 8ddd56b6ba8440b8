"""Entering results of a whole class, without grading anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.results import NotebookResult

Results = Mapping[tuple[str, str], NotebookResult | None]


def write_grades(root: Path, assignment: str, results: Results) -> tuple[bridge.Unwritten, ...]:
    """Enter results by student and notebook into the gradebook; give whose could not be."""
    students: dict[str, dict[str, NotebookResult | None]] = {}
    for (student, notebook), result in sorted(results.items(), key=lambda item: item[0]):
        students.setdefault(student, {})[notebook] = result
    with bridge.open_writer(root, assignment) as writer:
        entered = [writer.write(student, its) for student, its in students.items()]
    return tuple(one for one in entered if one is not None)

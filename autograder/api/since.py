"""Whether a submission is still the one that was graded."""

from __future__ import annotations

import contextlib
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.records import FOLDER
from autograder.api.runs import JOURNAL, STATE, journal_of, work_of
from autograder.api.workers import Task
from autograder.errors import GradebookError


def is_anew(root: Path, assignment: str, one: bridge.Standing, collected: bridge.Collected) -> bool:
    """Tell whether a graded student's submission came after the one that was graded.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    one : Standing
        Of a student who is graded.
    collected : Collected
        What lies in the student's folder now.

    Returns
    -------
    bool
        By the time of handing in where there is one, then by what the journal knows of the text; for an older course
        whose journal does not know it, by the age of the files.
    """
    if collected.timestamp is not None and collected.timestamp != one.timestamp:
        return True
    graded = _graded_work(root, assignment, one.student)
    if graded:
        files = tuple((name, path.read_bytes()) for name, path in sorted(collected.notebooks.items()))
        return graded != work_of(Task(one.student, assignment, "", files))
    folder = root / FOLDER / assignment / one.student
    pairs = ((path, folder / f"{name}.json") for name, path in collected.notebooks.items())
    return any(kept.is_file() and path.stat().st_mtime > kept.stat().st_mtime for path, kept in pairs)


def _graded_work(root: Path, assignment: str, student: str) -> str:
    """Give the hash of the text that was graded last; empty where the journal does not know it."""
    if not (root / STATE / JOURNAL).is_file():
        return ""
    # Who may only read the course, or has a damaged journal, may still export its marks.
    with contextlib.suppress(OSError, GradebookError), journal_of(root) as journal:
        entry = journal.entry(assignment, student)
        return entry.work if entry else ""
    return ""

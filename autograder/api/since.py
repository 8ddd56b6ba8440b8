"""Whose mark is not of today: of another submission, or with another penalty."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.records import FOLDER
from autograder.api.runs import JOURNAL, STATE, journal_of, work_of
from autograder.api.workers import Task
from autograder.errors import BridgeError, GradebookError


def handed_in_anew(
    root: Path, assignment: str, standing: Sequence[bridge.Standing], collected: Mapping[str, bridge.Collected]
) -> set[str]:
    """Name the graded students whose submission came after the one that was graded.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    standing : sequence of Standing
    collected : mapping of str to Collected
        What lies in the students' folders now.

    Returns
    -------
    set of str
        By the time of handing in where there is one, then by what the journal knows of the text; for an older course
        whose journal does not know it, by the age of the files.
    """
    graded = [one for one in standing if one.submitted and one.student in collected]
    works = _graded_works(root, assignment, [one.student for one in graded])
    return {
        one.student
        for one in graded
        if _is_anew(root, assignment, one, collected[one.student], works.get(one.student, ""))
    }


def stale_penalties(root: Path, assignment: str, db: str | None = None) -> tuple[dict[str, bridge.Penalty], str]:
    """Give the penalties that grading again would change, and those of which that cannot be told.

    Marks may be shown and exported also where the course's plug-in for penalties is gone, or fails.

    Returns
    -------
    penalties : dict of str to Penalty
        By student; one with a `fault` cannot be told.
    unknown : str
        Why it can be told of no student; empty where there are penalties to give.
    """
    try:
        found = bridge.penalties(root, assignment, db=db)
        return {student: penalty for student, penalty in found.items() if penalty.is_stale or penalty.fault}, ""
    except GradebookError:
        raise
    except BridgeError as error:
        return {}, str(error)


def _is_anew(root: Path, assignment: str, one: bridge.Standing, collected: bridge.Collected, graded: str) -> bool:
    if collected.timestamp is not None and collected.timestamp != one.timestamp:
        return True
    if graded:
        files = tuple((name, path.read_bytes()) for name, path in sorted(collected.notebooks.items()))
        return graded != work_of(Task(one.student, assignment, "", files))
    folder = root / FOLDER / assignment / one.student
    pairs = ((path, folder / f"{name}.json") for name, path in collected.notebooks.items())
    return any(kept.is_file() and path.stat().st_mtime > kept.stat().st_mtime for path, kept in pairs)


def _graded_works(root: Path, assignment: str, students: Iterable[str]) -> dict[str, str]:
    """Give the hash of the text that was graded last, of the students of whom the journal knows it."""
    works: dict[str, str] = {}
    if (root / STATE / JOURNAL).is_file():
        # Who may only read the course, or has a damaged journal, may still export its marks.
        with contextlib.suppress(OSError, GradebookError), journal_of(root) as journal:
            for student in students:
                entry = journal.entry(assignment, student)
                works[student] = entry.work if entry else ""
    return works

"""Grading the collected submissions of an assignment into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.notebooks import score_many
from autograder.api.records import keep
from autograder.errors import UsageError
from autograder.results import NotebookResult, Unreadable
from autograder.sandbox import Level

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClassResult:
    """What became of an assignment's submissions.

    Parameters
    ----------
    results : dict of (student, notebook) to NotebookResult or Unreadable
    unwritten : tuple of Unwritten
        What nbgrader did not take.
    ours : bool
        Whether a submission has no mark for a reason of ours.
    """

    results: dict[Key, NotebookResult | Unreadable]
    unwritten: tuple[bridge.Unwritten, ...]
    ours: bool


def grade_assignment(
    root: Path,
    assignment: str,
    students: Sequence[str] = (),
    jobs: int | None = None,
    isolation: Level | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    language: str = "",
) -> ClassResult:
    """Grade an assignment's collected submissions and write the gradebook.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    students : sequence of str
        Only these; all when empty.
    jobs : int or None
        Worker processes; None chooses.
    isolation : {"full", "reduced", "none"} or None
        None is the strongest level that this machine holds, and never none.
    progress : callable
        Called with the number of steps done and of all steps: two a notebook, graded and written.
    language : str
        Of what people read; the course's own when empty.

    Raises
    ------
    UsageError
        Where a named student has handed in nothing, or nobody has.
    CourseError, BridgeError
        Where the course has faults, or nbgrader cannot open it.
    SandboxError
        Where the machine does not hold the level; before anything is graded.
    """
    chosen = _chosen(root, assignment, students)
    total = 2 * len(chosen)
    results: dict[Key, NotebookResult | Unreadable] = {}
    # What has no result for a reason of ours is entered all the same, without a score: so a human sees it.
    entries: dict[Key, NotebookResult | None] = {}
    ours = False
    for index, row, fault in score_many(root, [one.path for one in chosen], assignment, jobs, isolation):
        key = chosen[index].student, chosen[index].notebook
        results[key] = row
        if isinstance(row, NotebookResult):
            entries[key] = row
        elif fault:
            entries[key] = None
        ours |= fault or (isinstance(row, NotebookResult) and row.internal_error)
        progress(len(results), total)
    keep(root, assignment, results)
    written = iter(range(len(chosen) + 1, total + 1))
    unwritten = bridge.write_grades(
        root, assignment, entries, lambda _: progress(next(written, total), total), language
    )
    return ClassResult(dict(sorted(results.items())), unwritten, ours or bool(unwritten))


def _chosen(root: Path, assignment: str, students: Sequence[str]) -> list[bridge.Submission]:
    found = bridge.submissions(root, assignment)
    absent = set(students) - {one.student for one in found}
    if absent:
        raise UsageError(f"No submission of {assignment} is collected from: {', '.join(sorted(absent))}.")
    chosen = [one for one in found if not students or one.student in students]
    if not chosen:
        raise UsageError(f"No submission of {assignment} is collected. Run `autograder collect {assignment}` first.")
    return chosen

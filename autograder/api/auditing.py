"""Auditing the tests of an assignment: its variants are graded as submissions are, on all processors."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from autograder.api.notebooks import Grader, executor, warm_grader
from autograder.audit import Audit, Auditor, Variant, separate
from autograder.course import Paper
from autograder.engine import run_all
from autograder.errors import SandboxError
from autograder.notebook import Notebook, read
from autograder.results import NotebookResult

Progress = Callable[[int, int], None]
Piece = TypeVar("Piece")
Done = TypeVar("Done")


def audit(root: Path, assignment: str, jobs: int | None, progress: Progress) -> list[Audit]:
    """Grade the tests of an assignment.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    jobs : int or None
        Worker processes; None is one a processor.
    progress : callable
        Told the number of notebooks graded, and of all.

    Returns
    -------
    list of Audit
        One a source notebook.

    Raises
    ------
    CourseError, UsageError
        Where the course has faults or no such assignment.
    SandboxError
        Where the machine holds no isolation, or a variant could not be graded for a reason of ours.
    """
    grader = warm_grader(root, None)
    return [_audited(grader, paper, jobs, progress) for paper in grader.course.papers_of(assignment)]


def _audited(grader: Grader, paper: Paper, jobs: int | None, progress: Progress) -> Audit:
    root, place = grader.course.root, (grader.course.root, paper.assignment, paper.name)
    auditor = Auditor(root, paper, grader.examiner(paper))
    graded = _spread_out(functools.partial(_grade, *place), auditor.notebooks, jobs, progress)
    doubtful = auditor.mark(graded)
    separated = _spread_out(functools.partial(_separate, *place), doubtful, jobs, lambda _done, _all: None)
    released = root / "release" / paper.assignment / f"{paper.name}.ipynb"
    stub = grader.grade(read(released), "stub", paper.name, paper.assignment) if released.is_file() else None
    return auditor.conclude(dict(ChainMap(*separated)), stub, grader.course.bars)


def _spread_out(
    work: Callable[[Piece], Done], pieces: Sequence[Piece], jobs: int | None, progress: Progress
) -> list[Done]:
    """Do pieces of work on all processors; give what they give, in their order."""
    done: dict[int, Done] = {}
    task = functools.partial(_numbered, work)
    for outcome in run_all(executor(len(pieces), jobs, least=2), task, list(enumerate(pieces))):
        if outcome.result is None:
            raise SandboxError(f"A variant could not be graded, for a reason of ours: {outcome.failure}")
        done[outcome.task[0]] = outcome.result
        progress(len(done), len(pieces))
    return [done[number] for number in range(len(pieces))]


def _numbered(work: Callable[[Piece], Done], task: tuple[int, Piece]) -> Done:
    return work(task[1])


def _grade(root: Path, assignment: str, name: str, notebook: Notebook) -> NotebookResult:
    return warm_grader(root, None).grade(notebook, "variants", name, assignment)


def _separate(root: Path, assignment: str, name: str, variants: Sequence[Variant]) -> dict[Variant, str]:
    grader = warm_grader(root, None)
    (paper,) = (paper for paper in grader.course.papers_of(assignment) if paper.name == name)
    with grader.examiner(paper).rehearsing() as (reference, _):
        return separate(variants, paper, reference)

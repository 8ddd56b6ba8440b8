"""Whether the source's own solution gets the points of its tests: to be known before students have the assignment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

from autograder.api.notebooks import Grader
from autograder.course import Paper
from autograder.engine import local_processes
from autograder.errors import CourseError, SandboxError
from autograder.examiner import is_unsolved
from autograder.notebook import read_document
from autograder.results import CheckResult

# A notebook that trains for longer has not been tried; whoever releases it does not wait for that.
SECONDS = 8.0
_MOST_TOLD = 5


def unearned(root: Path, assignment: str) -> list[str]:
    """Say which test cells of an assignment do not give the source's own solution all of their points.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str

    Returns
    -------
    list of str
        A sentence each; empty where all is well, and where the source has no solution.
    """
    # Another process, for only that can be ended at any time.
    others = multiprocessing.active_children()
    pool = local_processes(1)
    try:
        return pool.submit(_unearned, root, assignment).result(SECONDS)
    except TimeoutError:
        more = f"it takes more than {SECONDS:g} seconds. `autograder score source/{assignment}/*.ipynb` tells."
        return [_untried(assignment, more)]
    except BrokenExecutor:
        return [_untried(assignment, "the machine ended the trial.")]
    finally:
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        pool.shutdown()


def _unearned(root: Path, assignment: str) -> list[str]:
    try:
        # The instructor's own code, so nothing has to be kept from it.
        with Grader(root, "none") as grader:
            papers = [paper for paper in grader.course.papers_of(assignment) if not _is_blank(paper)]
            return [told for paper in papers for told in _of_notebook(grader, paper)]
    except CourseError as error:
        return list(error.faults)
    except SandboxError as error:
        return [_untried(assignment, str(error))]


def _untried(assignment: str, why: str) -> str:
    return f"It is not known whether the solution of {assignment} gets all points: {why}"


def _is_blank(paper: Paper) -> bool:
    """Tell a source that is what students get: such a course is graded, and has no solution to be tried."""
    return all(map(is_unsolved, paper.answers.values()))


def _of_notebook(grader: Grader, paper: Paper) -> Iterator[str]:
    where = f"source/{paper.assignment}/{paper.name}.ipynb"
    document = read_document(grader.course.root / where)
    result = grader.grade(document, paper.name, paper.name, paper.assignment, explain=False)
    short = [check for check in result.checks if check.score is None or check.score < check.max_score]
    yield from (f"{where}: {_told(check)}" for check in short[:_MOST_TOLD])
    if len(short) > _MOST_TOLD:
        yield f"{where}: {len(short) - _MOST_TOLD} more cells; `autograder score {where}` tells all."


def _told(check: CheckResult) -> str:
    points = f"{check.score:g}" if check.score else "no points"
    return f"{check.grade_id} gives its own solution {points} of {check.max_score:g}: {check.message}"

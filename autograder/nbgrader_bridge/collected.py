"""What an assignment has at this moment: the submissions that are collected, and the cells that are worth points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.api import Notebook

from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.handed_in import looked_at
from autograder.nbgrader_bridge.standing import CellName
from autograder.nbgrader_bridge.times import tells_no_time


@dataclass(frozen=True, slots=True)
class Collected:
    """A student's submission as it lies in its folder.

    Parameters
    ----------
    notebooks : dict of str to Path
        Files by the name of the notebook, of those that the assignment has; empty where nothing can be graded.
    timestamp : datetime or None
        When it was handed in, in UTC without saying so; None where no file tells.
    """

    notebooks: dict[str, Path]
    timestamp: datetime | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a cell is worth as the assignment is released now, and whether only a person grades it."""

    points: float
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Present:
    """An assignment at this moment.

    Parameters
    ----------
    collected : dict of str to Collected
        By student.
    cells : dict of (notebook, grade id) to Worth
        In the order of the notebooks' names.
    notebooks : tuple of str
        Their names.
    """

    collected: dict[str, Collected]
    cells: dict[CellName, Worth]
    notebooks: tuple[str, ...]


def present(root: Path, assignment: str) -> Present:
    """Look at the folders of an assignment, and at its cells in the gradebook, which must know it.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root, assignment) as course:
        with course.gradebook() as gradebook:
            notebooks = sorted(gradebook.find_assignment(assignment).notebooks, key=lambda one: str(one.name))
            names = tuple(str(notebook.name) for notebook in notebooks)
            cells = {(str(one.name), cell): worth for one in notebooks for cell, worth in _cells(one).items()}
        collected = {
            one.student: Collected(dict(one.paths), course.directory.get_existing_timestamp(str(one.folder)))
            for one in looked_at(course, names)
        }
        return Present(collected, cells, names)


def untimed(root: Path, assignment: str) -> tuple[str, ...]:
    """Name the students whose submission has a file for its time, and no time in it: they count as without one.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root, assignment) as course:
        found = [one for one in looked_at(course, ()) if tells_no_time(one.folder)]
        return tuple(one.student for one in found)


def _cells(notebook: Notebook) -> dict[str, Worth]:
    answers = {str(cell.name) for cell in (*notebook.solution_cells, *notebook.task_cells)}
    graded = (*notebook.grade_cells, *notebook.task_cells)
    return {str(cell.name): Worth(float(cell.max_score), str(cell.name) in answers) for cell in graded}

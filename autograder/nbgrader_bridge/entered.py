"""What the gradebook has, at this moment, of what grading entered: the journal may know of more than that.

A gradebook may be another one than was written last, an older copy may have been put back, or points may have changed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, BaseCell, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.api import Grade as GradeRow
from nbgrader.api import Notebook as NotebookOf
from nbgrader.api import SubmittedNotebook as NotebookRow
from sqlalchemy import select

from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.standing import CellName
from autograder.results import CheckResult, NotebookResult, same_score


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered of an assignment.

    Parameters
    ----------
    points : dict of (notebook, grade id) to float
        What each cell is worth in the gradebook.
    scores : dict of str to dict of (notebook, grade id) to float or None
        The scores that grading entered, by student; not those that people gave.
    notebooks : frozenset of (str, str)
        Student and name of each notebook in ``autograded/``.
    """

    points: dict[CellName, float]
    scores: dict[str, dict[CellName, float | None]]
    notebooks: frozenset[tuple[str, str]]

    def holds(self, student: str, results: Mapping[str, NotebookResult]) -> bool:
        """Tell whether a student's results are there, each score as it was found, and the notebooks with them."""
        scores = self.scores.get(student)
        if scores is None or any((student, name) not in self.notebooks for name in results):
            return False
        found = {
            (name, check.grade_id): entered_as(check) for name, result in results.items() for check in result.checks
        }
        return all(place in scores and same_score(scores[place], found[place]) for place in found.keys() & self.points)


def entered(root: Path, assignment: str, db: str | None = None) -> Entered:
    """Look at what was entered of an assignment; nothing is where the gradebook does not know it.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    db : str or None
        Another gradebook than the course is configured with.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its gradebook cannot be read.
    """
    query = (
        select(SubmittedAssignment.student_id, NotebookOf.name, BaseCell.name, GradeRow.auto_score)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(NotebookRow, NotebookRow.assignment_id == SubmittedAssignment.id)
        .join(NotebookOf, NotebookRow.notebook_id == NotebookOf.id)
        # A notebook without tests was entered, too.
        .outerjoin(GradeRow, GradeRow.notebook_id == NotebookRow.id)
        .outerjoin(BaseCell, GradeRow.cell_id == BaseCell.id)
        .where(Assignment.name == assignment)
    )
    scores: dict[str, dict[CellName, float | None]] = {}
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        points = _points(gradebook, assignment)
        # Each name once, however many have it.
        places = {place: place for place in points}
        for student, notebook, cell, score in gradebook.db.execute(query):
            place = (str(notebook), str(cell))
            scores.setdefault(str(student), {})[places.get(place, place)] = score
        return Entered(points, scores, frozenset(_autograded(course)))


def points_of(root: Path, assignment: str, db: str | None = None) -> dict[CellName, float]:
    """Give what each cell of an assignment is worth in the gradebook, by notebook and grade id.

    Raises
    ------
    BridgeError
        As `entered`.
    """
    with open_course(root, assignment, db=db) as course, course.gradebook() as gradebook:
        return _points(gradebook, assignment)


def _points(gradebook: Gradebook, assignment: str) -> dict[CellName, float]:
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {
        (str(notebook.name), str(cell.name)): float(cell.max_score)
        for notebook in notebooks
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }


def _autograded(course: Course) -> set[tuple[str, str]]:
    directory = course.directory
    pattern = directory.format_path(directory.autograded_directory, "*", directory.assignment_id)
    files = course.root.glob(str(Path(pattern).relative_to(course.root) / "*.ipynb"))
    return {(path.parent.parent.name, path.stem) for path in files}


def entered_as(check: CheckResult) -> float | None:
    """Give what nbgrader makes of a check, see `outputs`."""
    if check.score is None or not math.isfinite(check.score):
        return None
    return min(max(check.score, 0.0), check.max_score)

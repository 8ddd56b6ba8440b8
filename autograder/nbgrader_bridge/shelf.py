"""An assignment and one submission of it, read from the gradebook once and kept in memory.

nbgrader's preprocessors open the gradebook anew for each notebook and ask it cell by cell, which is most of what
they take. Here they are given a `Shelf`, which answers the same questions from memory; what they enter goes to the
database afterwards, as one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from nbgrader.api import Assignment, MissingEntry


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that has grades or comments; `kind` is nbgrader's: GradeCell, SolutionCell or TaskCell."""

    id: str
    name: str
    kind: str
    max_score: float | None


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as it was released, hidden tests included."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str


Row = TypeVar("Row")
Named = TypeVar("Named", Cell, SourceCell)


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook of the assignment; the attributes have nbgrader's names."""

    id: str
    name: str
    kernelspec: str | None
    cells: tuple[Cell, ...]
    source_cells: tuple[SourceCell, ...]

    @property
    def grade_cells(self) -> list[Cell]:
        """Cells that are tests, or answers that a person grades."""
        return [cell for cell in self.cells if cell.kind == "GradeCell"]

    @property
    def solution_cells(self) -> list[Cell]:
        """Cells that students write."""
        return [cell for cell in self.cells if cell.kind == "SolutionCell"]

    @property
    def task_cells(self) -> list[Cell]:
        """Cells that a person grades."""
        return [cell for cell in self.cells if cell.kind == "TaskCell"]

    @property
    def graded(self) -> list[Cell]:
        """Cells that have a row of grades in each submission."""
        return [*self.grade_cells, *self.task_cells]

    @property
    def commented(self) -> list[Cell]:
        """Cells that have a comment in each submission."""
        return [*self.solution_cells, *self.task_cells]


@dataclass(frozen=True, slots=True)
class Released:
    """What nbgrader knows of an assignment."""

    id: str
    name: str
    duedate: datetime | None
    notebooks: Mapping[str, Notebook]


@dataclass(slots=True)
class Grade:
    """A row of the table of grades; `settled` where points given by hand stay decided, whatever was entered."""

    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True
    settled: bool = False

    @property
    def score(self) -> float:
        """What counts, as nbgrader computes it in the database (api.py: Grade.score)."""
        given = self.auto_score if self.manual_score is None else self.manual_score
        return 0.0 if given is None else given + (self.extra_credit or 0.0)


@dataclass(slots=True)
class Comment:
    """A row of the table of comments, without the part that people write."""

    auto_comment: str | None = None


@dataclass(slots=True)
class SubmittedNotebook:
    """A student's notebook, with its rows by the name of the cell."""

    grades: dict[str, Grade]
    comments: dict[str, Comment]
    late_submission_penalty: float | None = None

    @property
    def score(self) -> float:
        """The sum over the grades, before a penalty."""
        return sum(grade.score for grade in self.grades.values())


@dataclass(slots=True)
class Submission:
    """A student's submission, with its notebooks by name."""

    student: str
    released: Released
    timestamp: datetime | None = None
    extension: timedelta | None = None
    notebooks: dict[str, SubmittedNotebook] = field(default_factory=dict)

    @property
    def total_seconds_late(self) -> float:
        """Seconds after the due date of this student."""
        if self.timestamp is None or self.released.duedate is None:
            return 0.0
        due = self.released.duedate + (self.extension or timedelta())
        return max(0.0, (self.timestamp - due).total_seconds())


class Unsaved:
    """In the place of a database session: what was changed is saved later, all of it or nothing."""

    def commit(self) -> None:
        """Do nothing; nbgrader's preprocessors call it after each cell."""


class Shelf:
    """Stands in for nbgrader's ``Gradebook``, for one submission.

    Parameters
    ----------
    submission : Submission
        What is entered is entered there.
    """

    def __init__(self, submission: Submission) -> None:
        self._submission = submission
        self.db = Unsaved()

    def find_notebook(self, name: str, _assignment: str) -> Notebook:
        """Give a notebook of the assignment; raises MissingEntry, as all of these do."""
        return _found(self._submission.released.notebooks, name)

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> SourceCell:
        """Give a cell as it was released."""
        return _named(self.find_notebook(notebook, assignment).source_cells, name)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Cell:
        """Give a cell that is worth points."""
        return _named(self.find_notebook(notebook, assignment).graded, name)

    def find_submission(self, _assignment: str, _student: str) -> Submission:
        """Give the submission."""
        return self._submission

    def find_submission_notebook(self, notebook: str, _assignment: str, _student: str) -> SubmittedNotebook:
        """Give a notebook of the submission."""
        return _found(self._submission.notebooks, notebook)

    def find_grade(self, cell: str, notebook: str, assignment: str, student: str) -> Grade:
        """Give the grade of a cell."""
        return _found(self.find_submission_notebook(notebook, assignment, student).grades, cell)

    def find_comment(self, cell: str, notebook: str, assignment: str, student: str) -> Comment:
        """Give the comment on a cell."""
        return _found(self.find_submission_notebook(notebook, assignment, student).comments, cell)


def released(assignment: Assignment) -> Released:
    """Read an assignment from nbgrader's model of it."""
    notebooks = {
        notebook.name: Notebook(
            id=notebook.id,
            name=notebook.name,
            kernelspec=notebook.kernelspec,
            cells=tuple(
                Cell(cell.id, cell.name, cell.type, getattr(cell, "max_score", None))
                for kind in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
                for cell in kind
            ),
            source_cells=tuple(
                SourceCell(cell.name, cell.cell_type, cell.locked, cell.source, cell.checksum)
                for cell in notebook.source_cells
            ),
        )
        for notebook in assignment.notebooks
    }
    return Released(assignment.id, assignment.name, assignment.duedate, notebooks)


def _found(rows: Mapping[str, Row], name: str) -> Row:
    try:
        return rows[name]
    except KeyError:
        raise MissingEntry(f"The gradebook has no {name}") from None


def _named(rows: Sequence[Named], name: str) -> Named:
    for row in rows:
        if row.name == name:
            return row
    raise MissingEntry(f"The gradebook has no {name}")

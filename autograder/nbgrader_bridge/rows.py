"""A submission's rows in nbgrader's database: read into records, and saved from them, by nbgrader's models.

Nothing that people write is ever written here: manual scores, extra credit, manual comments, extensions, flags.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nbgrader.api import Comment as CommentRow
from nbgrader.api import Grade as GradeRow
from nbgrader.api import Student, SubmittedAssignment, new_uuid
from nbgrader.api import SubmittedNotebook as NotebookRow
from sqlalchemy import Connection, Table, bindparam, case, insert, select, update

from autograder.nbgrader_bridge.shelf import Comment, Grade, Notebook, Released, Submission, SubmittedNotebook

_STUDENTS: Table = Student.__table__
SUBMISSIONS: Table = SubmittedAssignment.__table__
NOTEBOOKS: Table = NotebookRow.__table__
_GRADES: Table = GradeRow.__table__
_COMMENTS: Table = CommentRow.__table__

_FIND_SUBMISSION = select(*SUBMISSIONS.c["id", "timestamp", "extension"]).where(
    SUBMISSIONS.c.assignment_id == bindparam("assignment"), SUBMISSIONS.c.student_id == bindparam("student")
)
_FIND_NOTEBOOKS = select(*NOTEBOOKS.c["id", "notebook_id", "late_submission_penalty"]).where(
    NOTEBOOKS.c.assignment_id == bindparam("submission")
)
_GRADE_COLUMNS = ("cell_id", "auto_score", "manual_score", "extra_credit", "needs_manual_grade")
_FIND_GRADES = select(*_GRADES.c[_GRADE_COLUMNS]).where(_GRADES.c.notebook_id == bindparam("notebook"))
_FIND_COMMENTS = select(*_COMMENTS.c["cell_id", "auto_comment"]).where(_COMMENTS.c.notebook_id == bindparam("notebook"))
_SAVE_GRADE = (
    update(_GRADES)
    .where(_GRADES.c.notebook_id == bindparam("notebook"), _GRADES.c.cell_id == bindparam("cell"))
    .values(
        auto_score=bindparam("auto_score"),
        # A person may have graded it since the rows were read.
        needs_manual_grade=case(
            (_GRADES.c.manual_score.is_(None), bindparam("needs", type_=_GRADES.c.needs_manual_grade.type)),
            else_=bindparam("review", type_=_GRADES.c.needs_manual_grade.type),
        ),
    )
)
_SAVE_COMMENT = (
    update(_COMMENTS)
    .where(_COMMENTS.c.notebook_id == bindparam("notebook"), _COMMENTS.c.cell_id == bindparam("cell"))
    .values(auto_comment=bindparam("auto_comment"))
)
_SAVE_PENALTY = (
    update(NOTEBOOKS).where(NOTEBOOKS.c.id == bindparam("row")).values(late_submission_penalty=bindparam("penalty"))
)
_SAVE_TIMESTAMP = update(SUBMISSIONS).where(SUBMISSIONS.c.id == bindparam("row")).values(timestamp=bindparam("at"))


class Rows:
    """The rows of one student's submission.

    Parameters
    ----------
    connection : Connection
        In a transaction that the caller ends.
    released : Released
    student : str

    Attributes
    ----------
    submission : Submission
        What the database has, or, where it has no such submission, what nbgrader would put there first.
    """

    def __init__(self, connection: Connection, released: Released, student: str) -> None:
        self._connection = connection
        self._released = released
        self._ids: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        self.submission = Submission(student, released)
        found = connection.execute(_FIND_SUBMISSION, {"assignment": released.id, "student": student}).first()
        self._id = found.id if found else None
        if found:
            self.submission.timestamp, self.submission.extension = found.timestamp, found.extension
            self._read_notebooks()
        for notebook in released.notebooks.values():
            self.submission.notebooks.setdefault(notebook.name, SubmittedNotebook({}, {}))
            _complete(self.submission.notebooks[notebook.name], notebook)

    def save(self) -> None:
        """Write what nbgrader's autograding writes; rows that are not there yet are made."""
        if self._id is None:
            self._add_submission()
        else:
            # Without a timestamp file the old one stands, as with nbgrader; it is the one that was read.
            self._connection.execute(_SAVE_TIMESTAMP, {"row": self._id, "at": self.submission.timestamp})
        for name, notebook in self._released.notebooks.items():
            self._save_notebook(notebook, self.submission.notebooks[name])

    def _read_notebooks(self) -> None:
        names = {notebook.id: notebook for notebook in self._released.notebooks.values()}
        for row in self._connection.execute(_FIND_NOTEBOOKS, {"submission": self._id}):
            notebook = names[row.notebook_id]
            self._ids[notebook.name] = row.id
            graded = {cell.id: cell.name for cell in notebook.graded}
            commented = {cell.id: cell.name for cell in notebook.commented}
            grades = self._connection.execute(_FIND_GRADES, {"notebook": row.id}).all()
            comments = self._connection.execute(_FIND_COMMENTS, {"notebook": row.id}).all()
            self._known[notebook.name] = {one.cell_id for one in (*grades, *comments)}
            self.submission.notebooks[notebook.name] = SubmittedNotebook(
                {graded[cell]: Grade(*values) for cell, *values in grades if cell in graded},
                {commented[cell]: Comment(text) for cell, text in comments if cell in commented},
                row.late_submission_penalty,
            )

    def _add_submission(self) -> None:
        student = self.submission.student
        if self._connection.execute(select(_STUDENTS.c.id).where(_STUDENTS.c.id == student)).first() is None:
            self._connection.execute(insert(_STUDENTS), {"id": student})
        self._id = new_uuid()
        row = {
            "id": self._id,
            "assignment_id": self._released.id,
            "student_id": student,
            "timestamp": self.submission.timestamp,
        }
        self._connection.execute(insert(SUBMISSIONS), row)

    def _save_notebook(self, notebook: Notebook, submitted: SubmittedNotebook) -> None:
        row = self._ids.get(notebook.name)
        if row is None:
            row = self._ids[notebook.name] = new_uuid()
            penalty = submitted.late_submission_penalty
            values = {"id": row, "assignment_id": self._id, "notebook_id": notebook.id}
            self._connection.execute(insert(NOTEBOOKS), {**values, "late_submission_penalty": penalty})
        else:
            self._connection.execute(_SAVE_PENALTY, {"row": row, "penalty": submitted.late_submission_penalty})
        known = self._known.get(notebook.name, set())
        old, new = _parted(notebook.graded, known)
        grades = submitted.grades
        self._all(insert(_GRADES), ({"notebook_id": row, "cell_id": c.id, **_values(grades[c.name])} for c in new))
        self._all(_SAVE_GRADE, ({"notebook": row, "cell": c.id, **_updates(grades[c.name])} for c in old))
        old, new = _parted(notebook.commented, known)
        texts = {name: comment.auto_comment for name, comment in submitted.comments.items()}
        self._all(
            insert(_COMMENTS), ({"notebook_id": row, "cell_id": c.id, "auto_comment": texts[c.name]} for c in new)
        )
        self._all(_SAVE_COMMENT, ({"notebook": row, "cell": c.id, "auto_comment": texts[c.name]} for c in old))

    def _all(self, statement: Any, rows: Iterable[dict[str, Any]]) -> None:  # noqa: ANN401 - an insert or an update
        values = list(rows)
        if values:
            self._connection.execute(statement, values)


def _complete(submitted: SubmittedNotebook, notebook: Notebook) -> None:
    """Add what is missing to a notebook's records: also cells that were released after it was graded first."""
    for cell in notebook.graded:
        submitted.grades.setdefault(cell.name, Grade())
    for cell in notebook.commented:
        submitted.comments.setdefault(cell.name, Comment())


def _parted(cells: Sequence[Any], known: set[str]) -> tuple[list[Any], list[Any]]:
    return [cell for cell in cells if cell.id in known], [cell for cell in cells if cell.id not in known]


def _values(grade: Grade) -> dict[str, Any]:
    return {"auto_score": grade.auto_score, "needs_manual_grade": grade.needs_manual_grade}


def _updates(grade: Grade) -> dict[str, Any]:
    return {"auto_score": grade.auto_score, "needs": grade.needs_manual_grade, "review": not grade.settled}

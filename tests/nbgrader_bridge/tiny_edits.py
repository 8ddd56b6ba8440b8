"""Changes of the tiny course: an essay beside its function, other points, points given by a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell
from tiny_course import metadata

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

DUE = datetime(2026, 3, 6, tzinfo=UTC)


def add_essay(course: Path, points: float = 4) -> None:
    """Ask for an essay too, and release it."""
    about = metadata("essay", points, solution=True)
    change_source(course, lambda notebook: notebook.cells.append(new_markdown_cell("Why?", metadata=about)))


def change_points(course: Path, grade_id: str, points: float) -> None:
    """Release other points for a cell."""

    def change(notebook):
        for cell in notebook.cells:
            if cell.metadata.nbgrader.grade_id == grade_id:
                cell.metadata.nbgrader.points = points

    change_source(course, change)


def change_source(course: Path, change) -> None:
    path = course / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    bridge.generate(course, "hw")


def give(course: Path, student: str, grade_id: str, points: float) -> None:
    """Give points as a person does in formgrader."""
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        grade = gradebook.find_grade(grade_id, "hw", "hw", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def answer_essay(notebook) -> None:
    """Write the essay, as a student does."""
    next(cell for cell in notebook.cells if cell.cell_type == "markdown").source = "Because."


def take_off(course: Path, student: str, points: float) -> None:
    """Take points off for lateness, as a course's own plugin may."""
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        gradebook.find_submission_notebook("hw", "hw", student).late_submission_penalty = points
        gradebook.db.commit()


def forget(course: Path, student: str) -> None:
    """Take somebody off the class list, as `nbgrader db student remove --force` does."""
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        gradebook.remove_student(student)


def withdraw(course: Path, student: str) -> None:
    """Take somebody's submission out of the gradebook; they stay on the class list."""
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        gradebook.remove_submission("hw", student)


def late(course: Path, notebook: Path, hours: float = 6) -> Path:
    """Set a due date, and have a submission handed in so long after it."""
    bridge.set_due_date(course, "hw", DUE)
    at = DUE + timedelta(hours=hours)
    notebook.with_name("timestamp.txt").write_text(f"{at:%Y-%m-%d %H:%M:%S.%f} UTC")
    return notebook


def extend(course: Path, student: str, days: float) -> None:
    """Give somebody more time."""
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        gradebook.find_submission("hw", student).extension = timedelta(days=days)
        gradebook.db.commit()

"""`nbgrader autograde` with our configuration and `autograder grade` leave the same gradebook and the same files."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from real_course import hand_in, make_course

ASSIGNMENT = "initialization"
ANSWERS = {
    "perfect": {},
    "partial": {"initialize_parameters_he": "def initialize_parameters_he(layers_dims):\n    return None"},
    "unfinished": {"initialize_parameters_random": "def initialize_parameters_random(layers_dims)"},
}

pytestmark = pytest.mark.slow


def command(course: Path, name: str, *arguments: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [Path(sys.executable).with_name(name), *arguments],
        cwd=course,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    course = tmp_path_factory.mktemp("handed-in") / "course"
    make_course(course, ASSIGNMENT)
    for student, wrong in ANSWERS.items():
        hand_in(course, student, ASSIGNMENT, wrong)
    return course


@pytest.fixture(scope="module")
def doors(handed_in, tmp_path_factory) -> tuple[Path, Path]:
    """Grade the same submissions in two copies of a course, through one door each."""
    ours, theirs = (tmp_path_factory.mktemp(name) / "course" for name in ("ours", "theirs"))
    for course in (ours, theirs):
        shutil.copytree(handed_in, course)
    command(ours, "autograder", "grade", ASSIGNMENT)
    command(theirs, "nbgrader", "autograde", ASSIGNMENT)
    return ours, theirs


def rows(course: Path) -> list[tuple[object, ...]]:
    query = """
        select student.id, base_cell.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade
        from grade join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join student on student.id = submitted_assignment.student_id order by 1, 2
    """
    with sqlite3.connect(course / "gradebook.db") as database:
        return database.execute(query).fetchall()


def test_the_gradebooks_hold_the_same_grades(doors):
    ours, theirs = map(rows, doors)
    assert ours == theirs
    assert len(ours) == len(ANSWERS) * 13


@pytest.mark.parametrize("student", ANSWERS)
def test_the_autograded_notebooks_are_the_same(doors, student):
    ours, theirs = (c / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb" for c in doors)
    assert ours.read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


def test_nbgraders_own_feedback_and_export_work_on_it(doors):
    ours, _ = doors
    command(ours, "nbgrader", "generate_feedback", ASSIGNMENT)
    command(ours, "nbgrader", "export")
    pages = {path.parent.parent.name for path in ours.glob(f"feedback/*/{ASSIGNMENT}/*.html")}
    assert pages == set(ANSWERS)
    assert len((ours / "grades.csv").read_text().splitlines()) == 1 + len(ANSWERS)

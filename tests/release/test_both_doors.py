"""`nbgrader autograde` with our configuration and `autograder grade` leave the same gradebook and the same files."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from real_course import hand_in, make_course
from tables import contents

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

ASSIGNMENT = "initialization"
ANSWERS = {
    "perfect": {},
    "partial": {"initialize_parameters_he": "def initialize_parameters_he(layers_dims):\n    return None"},
    "unfinished": {"initialize_parameters_random": "def initialize_parameters_random(layers_dims)"},
    "late": {},
    "mangled": {},
}
TABLES = (
    "alembic_version",
    "assignment",
    "base_cell",
    "comment",
    "course",
    "grade",
    "grade_cells",
    "notebook",
    "solution_cells",
    "source_cell",
    "student",
    "submitted_assignment",
    "submitted_notebook",
    "task_cells",
)
DUE = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("both doors")]


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
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    bridge.set_due_date(course, ASSIGNMENT, DUE)
    late = course / "submitted" / "late" / ASSIGNMENT
    (late / "timestamp.txt").write_text("2026-03-07 18:00:00.000000 UTC")
    (late / "notes.txt").write_text("A file of the student's own.")
    mangle(course / "submitted" / "mangled" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    return course


def mangle(path: Path) -> None:
    """Change a locked cell, copy an answer cell, delete a test cell, put outputs and tags on the rest."""
    notebook = nbformat.read(path, as_version=4)
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    graded[0].source = "assert True"
    notebook.cells.remove(graded[1])
    answer = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    copied = copy.deepcopy(answer)
    copied.id = "copied"
    notebook.cells.insert(0, copied)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", name="stderr", text="mine\n" * 3)]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def doors(handed_in, tmp_path_factory) -> tuple[Path, Path]:
    """Grade the same submissions in two copies of a course, through one door each."""
    ours, theirs = (tmp_path_factory.mktemp(name) / "course" for name in ("ours", "theirs"))
    for course in (ours, theirs):
        shutil.copytree(handed_in, course)
    command(ours, "autograder", "grade", ASSIGNMENT)
    command(theirs, "nbgrader", "autograde", ASSIGNMENT)
    return ours, theirs


@pytest.fixture(scope="module")
def gradebooks(doors) -> list[dict[str, list[dict[str, object]]]]:
    return [contents(f"sqlite:///{course / 'gradebook.db'}") for course in doors]


@pytest.mark.parametrize("table", TABLES)
def test_the_gradebooks_are_the_same_table_by_table(gradebooks, table):
    ours, theirs = gradebooks
    assert ours[table] == theirs[table]


def test_no_table_is_left_out(gradebooks):
    assert set(gradebooks[0]) == set(TABLES)


def test_of_points_by_hand_only_ours_stay_decided_where_nothing_changed(doors, tmp_path):
    """Plain nbgrader asks a person again for each; in all other fields of all tables the two are still the same."""
    graded_again = [Path(shutil.copytree(course, tmp_path / course.parent.name / "course")) for course in doors]
    for course, name, verb in zip(graded_again, ("autograder", "nbgrader"), ("grade", "autograde"), strict=True):
        decide(course)
        command(course, name, verb, ASSIGNMENT, "--student=partial", *(["--force"] if name == "nbgrader" else []))
    ours, theirs = (contents(f"sqlite:///{course / 'gradebook.db'}") for course in graded_again)
    by_hand = [row for row in theirs["grade"] if row["manual_score"] is not None]
    assert [row["needs_manual_grade"] for row in by_hand] == [True]
    by_hand[0]["needs_manual_grade"] = False
    assert ours == theirs


def decide(course: Path) -> None:
    """Give points by hand to a test cell, as formgrader does."""
    with open_course(course, ASSIGNMENT) as opened, opened.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission(ASSIGNMENT, "partial").notebooks
        grade = next(grade for grade in notebook.grades if grade.auto_score == 0)
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()


@pytest.mark.parametrize("student", ANSWERS)
def test_the_autograded_files_are_the_same(doors, student):
    ours, theirs = (files(course / "autograded" / student) for course in doors)
    assert ours == theirs
    assert f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in ours


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Read all files below a folder, and their permissions."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode) for path in found}


def test_nbgraders_own_feedback_and_export_work_on_it(doors):
    ours, _ = doors
    command(ours, "nbgrader", "generate_feedback", ASSIGNMENT)
    command(ours, "nbgrader", "export")
    pages = {path.parent.parent.name for path in ours.glob(f"feedback/*/{ASSIGNMENT}/*.html")}
    assert pages == set(ANSWERS)
    assert len((ours / "grades.csv").read_text().splitlines()) == 1 + len(ANSWERS)

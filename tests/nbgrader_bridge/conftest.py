"""A tiny course, made anew for every test: nbgrader, its database and its exchange are real."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

Grades = dict[str, tuple[float | None, bool]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a generated course to copy: a new gradebook costs nbgrader two seconds."""
    root = tmp_path_factory.mktemp("template") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


@pytest.fixture
def hand_in(course: Path) -> Callable[..., Path]:
    """Put a submission where `collect` would; `change` edits the released notebook first."""

    def put(student: str, change: Callable[[NotebookNode], None] = lambda _: None) -> Path:
        notebook = nbformat.read(course / "release" / "hw" / "hw.ipynb", as_version=4)
        change(notebook)
        path = course / "submitted" / student / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        return path

    return put


@pytest.fixture
def grades(course: Path) -> Callable[[str], Grades]:
    """Read grade_id -> (auto_score, needs_manual_grade) of a student from the gradebook."""

    def read(student: str) -> Grades:
        with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
            (notebook,) = gradebook.find_submission("hw", student).notebooks
            return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}

    return read


@pytest.fixture
def autograded(course: Path) -> Callable[[str], dict[str, NotebookNode]]:
    """Read grade_id -> cell of a student's autograded notebook."""

    def read(student: str) -> dict[str, NotebookNode]:
        notebook = nbformat.read(course / "autograded" / student / "hw" / "hw.ipynb", as_version=4)
        return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}

    return read

"""A copy of the project's own course, and students who hand in the reference's answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat

from autograder import nbgrader_bridge as bridge

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")


def make_course(course: Path, *assignments: str) -> None:
    """Copy the course and generate its assignments."""
    for part in ("source", "reference"):
        shutil.copytree(ROOT / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for assignment in assignments:
        bridge.generate(course, assignment)


def train_briefly(notebook: Path) -> None:
    """Let a notebook train for so many steps as show that it trains: thousands prove no more, and take a minute."""
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(re.sub(r"(num_iterations ?= ?)\d+", r"\g<1>200", text), encoding="utf-8")


def source_cells(assignment: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4).cells


def hand_in(course: Path, student: str, assignment: str, wrong: Mapping[str, str]) -> Path:
    """Put the released notebook, answered, among the submissions; `wrong` replaces right answers by name."""
    target = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, target)
    right = {c.metadata.nbgrader.grade_id: c.source for c in source_cells(assignment) if c.metadata.get("nbgrader")}
    notebook = nbformat.read(target / f"{assignment}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = {**right, **wrong}[cell.metadata.nbgrader.grade_id]
    nbformat.write(notebook, target / f"{assignment}.ipynb")
    return target / f"{assignment}.ipynb"

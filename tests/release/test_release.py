"""`release/` is what nbgrader makes of `source/` today, and gives nothing away."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import nbformat
import pytest
from real_course import ASSIGNMENTS, ROOT, make_course, source_cells

from autograder.statements import without_magics

FILES = sorted(path for path in (ROOT / "release").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
CLOSED = re.compile(r"[^\n]*### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1[^\n]*", re.DOTALL)
STUB = {"# YOUR CODE HERE", "raise NotImplementedError()"}


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    course = tmp_path_factory.mktemp("course")
    make_course(course, *ASSIGNMENTS)
    return course / "release"


def open_lines(assignment: str) -> set[str]:
    """Give the lines of a source notebook that students may read: outside the regions, and what replaces them."""
    lines = set(STUB)
    for cell in source_cells(assignment):
        lines.update(line.strip() for line in CLOSED.sub("", cell.source).splitlines())
        for _, region in CLOSED.findall(cell.source):
            planted = region.partition("### RELEASED AS")[2]
            lines.update(line.strip().removeprefix("# ") for line in planted.splitlines())
    return lines


def test_every_assignment_is_released():
    assert {path.parent.name for path in FILES} == set(ASSIGNMENTS)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_is_fresh(generated, assignment):
    committed = {path.name: path.read_bytes() for path in FILES if path.parent.name == assignment}
    assert committed == {path.name: path.read_bytes() for path in (generated / assignment).iterdir()}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_has_no_line_of_a_solution_or_a_hidden_test(assignment):
    released = nbformat.read(ROOT / "release" / assignment / f"{assignment}.ipynb", as_version=4).cells
    lines = {line.strip() for cell in released for line in cell.source.splitlines()}
    assert lines - open_lines(assignment) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("word", ["autograder import", "import autograder", "from reference", "BEGIN", "RELEASED AS"])
def test_no_file_has_a_trace_of_the_machinery(path, word):
    assert word not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_student_needs_numpy_and_matplotlib_only(assignment):
    folder = ROOT / "release" / assignment
    notebook = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    texts += [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    nodes = [node for text in texts for node in ast.walk(ast.parse(without_magics(text)))]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    beside = {path.stem for path in folder.glob("*.py")}
    assert {name.split(".")[0] for name in imported} <= {"numpy", "matplotlib"} | beside | sys.stdlib_module_names


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_carries_no_outputs(assignment):
    notebook = nbformat.read(ROOT / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    assert all(cell.outputs == [] for cell in notebook.cells if cell.cell_type == "code")

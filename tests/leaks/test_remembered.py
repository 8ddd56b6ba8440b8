"""What hidden tests asked, remembered in memory that test cells share, and told where a student may read it."""

from __future__ import annotations

import json

import msgspec
import nbformat
import pytest
from hostile_course import RIGHT, SETTINGS, leaks, make_course, released

from autograder.api import Grader
from autograder.notebook import parse_document

REMEMBER = """
import mmap

import numpy as np

shared = mmap.mmap(-1, 64)


def told():
    return bytes(shared[:]).decode().strip(chr(0))


def double(x):
    first = float(np.ravel(x)[0])
    if abs(first) > 1000:
        shared[:64] = str(first).encode().ljust(64, bytes(1))
    return @VALUE@
"""
TOLD = "def look():\n    raise ValueError(told())\n\n\nquadruple = look()"
QUESTIONS = '\n\nQUESTIONS = {"double": lambda seed: (1.5 + seed % 7,)}\n'


@pytest.fixture(scope="module", params=["definitions", "full"])
def grader(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    (root / "course.toml").write_text(f'execution = "{request.param}"\nsmallest_example = false\n{SETTINGS}')
    with (root / "reference" / "hw.py").open("a") as reference:
        reference.write(QUESTIONS)
    # The first test of a function is a hidden one: an open one would be asked of a candidate that knows nothing.
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id != "test_quadruple_shown"]
    nbformat.write(notebook, path)
    with Grader(root) as grader:
        yield grader


def graded(grader, value, quadruple):
    notebook = released(REMEMBER.replace("@VALUE@", value))
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}
    cells["quadruple"].source, cells["halves"].source = quadruple, RIGHT["halves"]
    return grader.grade(parse_document(nbformat.writes(notebook).encode()), "", "hw", "hw")


def test_it_is_not_told_by_a_definition_that_raises(grader):
    result = graded(grader, "x + x", TOLD)
    assert leaks(json.dumps(msgspec.to_builtins(result))) == []
    assert "ValueError" in result.functions[1].diagnosis.message


def test_it_is_not_told_by_what_is_computed_afterwards(grader):
    found = graded(grader, "2 * x * (float(told() or 3000) // 10)", RIGHT["quadruple"]).functions[0].diagnosis
    assert "300 times" in found.message

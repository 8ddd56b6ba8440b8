"""An answer cell that ends the whole process, whenever it is run: what does not need it keeps its marks."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_notebook
from toy_course import code

from autograder.api import Grader
from autograder.results import Verdict

ENDS = "import os\nos._exit(1)"
NAMES = ("one", "two", "three", "four")


def write(path, **put):
    """Write a notebook of four functions; some cells with a line more."""
    cells = []
    for number, name in enumerate(NAMES, 1):
        answer = f"def {name}():\n    return {number}\n{put.get(name, '')}"
        cells.append(code(answer, grade=False, solution=True, locked=False, grade_id=name))
        if name == "three":
            continue
        marks = {"grade": True, "solution": False, "locked": True, "points": 1}
        cells.append(code(f"assert {name}() == {number}", grade_id=f"test_{name}", **marks))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def score(tmp_path_factory):
    root = tmp_path_factory.mktemp("ends")
    write(root / "source" / "hw" / "hw.ipynb")
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:
        yield lambda **put: grader.score(write(root / "handed" / "hw.ipynb", **put), "hw")


def scores(result):
    return {check.grade_id: check.score for function in result.functions for check in function.checks}


def test_only_what_needs_the_cell_is_lost(score):
    assert scores(score(two=ENDS)) == {"test_one": 1, "test_two": 0, "test_four": 1}


def test_a_test_below_another_cell_keeps_its_marks(score):
    assert scores(score(three=ENDS)) == {"test_one": 1, "test_two": 1, "test_four": 1}


def test_several_such_cells_cost_no_others(score):
    assert scores(score(one=ENDS, three=ENDS)) == {"test_one": 0, "test_two": 1, "test_four": 1}


def test_the_student_is_told_why_the_function_is_missing(score):
    check = score(two=ENDS).functions[1].checks[0]
    assert check.verdict is Verdict.MISSING
    assert "does not define two. Its cell ended the whole process, twice, and was left out" in check.message

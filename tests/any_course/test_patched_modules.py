"""A test cell that puts its own into a module is in-candidate: elsewhere it would hold for everybody."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Trust, Verdict

CELLS = (
    ("given", "imports", "import builtins\nimport unittest.mock as mock\nimport numpy as np"),
    ("answer", "f", "def f(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"),
    ("test", "plain", "assert f(1) == 2"),
    ("test", "prints", "with mock.patch('builtins.print') as p:\n    f(1)\nassert not p.called"),
    ("test", "dots", "with mock.patch('numpy.dot', side_effect=AssertionError):\n    assert f(3) == 4"),
    ("test", "faulty", "with mock.patch('builtins.print') as p:\n    f(1)\nassert p.called"),
)
WRONG = "def f(x):\n    print(x)\n    np.dot(x, x)\n    return x + 1"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("patched")
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    with Grader(root) as grader:
        yield grader


def checks_of(course, code):
    return {check.grade_id: check for one in functions_of(course, code) for check in one.checks}


def functions_of(course, code, place=1):
    made = nbformat.read(course.course.root / "source" / "hw" / "hw.ipynb", as_version=4)
    made.cells[place].source = code
    return course.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions


def test_an_answer_meets_what_the_test_has_put_there(course):
    wrong = checks_of(course, WRONG)
    assert {name: wrong[name].score for name in ("plain", "prints", "dots")} == {"plain": 1, "prints": 0, "dots": 0}


def test_a_right_answer_has_its_marks_and_the_result_says_how(course):
    right = checks_of(course, "def f(x):\n    return 1 + x")
    assert {name: (right[name].score, right[name].trust) for name in ("plain", "prints", "dots")} == {
        "plain": (1.0, Trust.EXAMINED),
        "prints": (1.0, Trust.IN_CANDIDATE),
        "dots": (1.0, Trust.IN_CANDIDATE),
    }


def test_one_that_the_sources_own_solution_fails_there_costs_nobody(course):
    check = checks_of(course, "def f(x):\n    return 1 + x")["faulty"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)
    assert "does not pass with the source's own solution" in check.message


def test_nobody_is_told_that_a_function_is_not_there_which_only_such_a_cell_has_called(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    examined = ("answer", "g", "def g():\n    return 1"), ("test", "plain", "assert g() == 1")
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", [CELLS[0], *examined, CELLS[1], CELLS[3]])
    with Grader(tmp_path) as grader:
        function = functions_of(grader, WRONG, place=3)[-1]
    assert (function.verdict, function.diagnosis) == (Verdict.FAILED, None)

"""A wrong test cell where whole notebooks are run and there is no reference: the source's own solution tells."""

from __future__ import annotations

import nbformat
import pytest
from frail_course import checks_of
from nbformat.v4 import new_notebook
from toy_course import code

from autograder.api import Grader
from autograder.results import Verdict

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faulty cells")]

SETTINGS = 'execution = "full"\n[limits]\nseconds_per_cell = 1\nseconds_per_call = 1\n'
SOLVED = "def {0}(x):\n    ### BEGIN SOLUTION\n    return {1} * x\n    ### END SOLUTION"
STUB = "def {0}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
LAZY = "def {0}(x):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"
TESTS = {
    "sound": "assert double(2) == 4",
    "wrong": "### BEGIN HIDDEN TESTS\nassert double(2) == 5, 'five'\n### END HIDDEN TESTS",
    "endless": "while True:\n    pass",
    "half": "double(2) / 8",
    "other": "assert triple(2) == 6",
}


def notebook(double, triple, tests=TESTS):
    cells = []
    for name, text in (("double", double), ("triple", triple)):
        cells.append(code(text, grade=False, solution=True, locked=False, grade_id=name))
    # All are of the last answer's; what matters is that its own cell, and what it needs, is solved.
    for aspect, source in tests.items():
        marks = {"grade": True, "solution": False, "locked": True, "points": 1}
        cells.append(code(source, grade_id=aspect, **marks))
    return nbformat.writes(new_notebook(cells=cells))


@pytest.fixture(scope="module")
def score(tmp_path_factory):
    def run(source, answer, tests=TESTS):
        root = tmp_path_factory.mktemp("faulty")
        (root / "source" / "hw").mkdir(parents=True)
        (root / "source" / "hw" / "hw.ipynb").write_text(notebook(*source, tests))
        (root / "course.toml").write_text(SETTINGS)
        (root / "hw.ipynb").write_text(notebook(*answer, tests))
        with Grader(root) as grader:
            return grader.score(root / "hw.ipynb", "hw")

    return run


SOURCE = SOLVED.format("double", 2), SOLVED.format("triple", 3)
RIGHT = "def double(x):\n    return x + x", "def triple(x):\n    return x + x + x"
WRONG = "def double(x):\n    return 7", "def triple(x):\n    return 7"


@pytest.fixture(scope="module")
def right(score):
    return score(SOURCE, RIGHT)


@pytest.mark.parametrize("fault", ["wrong", "endless", "half"])
def test_a_faulty_cell_has_no_score(right, fault):
    check = checks_of(right)[fault]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)


def test_faulty_cells_cost_no_other_and_call_a_human(right):
    assert (right.score, right.needs_manual_grade) == (2, True)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("wrong", "AssertionError: five"), ("endless", "it does not come back in time"), ("half", "it gives 0.5 of 1")],
)
def test_the_instructor_is_told_which_cell_to_mend_and_why(right, fault, reason):
    message = checks_of(right)[fault].message
    assert f"The test cell {fault} does not pass with the source's own solution ({reason}" in message
    assert "source/hw" in message


def test_a_wrong_answer_is_charged_where_the_cell_is_sound(score):
    checks = checks_of(score(SOURCE, WRONG, {name: TESTS[name] for name in ("sound", "wrong", "other")}))
    assert {name: check.score for name, check in checks.items()} == {"sound": 0, "wrong": None, "other": 0}


@pytest.mark.parametrize(
    "source",
    [
        (STUB.format("double"), STUB.format("triple")),
        (STUB.format("double"), SOURCE[1]),
        (SOURCE[0], LAZY.format("triple")),
    ],
    ids=["released", "one stub", "one empty solution"],
)
def test_a_source_without_all_solutions_tells_nothing(score, source):
    tests = {"sound": "assert double(2) == 4 and triple(2) == 6"}
    assert checks_of(score(source, WRONG, tests))["sound"].score == 0


def test_a_solution_that_does_not_come_back_is_the_instructors_to_mend(score):
    loop = SOLVED.format("double", 2).replace("return", "while x: pass\n    return")
    check = checks_of(score((loop, SOURCE[1]), (loop, RIGHT[1]), {"sound": TESTS["sound"]}))["sound"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)
    assert "does not pass with the source's own solution" in check.message

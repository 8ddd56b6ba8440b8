"""What an answer's mistake costs: its own marks, once, and by its right name."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import Verdict

TOTAL = "def total(x, tag=None):\n    ### BEGIN SOLUTION\n    return float(sum(x))\n    ### END SOLUTION\n"
DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n"
FOURFOLD = "def fourfold(x):\n    ### BEGIN SOLUTION\n    return double(double(x))\n    ### END SOLUTION\n"
CELLS = (
    ("given", "imports", "import numpy as np"),
    ("answer", "total", TOTAL),
    ("test", "own_argument", "x = np.ones(3)\nassert total(x) == 3\nassert x.sum() == 3"),
    ("test", "caught", "try:\n    n = total([1])\nexcept Exception:\n    n = 2\nassert n == 1"),
    ("test", "odd_argument", "class Odd:\n    pass\nassert total([1], Odd()) == 1"),
    ("answer", "double", DOUBLE),
    ("test", "test_double", "assert use('double', 2) == 4"),
    ("test", "test_zero", "assert use('double', 0) == 0"),
    ("answer", "fourfold", FOURFOLD),
    ("test", "test_fourfold", "assert use('fourfold', 2) == 8"),
)
HELPER = ("", "", "def use(name, x):\n    return globals()[name](x)")


@pytest.fixture(scope="module", params=["definitions", "full"], name="checks")
def _checks(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("once")
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", (HELPER, *CELLS))
    (root / "course.toml").write_text(f'execution = "{request.param}"\n')
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text(TOTAL + DOUBLE + FOURFOLD)
    with Grader(root) as grader:

        def checks(name, answer):
            cells = [(kind, one, answer if one == name else text) for kind, one, text in (HELPER, *CELLS)]
            bridge.write_source(root / "answer.ipynb", cells)
            return {one.grade_id: one for one in grader.score(root / "answer.ipynb", "hw").checks}

        yield checks


def test_with_a_reference_what_an_answer_makes_of_an_argument_is_its_own(checks):
    found = checks("total", "def total(x):\n    found = float(sum(x))\n    x[:] = [0] * len(x)\n    return found")
    assert (found["own_argument"].score, found["caught"].score) == (1, 1)


def test_a_test_that_catches_the_end_of_an_answer_is_told_as_its_end(checks):
    found = checks("total", "import os\ndef total(x):\n    os._exit(3)")
    assert (found["caught"].score, found["caught"].verdict) == (0, Verdict.CRASHED)


@pytest.mark.parametrize(("gives", "points"), [("sum(x)", 1), ("0", 0)])
def test_an_argument_that_does_not_arrive_excuses_no_answer_where_the_reference_needs_none(checks, gives, points):
    assert checks("total", f"def total(x, tag=None):\n    return {gives}")["odd_argument"].score == points


def test_a_helper_of_the_students_meets_the_references_functions_in_each_test(checks):
    found = checks("double", "def double(x):\n    return 3 * x")
    assert [found[name].score for name in ("test_double", "test_zero", "test_fourfold")] == [0, 1, 1]

"""A test cell whose last value is its score: a number beyond what counts costs that cell its score, and no other."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import Trust

RIGHT = "import math\ndef fact(n):\n    return math.prod(range(1, n + 1))"
WRONG = RIGHT + " + 1"
TESTS = {
    "huge": "score = fact(200)\nscore",
    "debt": "-fact(200)",
    "unprintable": "score = 10 ** 5000 * fact(1)\nscore",
    "sound": "assert fact(3) == 6",
    "duration": "import numpy as np\nassert fact(4) == 24\nnp.timedelta64(5, 'D')",
}
# Where whole notebooks are run, what changes a module runs in a candidate.
INSIDE = "import fractions\nimport numpy as np\nfractions.factor = fact(1)\n"
TESTS_INSIDE = {
    "huge inside": INSIDE + "fact(200)",
    "debt inside": INSIDE + "-fact(200)",
    "duration inside": INSIDE + "np.timedelta64(5, 'D')",
}
REFERENCE = RIGHT.replace("return", "### BEGIN SOLUTION\n    return") + "\n    ### END SOLUTION\n"


@pytest.fixture(scope="module", params=["definitions", "full"], name="grade")
def _grade(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("scores")
    tests = TESTS | (TESTS_INSIDE if request.param == "full" else {})
    cells = (("answer", "fact", REFERENCE), *(("test", name, source) for name, source in tests.items()))
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    if request.param == "full":
        (root / "course.toml").write_text('execution = "full"\n')
    else:
        (root / "reference").mkdir()
        (root / "reference" / "__init__.py").touch()
        (root / "reference" / "hw.py").write_text(REFERENCE)
    with Grader(root) as grader:

        def grade(answer):
            bridge.write_source(root / "answer.ipynb", (("answer", "fact", answer), *cells[1:]))
            result = grader.score(root / "answer.ipynb", "hw")
            return {check.grade_id: check for function in result.functions for check in function.checks}

        yield grade


@pytest.fixture(scope="module", name="right")
def _right(grade):
    return grade(RIGHT)


@pytest.mark.parametrize("name", ["huge", "unprintable"])
def test_a_number_that_is_too_large_is_no_score(right, name):
    assert right[name].score is None


def test_the_instructor_is_told_of_the_number(right):
    assert "inf of 1.0 points" in right["huge"].message


@pytest.mark.parametrize("name", ["sound", "duration"])
def test_the_other_cells_have_their_marks(right, name):
    assert right[name].score == 1


@pytest.mark.parametrize("grade", ["full"], indirect=True)
@pytest.mark.parametrize("name", TESTS_INSIDE)
def test_what_changes_a_module_runs_in_a_candidate(right, name):
    assert right[name].trust is Trust.IN_CANDIDATE


@pytest.mark.parametrize("grade", ["full"], indirect=True)
@pytest.mark.parametrize(("name", "score"), [("huge inside", None), ("debt inside", None), ("duration inside", 1)])
def test_a_number_counts_the_same_in_a_candidate(right, name, score):
    assert right[name].score == score


@pytest.mark.parametrize("grade", ["full"], indirect=True)
@pytest.mark.parametrize("name", ["debt", "debt inside"])
def test_the_instructor_is_told_of_a_number_that_is_far_too_small(right, name):
    assert "-inf of 1.0 points" in right[name].message


def test_a_wrong_answer_loses_the_other_cells(grade):
    checks = grade(WRONG)
    assert {name: checks[name].score for name in ("sound", "duration")} == {"sound": 0, "duration": 0}

"""What is plainly wrong outweighs what is too close to call, wherever in a test cell it stands."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

CLOSES = "checks.close(double(1.0), 2.0)\nchecks.close(double(3.0), 6.0)"
EITHER = "try:\n    checks.close(double(1.0), {})\nexcept AssertionError:\n    checks.close(double(1.0), 2.0)"
HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
TESTS = {
    "shown": CLOSES,
    "hidden": HIDDEN.format(CLOSES),
    "below": "checks.below(double(1.0) - 2, 2e-7)\nchecks.require(double(3.0) > 5, 'too small')",
    "above": "checks.above(2.2 - double(1.0), 0.1)\nassert double(3.0) > 5",
    "agree": "checks.agree({'a': double(1.0)}, {'a': 2.0})\nchecks.agree([double(3.0)], [6.0])",
    "binds": "checks.close(double(1.0), 2.0)\nsix = 6.0",
    "bound": "checks.close(double(4.0), six + 2)",
    "either": EITHER.format(2.0000001),
    "counts": "checks.close(double(1.0), 2.0)\n1.0 if double(3.0) > 5 else 0.0",
}
CELLS = (
    ("given", "imports", "from autograder import checks"),
    ("answer", "double", "def double(x):\n    return 2 * x"),
    *(("test", f"test_{name}", source) for name, source in TESTS.items()),
)
CLOSE = "def double(x):\n    return 2 * x * (1 + 5e-8 * (x != 4))"
# Too close to call at first, plainly wrong from then on.
SHIELD = "_calls = []\ndef double(x):\n    _calls.append(x)\n    return 2 * x * (1 + 5e-8) if len(_calls) == 1 else 0.5"
# The same by what is asked.
WRONG = "def double(x):\n    return 2 * x * (1 + 5e-8) if x == 1 else 0.5"
WRONG_BELOW = "def double(x):\n    return 2 + 1.9e-7 if x == 1 else 0.5"
WRONG_ABOVE = "def double(x):\n    return 2.1 + 1e-9 if x == 1 else 0.5"


@pytest.fixture(scope="module", params=["definitions", "full"], name="graded")
def _graded(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("doubts")
    (root / "source" / "hw").mkdir(parents=True)
    path = root / "source" / "hw" / "hw.ipynb"
    bridge.write_source(path, CELLS)
    if request.param == "definitions":
        (root / "reference").mkdir()
        (root / "reference" / "__init__.py").touch()
        (root / "reference" / "hw.py").write_text("def double(x):\n    return 2 * x\n")
    with Grader(root) as grader:

        def graded(answer):
            made = nbformat.read(path, as_version=4)
            made.cells[1].source = answer
            result = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw")
            return {c.grade_id.removeprefix("test_"): c.score for one in result.functions for c in one.checks}

        yield graded


def test_a_trusted_answer_is_judged_alike(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").touch()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    return 2 * x\n")
    with Grader(tmp_path) as grader:
        (paper,) = grader.course.papers
        with grader.examiner(paper).rehearsing() as (_, rehearsal):
            wrong = rehearsal.judge(paper.functions[0], lambda x: 2 * x * (1 + 5e-8) if x == 1 else 0.5)
            close = rehearsal.judge(paper.functions[0], lambda x: 2 * x * (1 + 5e-8))
    assert (wrong[1].score, close[1].score) == (0, None)


@pytest.mark.parametrize("name", ["shown", "hidden", "agree", "counts"])
@pytest.mark.parametrize("answer", [SHIELD, WRONG], ids=["by its calls", "by its argument"])
def test_what_is_plainly_wrong_after_a_doubt_has_no_marks(graded, answer, name):
    assert graded(answer)[name] == 0


@pytest.mark.parametrize(("name", "answer"), [("below", WRONG_BELOW), ("above", WRONG_ABOVE)])
def test_a_threshold_in_doubt_shields_nothing(graded, name, answer):
    assert graded(answer)[name] == 0


@pytest.mark.parametrize("name", ["shown", "hidden", "agree", "binds", "counts"])
def test_an_answer_in_doubt_throughout_waits_for_a_person(graded, name):
    assert graded(CLOSE)[name] is None


def test_what_a_cell_in_doubt_binds_is_there_for_the_next(graded):
    assert graded(CLOSE)["bound"] == 1


def test_a_test_that_catches_a_doubt_decides_by_it(graded):
    assert graded("def double(x):\n    return 2 * x")["either"] == 1

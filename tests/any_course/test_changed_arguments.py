"""Where a whole notebook is run, an answer that changes its arguments wrongly is told what is wrong with them."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

SOLUTION = """def step(weights, slopes, rate):
    ### BEGIN SOLUTION
    weights -= rate * slopes
    ### END SOLUTION"""
TEST = """w = np.array([1.0, 2.0])
step(w, np.array([3.0, 5.0]), 0.1)
assert np.allclose(w, [0.7, 1.5])
### BEGIN HIDDEN TESTS
w = np.array([3.0, 1.0])
step(w, np.array([3.0, 5.0]), 0.2)
assert np.allclose(w, [2.4, 0.0])
### END HIDDEN TESTS"""
CELLS = (("given", "imports", "import numpy as np"), ("answer", "step", SOLUTION), ("test", "test_step", TEST))
REFERENCE = f"""import numpy as np


{SOLUTION}


def question(seed):
    random = np.random.RandomState(seed)
    return random.normal(size=3), random.normal(size=3), random.uniform(0.1, 0.5)


QUESTIONS = {{"step": question}}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Give what an answer is told by its text."""
    root = tmp_path_factory.mktemp("in_place")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").write_text("")
    (root / "reference" / "hw.py").write_text(REFERENCE)
    (root / "course.toml").write_text('execution = "full"\n')
    source = root / "source" / "hw" / "hw.ipynb"
    bridge.write_source(source, CELLS)

    with Grader(root) as grader:

        def diagnosed(code):
            made = nbformat.read(source, as_version=4)
            made.cells[1].source = code
            (function,) = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions
            return function.diagnosis.message if function.diagnosis else ""

        yield diagnosed


def test_a_wrong_sign_of_the_change_is_named(told):
    message = told("def step(weights, slopes, rate):\n    weights += rate * slopes")
    assert message == "Where weights is computed, rate times slopes changes weights in the wrong direction."


def test_a_change_that_the_caller_never_sees_is_named(told):
    message = told("def step(weights, slopes, rate):\n    weights = weights - rate * slopes")
    assert message == "The call is to change weights, and leaves it as it was."


def test_the_change_of_another_argument_is_named(told):
    message = told("def step(weights, slopes, rate):\n    slopes *= rate\n    weights -= np.tanh(slopes)")
    assert message == "The call changes its input: slopes."

"""Answers that raise, or are not there, are explained by their cause."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.api import Grader
from autograder.notebook import parse_document

ROOT = Path(__file__).parents[2]
COST = "compute_cost_with_regularization"
COST_TEXT = f"def {COST}(A3, Y, parameters, lambd):\n    m = Y.shape[1]\n    return {{}}\n"


@pytest.fixture(scope="module")
def explained():
    with Grader(ROOT, None) as grader:

        def run(text: str, function: str):
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import numpy as np\n\n" + text)])
            result = grader.grade(
                parse_document(nbformat.writes(notebook).encode()), "n", "regularization", "regularization"
            )
            return next(one for one in result.functions if one.name == function).diagnosis

        yield run


CAUSES = {
    "missing-key": ("parameters['W4']", "W4"),
    "shapes-do-not-fit": ("np.dot(A3, parameters['W1'])", "A3 has shape"),
    "misspelt-name": ("compute_cst(A3, Y)", "compute_cst"),
    "none-left": ("None + lambd * m", "None"),
}


@pytest.mark.parametrize(("cause", "case"), CAUSES.items(), ids=CAUSES)
def test_an_exception_is_named_by_its_cause(explained, cause, case):
    expression, said = case
    text = "from reg_utils import compute_cost\n\n" + COST_TEXT.format(expression)
    found = explained(text, COST)
    assert (found.misconception, said in found.message) == (cause, True)


def test_the_line_that_raises_is_quoted(explained):
    assert "return parameters['W4']" in explained(COST_TEXT.format("parameters['W4']"), COST).message


def test_a_function_that_is_not_there_is_named_with_the_nearest(explained):
    found = explained(COST_TEXT.format("0.0").replace(COST, COST + "s"), COST)
    assert (found.misconception, f"{COST}s" in found.message) == ("not-defined", True)


def test_a_cell_that_python_cannot_read_is_named(explained):
    assert explained(COST_TEXT.format("(m"), COST).misconception == "unreadable"

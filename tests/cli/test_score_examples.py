"""The smallest example as `autograder score` prints it: code that is pasted, and that costs nothing."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import nbformat
import pytest
from command import typed

from autograder.course import load
from autograder.results import Counterexample

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "gradient_checking"
# One-sided approximations, of which the examples need other functions.
ONE_SIDED = {
    "gradient_check": "def gradient_check(x, theta, epsilon=1e-7):\n"
    "    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta)) / epsilon\n"
    "    grad = backward_propagation(x, theta)\n"
    "    return np.abs(grad - approx) / (np.abs(grad) + np.abs(approx))\n",
    "gradient_check_n": "def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):\n    return 1.0\n",
}


def score(*arguments: object) -> str:
    done = typed(ROOT, "score", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def hand_in(tmp_path_factory):
    """Write a notebook of right answers, some of them replaced, with more cells at its end."""
    answers = next(paper for paper in load(ROOT).papers if paper.assignment == ASSIGNMENT).answers

    def write(replaced: dict[str, str], *more: str) -> Path:
        cells = ["import numpy as np", *(answers | replaced).values(), *more]
        path = tmp_path_factory.mktemp("answers") / "answer.ipynb"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbformat.write(notebook, path)
        return path

    return write


@pytest.fixture(scope="module")
def found(hand_in, tmp_path_factory) -> tuple[dict[str, str], str]:
    """Give the code of each example by its function, and what was printed."""
    path = tmp_path_factory.mktemp("results") / "out"
    printed = score(hand_in(ONE_SIDED), "--json", path)
    of_function = {
        function["name"]: function["counterexample"] for function in json.loads(path.read_text())["functions"]
    }
    return {name: Counterexample(**example).code(name) for name, example in of_function.items() if example}, printed


def test_examples_pasted_into_a_right_notebook_cost_nothing(found, hand_in):
    codes, _ = found
    assert set(codes) == set(ONE_SIDED)
    row = json.loads(score(hand_in({}, *codes.values()), "--json", "-"))
    assert row["score"] == row["max_score"]


def test_what_is_printed_of_an_example_is_its_code(found):
    codes, printed = found
    texts = re.findall(r"paste it into the notebook:\s*\n(.*?)\n    \S", printed, re.DOTALL)
    for text, code in zip(texts, codes.values(), strict=True):
        compile(textwrap.dedent(text), "<example>", "exec")
        assert textwrap.dedent(text) == code

"""What several tests say alike stands on a student's page once."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from graded_notebook import ABOUT, about, function
from nbformat.v4 import new_code_cell, new_notebook

from autograder.language import speaker
from autograder.nbgrader_bridge.student_page import page

ROOT = Path(__file__).parents[2]
UNWRITTEN = "The function is not written yet."


@pytest.fixture
def told():
    """Give what stands as messages in the findings, and under the cells of the notebook."""

    def make(*checks):
        cells = [
            new_code_cell("assert True", metadata=about(name, 2, 2.0 if verdict == "passed" else 0.0))
            for name, verdict, _ in checks
        ]
        record = {"functions": [function("double", "missing", *checks)]}
        notebook = nbformat.from_dict(new_notebook(cells=cells, metadata={"autograder": record}))
        html = page(notebook, ABOUT, speaker("en", ROOT))
        findings, _, notebook = html.partition('aria-labelledby="notebook"')
        return tuple(re.findall(r'<p class="message">(.*?)</p>', part) for part in (findings, notebook))

    return make


def test_what_all_failing_tests_say_alike_is_told_once(told):
    checks = [(name, "missing", UNWRITTEN) for name in ("test_a", "test_b", "test_c")]
    assert told(*checks, ("test_d", "passed", "")) == ([UNWRITTEN], [UNWRITTEN])


def test_what_differs_stands_under_each_test(told):
    checks = [("test_a", "failed", "one"), ("test_b", "failed", "two"), ("test_c", "failed", "two")]
    assert told(*checks) == (["one", "two", "two"], ["one", "two", "two"])


def test_what_one_test_says_stands_under_it(told):
    assert told(("test_a", "failed", "one"), ("test_b", "passed", "")) == (["one"], ["one"])

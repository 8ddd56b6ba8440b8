"""A reference that calls itself goes as deep in a test cell as outside of one."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import Verdict

REFERENCE = """
def depth(n):
    ### BEGIN SOLUTION
    return 0 if n == 0 else 1 + depth(n - 1)
    ### END SOLUTION


def even(n):
    ### BEGIN SOLUTION
    return True if n == 0 else odd(n - 1)
    ### END SOLUTION


def odd(n):
    ### BEGIN SOLUTION
    return False if n == 0 else even(n - 1)
    ### END SOLUTION
"""
ANSWERS = {
    "depth": "def depth(n):\n    return n",
    "even": "def even(n):\n    return n % 2 == 0",
    "odd": "def odd(n):\n    return n % 2 == 1",
}
IMPORTS = "from autograder import checks\nfrom reference import hw\n"
TESTS = {
    "depth": ("assert depth(600) == hw.depth(600)", "assert checks.injected(hw.depth, even=abs)(600) == 600"),
    "even": ("assert even(600) == hw.even(600)", "assert hw.even(600)"),
    "odd": ("assert odd(601) == hw.odd(601)", "assert hw.depth(4) == 4\nassert hw.depth(600) == 600"),
}


@pytest.fixture(scope="module", name="verdicts")
def _verdicts(tmp_path_factory):
    root = tmp_path_factory.mktemp("recursive")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text(REFERENCE)
    cells = []
    for name, tests in TESTS.items():
        cells.append(("answer", name, ANSWERS[name]))
        cells += [("test", f"{name} {number}", IMPORTS + text) for number, text in enumerate(tests, 1)]
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    with Grader(root) as grader:
        result = grader.score(root / "source" / "hw" / "hw.ipynb", "hw")
    return {check.grade_id: (check.verdict, check.message) for one in result.functions for check in one.checks}


@pytest.mark.parametrize("cell", [f"{name} {number}" for name in TESTS for number in (1, 2)])
def test_a_deep_question_has_its_answer(verdicts, cell):
    assert verdicts[cell] == (Verdict.PASSED, "")

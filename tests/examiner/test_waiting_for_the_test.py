"""What a function of the test's takes, which an answer calls, is no time of the answer's own."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, NotebookResult, Verdict

SETTINGS = 'execution = "definitions"\n[limits]\nseconds_per_call = 1.0\nseconds_per_cell = {}\n'
RIGHT = "def total(f, n):\n    return sum(f(i) for i in range(n))"
TEST = """
import time


def slow(i):
    time.sleep(0.1)
    return i


assert total(slow, 40) == 780
"""


@pytest.fixture
def grade(tmp_path):
    def go(seconds_per_cell: float) -> CheckResult:
        (tmp_path / "source" / "hw").mkdir(parents=True)
        bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", [("answer", "a", RIGHT), ("test", "t", TEST)])
        (tmp_path / "course.toml").write_text(SETTINGS.format(seconds_per_cell))
        with Grader(tmp_path) as grader:
            result = grader.score(tmp_path / "source" / "hw" / "hw.ipynb", "hw")
        assert isinstance(result, NotebookResult)
        return result.checks[0]

    return go


def test_an_answer_may_call_it_often(grade) -> None:
    assert grade(20.0).score == 1


def test_but_not_for_longer_than_a_test_cell_may_take(grade) -> None:
    assert grade(1.1).verdict is Verdict.TIMEOUT

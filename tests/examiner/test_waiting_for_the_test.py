"""What it takes to call a function of the test's is no time of the answer's own."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, NotebookResult, Verdict

SETTINGS = 'execution = "definitions"\n[limits]\nseconds_per_call = 1.0\n'
RIGHT = "def total(f, n):\n    return sum(f(i) for i in range(n))"
TEST = """
import time


def slow(i):
    time.sleep({})
    return i


assert total(slow, {}) == {}
"""


@pytest.fixture
def grade(tmp_path):
    def go(calls: int, seconds: float) -> CheckResult:
        (tmp_path / "source" / "hw").mkdir(parents=True)
        test = TEST.format(seconds, calls, sum(range(calls)))
        bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", [("answer", "a", RIGHT), ("test", "t", test)])
        (tmp_path / "course.toml").write_text(SETTINGS)
        with Grader(tmp_path) as grader:
            result = grader.score(tmp_path / "source" / "hw" / "hw.ipynb", "hw")
        assert isinstance(result, NotebookResult)
        return result.checks[0]

    return go


def test_many_short_calls_are_waited_for(grade) -> None:
    assert grade(2000, 0.0005).score == 1


def test_what_a_function_takes_for_longer_is_the_time_of_who_calls_it(grade) -> None:
    assert grade(20, 0.1).verdict is Verdict.TIMEOUT


def test_no_more_is_added_than_an_answer_may_take(grade) -> None:
    assert grade(5000, 0.0005).verdict is Verdict.TIMEOUT

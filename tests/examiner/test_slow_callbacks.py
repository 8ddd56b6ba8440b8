"""What a function of the test's takes, but for our way of calling it, is the time of the answer that calls it."""

from __future__ import annotations

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import NotebookResult, Verdict

SETTINGS = 'execution = "definitions"\n[limits]\nseconds_per_call = 1.0\n'
RIGHT = "def total(f, n):\n    return sum(f(i) for i in range(n))"
TEST = """
import time


def slow(i):
    time.sleep(0.1)
    return i


assert total(slow, 20) == 190
"""


def test_who_calls_a_slow_function_often_does_not_come_back_in_time(tmp_path) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", [("answer", "a", RIGHT), ("test", "t", TEST)])
    (tmp_path / "course.toml").write_text(SETTINGS)
    with Grader(tmp_path) as grader:
        result = grader.score(tmp_path / "source" / "hw" / "hw.ipynb", "hw")
    assert isinstance(result, NotebookResult)
    assert result.checks[0].verdict is Verdict.TIMEOUT

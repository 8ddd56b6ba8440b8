"""A locked cell of the instructor's that time or the machine ends, where whole notebooks run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Verdict

pytestmark = pytest.mark.slow

SETTINGS = 'execution = "full"\n\n[limits]\nseconds_per_cell = 1\n'
TESTS = ["assert total == 3", "assert most() > 0", "assert most() > 2", "assert total > 2"]


SUM = "total = sum(1 for _ in range(most()))"
# As where the machine is too busy the first time, which no test can have it be.
BUSY_ONCE = """
import sys
from autograder.errors import SandboxError
if most() == 4 and not sys.was_busy:
    sys.was_busy = True
    raise SandboxError("busy")
else:
    total = 3
"""


def graded(root: Path, given: str, answer: int) -> list[CheckResult]:
    """Grade an answer that gives a number, where 3 is the right one."""

    def write(path: Path, number: int) -> None:
        tests = [("test", f"test_{place}", text) for place, text in enumerate(TESTS)]
        answers = ("answer", "most", f"def most():\n    return {number}")
        bridge.write_source(path, [answers, ("given", "total", given), *tests])

    (root / "source" / "hw").mkdir(parents=True)
    (root / "course.toml").write_text(SETTINGS)
    write(root / "source" / "hw" / "hw.ipynb", 3)
    write(root / "mine.ipynb", answer)
    with Grader(root) as grader:
        (function,) = grader.score(root / "mine.ipynb", "hw").functions
    return list(function.checks)


@pytest.fixture(scope="module")
def checks(tmp_path_factory) -> list[CheckResult]:
    return graded(tmp_path_factory.mktemp("slow"), SUM, 10**15)


def test_the_time_ends_the_cell_and_no_name_is_said_to_be_missing(checks):
    assert checks[0].verdict is Verdict.TIMEOUT


def test_later_it_costs_only_what_needs_it(checks):
    assert [check.verdict for check in checks[1:]] == [Verdict.PASSED, Verdict.PASSED, Verdict.FAILED]


def test_what_the_machine_ended_is_done_again(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "was_busy", False, raising=False)
    assert [check.verdict for check in graded(tmp_path, BUSY_ONCE, 4)] == [Verdict.PASSED] * 4

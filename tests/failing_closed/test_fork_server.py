"""The fork-server is killed while a right answer is graded: full marks after all, or no score at all."""

from __future__ import annotations

import os
import signal

import pytest
from frail_course import FULL, POINTS, RIGHT, checks_of, fork_servers, order, write_answer

from autograder.api import Grader
from autograder.results import Verdict

pytestmark = pytest.mark.slow

# Where the fork-server dies, and the test cell that meets a dead one.
MOMENTS = {"between": "double_before", "before": "double_before", "amid": "double_amid", "late": "double_late"}
ALWAYS = 1000


@pytest.mark.parametrize("moment", ["between", "before", "amid"])
def test_killed_once_it_costs_nothing(course, grade, moment):
    order(course, moment, 1)
    result = grade()
    assert (result.score, result.needs_manual_grade) == (FULL, False)


def test_killed_before_the_first_notebook_it_costs_nothing(course, tmp_path):
    path = write_answer(tmp_path / "hw.ipynb", RIGHT)
    with Grader(course) as grader:
        for child in fork_servers():
            os.kill(child, signal.SIGKILL)
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert grader.score(path, "hw").score == FULL


@pytest.mark.parametrize("moment", ["before", "amid", "late"])
def test_killed_every_time_it_leaves_no_score(course, grade, moment):
    order(course, moment, ALWAYS)
    result = grade()
    order(course, moment, 0)
    check = checks_of(result)[MOMENTS[moment]]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)
    assert result.needs_manual_grade
    assert result.score == FULL - POINTS


def test_the_students_own_crash_is_charged_and_ours_after_it_is_not(course, grade):
    order(course, "between", ALWAYS)
    crash = RIGHT.replace("x + x\n", "__import__('os')._exit(1) if x == 1 else x + x\n")
    checks = checks_of(grade(crash))
    order(course, "between", 0)
    assert (checks["double_between"].score, checks["double_between"].verdict) == (0.0, Verdict.CRASHED)
    assert (checks["double_before"].score, checks["double_before"].verdict) == (None, Verdict.INTERNAL_ERROR)


def test_the_next_notebook_gets_full_marks(course, grade):
    order(course, "amid", 2)
    grade()
    assert grade().score == FULL

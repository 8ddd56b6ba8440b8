"""A candidate is killed from outside, as a machine without memory does it: a right answer keeps its marks."""

from __future__ import annotations

from frail_course import checks_of, order

from autograder.results import Verdict

EXTRA = {
    "slain": (
        "from harm import due, kill_candidate\n"
        "first = double(2)\nif due('slain'): kill_candidate()\nassert first == double(2)"
    )
}
ALWAYS = 1000


def test_killed_once_it_costs_nothing(course, grade):
    order(course, "slain", 1)
    result = grade()
    assert (result.score, result.needs_manual_grade) == (result.max_score, False)


def test_killed_each_time_it_is_charged_for_that_test_cell_alone(course, grade):
    order(course, "slain", ALWAYS)
    checks = checks_of(grade())
    order(course, "slain", 0)
    assert {name: check.verdict for name, check in checks.items() if check.score != check.max_score} == {
        "double_slain": Verdict.CRASHED
    }


def test_a_candidate_that_is_killed_is_begun_twice_for_a_test_cell(course, grade):
    order(course, "slain", ALWAYS)
    grade()
    left = int((course / "source" / "hw" / "slain").read_text())
    order(course, "slain", 0)
    assert left == ALWAYS - 2

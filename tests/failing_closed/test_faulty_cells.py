"""A test cell that is wrong itself: nobody is charged for it, and the instructor is told."""

from __future__ import annotations

import pytest
from frail_course import FULL, POINTS, RIGHT, checks_of

from autograder.results import Verdict

FAULTS = {
    "unknown_name": "assert double(epsilonn) == 4",
    "wrong_value": "assert double(2) == 5",
    "wrong_call": "assert double(2, 3) == 4",
    "absent_file": "np.load('absent.npy')",
    "exit": "import sys\nsys.exit(double(2))",
    "too_many_points": "double(2) * 100",
    "too_close_for_the_reference": "from autograder import checks\nchecks.close(double(2) * (1 + 1e-6), 4)",
    "half_for_the_reference": "double(2) / 4",
    "absent_module": "import nowhere_at_all\nassert double(2) == 4",
}
SOUND = {
    "theirs": "assert double(mine) == 4",
    "sound": "assert double(2) + 1 == 5",
    "raises": "import pytest\nwith pytest.raises(TypeError):\n    double(None)",
    "lookup": "assert {0: 1}[double(0)]",
}
EXTRA = FAULTS | SOUND
SOUND_POINTS = FULL + POINTS * len(SOUND)


@pytest.fixture(scope="module")
def right(grade):
    return grade(RIGHT + "\n\n\nmine = 2")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_cell_has_no_score(right, fault):
    check = checks_of(right)[f"double_{fault}"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)


def test_faulty_cells_cost_no_other_and_call_a_human(right):
    assert (right.score, right.needs_manual_grade) == (SOUND_POINTS, True)


def test_the_instructor_is_told_which_cell_to_mend(right):
    message = checks_of(right)["double_unknown_name"].message
    assert "double_unknown_name does not pass with the reference" in message
    assert "epsilonn" in message


def test_a_wrong_answer_is_charged_where_the_cell_is_sound(grade):
    check = checks_of(grade(RIGHT.replace("x + x\n", "[x]\n")))["double_sound"]
    assert (check.score, check.verdict) == (0.0, Verdict.FAILED)


def test_what_pytest_raises_is_a_verdict_too(grade):
    checks = checks_of(grade(RIGHT.replace("x + x\n", "0\n")))
    assert checks["double_raises"].verdict is Verdict.FAILED
    assert checks["triple_plain"].score == POINTS


def test_an_integer_too_long_to_write_costs_only_its_cell(grade):
    checks = checks_of(grade(RIGHT.replace("x + x\n", "x + x if x else 10**4400\n")))
    assert checks["double_lookup"].score == 0
    assert checks["triple_plain"].score == POINTS

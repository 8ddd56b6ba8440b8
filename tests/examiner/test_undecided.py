"""An answer too close to call: no marks and no verdict of ours, but a person who looks."""

from __future__ import annotations

import pytest
from toy_course import answers, by_name

from autograder.results import Verdict

CLOSE = "def double(x):\n    return 2 * x * (1 + 5e-8)"


@pytest.fixture(scope="module", name="doubtful")
def _doubtful(grade):
    return grade(answers(double=CLOSE))


@pytest.fixture(scope="module", name="double")
def _double(doubtful):
    return by_name(doubtful)["double"]


def test_the_check_has_no_score(double):
    check = double.checks[1]
    assert (check.score, check.verdict, check.undecided) == (None, Verdict.FAILED, True)


def test_the_student_is_told_that_a_person_will_look(double):
    assert double.checks[1].message.startswith("the result differs from the right value only from digit 8 on: a person")


def test_the_other_checks_are_decided(double):
    assert [check.score for check in double.checks] == [1, None, 1]


def test_the_function_is_not_passed(double):
    assert (double.verdict, double.score) == (Verdict.PARTIAL, 2)


def test_a_person_is_called(doubtful):
    assert doubtful.needs_manual_grade


def test_it_is_no_fault_of_ours(doubtful):
    assert not doubtful.internal_error


def test_the_instructor_reads_which_check_waits(doubtful):
    assert [notice for notice in doubtful.notices if "test_double_values of double is too close" in notice]


def test_a_decided_answer_has_no_such_notice(grade):
    assert not any("too close" in notice for notice in grade(answers(double="")).notices)


def test_no_answer_can_ask_for_a_person_by_an_exception_of_that_name(grade):
    raising = "class TooClose(AssertionError): pass\ndef double(x):\n    raise TooClose('look at me')"
    assert {check.score for check in by_name(grade(answers(double=raising)))["double"].checks} == {0}

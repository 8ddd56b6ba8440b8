"""An answer that gives a matrix where an array is wanted is told so, and in no word of ours."""

from __future__ import annotations

import pytest
from toy_course import answers, by_name

from autograder.results import Verdict


@pytest.fixture(scope="module")
def double(grade):
    return by_name(grade(answers(double="def double(x):\n    return 2 * np.asmatrix(x)")))["double"]


def test_a_matrix_is_no_array(double):
    assert [check.verdict for check in double.checks[:2]] == [Verdict.FAILED, Verdict.FAILED]


def test_a_matrix_is_named(double):
    shown, values, _ = (check.message for check in double.checks)
    assert shown == ("TypeError: a matrix stands where an array is wanted; np.asarray(m) makes an array of a matrix m")
    assert values == "the result is a matrix, wanted an array of shape (2,)."

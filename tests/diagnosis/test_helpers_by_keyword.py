"""A reference may call its helpers and lent functions by keyword: slips are found all the same."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject
from autograder.diagnosis.slips.remembering import asked_once


def powered(x, power=1):
    return x**power


def right(x, y):
    return np.sum(powered(x, power=3) * y) - np.log(y[0])


def wrong(x, y):
    return np.sum(powered(x, 3) * y) + np.log(y[0])


def draw(seed):
    state = np.random.RandomState(seed)
    return state.rand(3) + 1, state.rand(3) + 1


@pytest.mark.parametrize("lent", [{}, {"powered": powered}], ids=["beside it", "lent"])
def test_a_slip_is_found_in_a_function_whose_helper_is_called_by_keyword(lent):
    found = diagnosed(Subject(right, draw, lent=lent), wrong)
    assert found
    assert found.message == "log of entry 0 of y is added instead of subtracted."


def test_a_helper_remembers_what_it_gave_by_keyword():
    calls = []
    helper = asked_once(lambda x, power=1: calls.append((x, power)) or x**power)
    assert [helper(3, power=2), helper(3, power=2), helper(3, power=3), helper(3)] == [9, 9, 27, 3]
    assert calls == [(3, 2), (3, 3), (3, 1)]

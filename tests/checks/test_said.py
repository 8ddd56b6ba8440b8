"""What messages say of an answer: nothing that it could have chosen to tell what it was asked."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import checks
from autograder.checks.failure import CheckFailed

SECRET = 1_234_567


def message(check, *arguments):
    with pytest.raises(CheckFailed) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        np.empty((0, SECRET)),
        np.empty((0,) * 5),
        np.zeros(SECRET, np.uint8),
        np.zeros((1,) * 8 + (2,)),
        [0] * SECRET,
        np.array(["x" * 1234]),
    ],
    ids=["nothing, far", "nothing, often", "many", "many sides", "a list", "a text"],
)
def test_what_could_say_much_is_not_said(value):
    told = message(checks.scalar, value)
    assert not any(sign in told for sign in ("1234", "0, 0", "1, 1"))


def test_the_number_of_other_keys_is_not_said_where_it_could_say_much():
    told = message(checks.mapping, dict.fromkeys(range(1234)), ["W1"])
    assert told == "the result has no 'W1'; it has (...) of other names."


@pytest.mark.parametrize("shape", [(0,), (3,), (5, 3), (1, 5, 3)])
def test_an_ordinary_shape_is_said(shape):
    assert str(shape) in message(checks.array, np.zeros(shape), (3, 5))


def test_a_shape_of_many_sides_is_said_where_as_many_are_wanted():
    assert "(3, 5, 5, 3)" in message(checks.array, np.zeros((3, 5, 5, 3)), (3, 1, 3, 3))


def test_a_large_one_is_said_where_it_is_made_of_the_sides_that_are_wanted():
    assert "(300, 12288)" in message(checks.array, np.zeros((300, 12288), np.float32), (12288, 300))


def test_an_array_without_entries_has_none_that_hold():
    assert message(checks.array, np.empty((0, 3)), None) == "the result has no entries."


def test_entries_are_not_missed_where_none_are_wanted():
    assert checks.array(np.empty((0, 3)), (0, 3)).size == 0


@pytest.mark.parametrize(("difference", "said"), [(0.25, "0.25"), (1.5e154, "beyond 10"), (-3e20, "beyond -10")])
def test_a_difference_is_said_where_it_can_be_one(difference, said):
    assert f"the difference is {said};" in message(checks.below, difference, 1e-7)


def test_one_too_small_to_be_one_is_said_to_be_none():
    assert "the difference is 0;" in message(checks.above, 1.234e-300, 1e-7)

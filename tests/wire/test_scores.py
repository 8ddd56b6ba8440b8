"""The number that a test cell's last value is, on either side of the wire."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.wire import number_in


@pytest.mark.parametrize("value", [2, 2.0, np.int64(2), np.uint8(2), np.float32(2), np.longdouble(2)])
def test_a_real_number_of_python_or_numpy_is_one(value):
    assert number_in(value) == 2


@pytest.mark.parametrize(("value", "number"), [(10**400, math.inf), (-(10**400), -math.inf)])
def test_an_integer_beyond_all_floats_is_infinite_with_its_sign(value, number):
    assert number_in(value) == number


def test_what_is_not_a_number_stays_so():
    assert math.isnan(number_in(np.nan))


@pytest.mark.parametrize("value", [None, True, np.True_, np.timedelta64(5, "D"), 1j, "2", [2], np.array(2)], ids=repr)
def test_all_else_is_none(value):
    assert number_in(value) is None

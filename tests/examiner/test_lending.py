"""What an answer may call of the reference."""

from __future__ import annotations

import functools
import random

import pytest

from autograder.examiner.lending import lent


def base(x):
    return 2 * x


def direct(x):
    return base(x)


def through_a_helper(x):
    return _helper(x)


def _helper(x):
    return [base(item) for item in x]


def inside(x):
    return sorted(x, key=lambda y: base(y) + 1)


def independent(x):
    return functools.reduce(max, x)


ALL = {f.__name__: f for f in (base, direct, through_a_helper, inside, independent)}


def drawing(x):
    return base(random.random() * x)  # noqa: S311 - no secret


def round_and(x):
    return round_about(x) + 1


def round_about(x):
    return round_and(x) - 1


@pytest.mark.parametrize("user", ["direct", "through_a_helper", "inside"])
def test_what_the_judged_one_uses_is_lent(user):
    assert lent(ALL, user) == {"base": base}


def test_what_it_does_not_use_is_not():
    assert lent(ALL, "base") == lent(ALL, "independent") == {}


def test_of_two_that_use_each_other_neither_is_lent():
    both = {"round_and": round_and, "round_about": round_about}
    assert lent(both, "round_and") == lent(both, "round_about") == {}


def test_to_a_function_without_a_reference_nothing_is_lent():
    assert lent({"base": base}, "other") == {}


def test_a_method_of_a_module_that_tells_no_module_of_its_own_is_not_the_references():
    assert lent({"base": base, "drawing": drawing}, "drawing") == {"base": base}

"""What an answer may call of the reference."""

from __future__ import annotations

import functools

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


def test_functions_that_use_the_judged_one_are_kept_back():
    assert lent(ALL, "base") == {"independent": independent}


def test_what_the_judged_one_uses_is_lent():
    assert set(lent(ALL, "direct")) == set(ALL) - {"direct"}


def test_a_function_without_a_reference_is_no_fault():
    assert lent({"base": base}, "other") == {"base": base}

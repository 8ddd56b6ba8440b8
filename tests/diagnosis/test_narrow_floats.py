"""Where the right result is of narrow floats, what lies within their rounding is right."""

from __future__ import annotations

import numpy as np
from asking import diagnosed

from autograder.diagnosis import Subject


def products(x, y):
    total = np.zeros(len(y), dtype=x.dtype)
    for row, other in zip(x.T, y.T, strict=True):
        total += row @ x * other.sum() / 3
    return total, x


def draw(seed):
    random = np.random.RandomState(seed)
    x, y = random.normal(size=(40, 40)), random.normal(size=(40, 40))
    return (x.astype(np.float32), y.astype(np.float32)) if seed % 3 == 2 else (x, y)


def narrow(seed):
    return tuple(one.astype(np.float32) for one in draw(seed))


def otherwise(x, y):
    return (x.T.astype(float) @ x.astype(float) * y.astype(float).sum(axis=0)[:, None] / 3).sum(axis=0)


def reordered(x, y):
    return otherwise(x, y).astype(x.dtype), x


def padded(x, y):
    return otherwise(x, y).astype(x.dtype), np.cos(x)


def wide(x, y):
    return otherwise(x, y), x


def turned(x, y):
    return -otherwise(x, y).astype(x.dtype), x


def test_the_sum_in_another_order_is_right():
    assert diagnosed(Subject(products, draw), reordered) is None


def test_another_output_that_is_wrong_is_the_one_that_is_told():
    found = diagnosed(Subject(products, draw), padded)
    assert found
    assert found.message == "Only result[1] is wrong; the other outputs are right."


def test_wider_floats_than_wanted_are_told_as_what_they_are():
    found = diagnosed(Subject(products, draw), wide)
    assert found
    assert (found.misconception, found.message) == (
        "type",
        "result[0] is right in value, but an array of float64 where an array of float32 is wanted.",
    )


def test_narrow_floats_are_no_mistake_where_the_reference_gives_them():
    assert diagnosed(Subject(products, narrow), reordered) is None


def test_a_wrong_sign_is_seen_in_narrow_floats():
    found = diagnosed(Subject(products, narrow), turned)
    assert found
    assert found.message == "result[0] is right but for the sign: plus and minus are confused."


def test_a_slip_is_found_in_narrow_floats():
    def answer(x, y):
        return otherwise(x, y).astype(x.dtype) * np.float32(3), x

    found = diagnosed(Subject(products, narrow), answer)
    assert found
    assert "the division by 3 is missing" in found.message


def test_what_lies_beyond_the_rounding_is_wrong():
    found = diagnosed(Subject(products, narrow), lambda x, y: (reordered(x, y)[0] * np.float32(1.001), x))
    assert found
    assert found.misconception in {"noise", "factor"}

"""A check that is called the wrong way is the test's mistake: it says how it is called, and judges nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import checks

W = np.array([1.0, 2.0])
NAMED: dict[str, Callable[[Any], object]] = {
    "close": lambda name: checks.close(W, W, name),
    "agree": lambda name: checks.agree({"W": W}, {"W": W}, name),
    "below": lambda name: checks.below(1e-9, 1e-7, name),
    "above": lambda name: checks.above(1e-3, 1e-7, name),
    "array": lambda name: checks.array(W, (2,), "float", name),
    "mapping": lambda name: checks.mapping({"W": W}, ["W"], name),
    "mask": lambda name: checks.mask([0, 1], (2,), name),
    "scalar": lambda name: checks.scalar(1.0, name),
    "tuple_of": lambda name: checks.tuple_of((1, 2), 2, name),
    "verify": lambda name: checks.gradients.verify(lambda x: float(x @ x), W, 2 * W, name),
}


@pytest.mark.parametrize("check", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("name", [1e-3, None, ("dW",)], ids=repr)
def test_a_name_that_is_no_text_is_refused(check: Callable[[Any], object], name: object) -> None:
    with pytest.raises(TypeError, match="name"):
        check(name)


@pytest.mark.parametrize("check", NAMED.values(), ids=NAMED)
def test_a_name_that_is_text_is_taken(check: Callable[[Any], object]) -> None:
    check("dW1")


@pytest.mark.parametrize("check", [checks.close, checks.agree])
def test_a_tolerance_in_the_place_of_the_name_is_told_where_it_belongs(check: Any) -> None:
    with pytest.raises(TypeError, match=r"write rtol=0\.001"):
        check(W, W, 1e-3)


def test_a_check_without_a_tolerance_speaks_of_none() -> None:
    with pytest.raises(TypeError) as told:
        checks.scalar(1.0, 1e-3)  # type: ignore[arg-type]
    assert "rtol" not in str(told.value)


@pytest.mark.parametrize("bound", ["rtol", "atol"])
@pytest.mark.parametrize("value", ["1e-3", None, True, [1e-3], 1j], ids=repr)
def test_a_tolerance_that_is_no_number_is_refused(bound: str, value: object) -> None:
    with pytest.raises(TypeError, match=bound):
        checks.close(W, W, **{bound: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("bound", ["rtol", "atol"])
@pytest.mark.parametrize("value", [-1e-3, np.nan, np.inf], ids=repr)
def test_a_tolerance_below_zero_or_not_finite_is_refused(bound: str, value: float) -> None:
    with pytest.raises(ValueError, match=bound):
        checks.close(W, W, **{bound: value})


@pytest.mark.parametrize("value", [0, 1, 1e-3, np.float32(1e-3), np.int64(1)], ids=repr)
def test_any_real_number_is_a_tolerance(value: float) -> None:
    checks.close(W, W, rtol=value, atol=value)


def test_a_wrong_call_is_a_mistake_also_where_the_answer_is_wrong() -> None:
    with pytest.raises(TypeError):
        checks.close(-W, W, 1e-3)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [W, None], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", ["floats", "f", None, ["float"]], ids=repr)
def test_a_kind_that_no_array_has_is_refused_with_those_there_are(kind: Any, value: object) -> None:
    with pytest.raises(ValueError, match="kind must be one of float, bool, int, number, complex, and is"):
        checks.array(value, (2,), kind)

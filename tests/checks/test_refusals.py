"""The checker is checked: each check takes every right answer and refuses every wrong one, by the name of its fault."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
import pytest

from autograder import checks
from autograder.checks import CheckFailed

W = np.array([[1.5, -2.0, 0.25], [4.0, 1e-3, -6.0]])


def changed(index: tuple[int, int], value: float) -> np.ndarray[Any, Any]:
    copy = W.copy()
    copy[index] = value
    return copy


class Bool:
    """Calls itself a boolean, and true."""

    def __bool__(self) -> bool:
        return True


Bool.__name__ = "bool"


RIGHT_ARRAYS = {
    "itself": W,
    "last digits": W * (1 + 1e-9),
    "Fortran order": np.asfortranarray(W),
    "big-endian": W.astype(">f8"),
}
WRONG_ARRAYS = {
    "sign": -W,
    "one sign": changed((0, 0), -1.5),
    "one value": changed((1, 2), -6.001),
    "scaled": 2 * W,
    "nan": changed((0, 0), np.nan),
    "inf": changed((0, 0), np.inf),
    "all nan": np.full_like(W, np.nan),
    "zeros": np.zeros_like(W),
    "transposed": W.T,
    "one axis more": W[None],
    "flat": W.ravel(),
    "broadcast row": W[:1],
    "broadcast column": W[:, :1],
    "one number": np.float64(1.5),
    "empty": np.zeros((0, 3)),
    "object dtype": W.astype(object),
    "text dtype": W.astype(str),
    "complex dtype": W + 0j,
    "half precision": W.astype(np.float16) + np.float16(0.01),
    "nested lists": W.tolist(),
    "None": None,
    "str": "W1",
    "number": 1.5,
    "tuple": (W,),
}


@pytest.mark.parametrize("got", RIGHT_ARRAYS.values(), ids=RIGHT_ARRAYS)
def test_close_takes_the_right_array(got: object) -> None:
    checks.close(got, W)


@pytest.mark.parametrize("got", WRONG_ARRAYS.values(), ids=WRONG_ARRAYS)
def test_close_refuses_a_wrong_array(got: object) -> None:
    with pytest.raises(CheckFailed):
        checks.close(got, W)


@pytest.mark.parametrize("wanted", [np.nan, np.inf, np.array([np.nan]), np.array([np.inf])])
def test_close_agrees_with_no_nan_and_no_infinity(wanted: Any) -> None:
    with pytest.raises(CheckFailed):
        checks.close(wanted, wanted)


def test_close_says_whether_all_are_wrong_and_never_what_was_wanted() -> None:
    with pytest.raises(CheckFailed) as failure:
        checks.close(changed((0, 0), np.nan), W, "dW1")
    assert str(failure.value) == "dW1 is wrong in one of its 6 values (not everything there is finite)."


@pytest.mark.parametrize(
    ("wrong", "told"), [(1, "one"), (2, "some"), (150, "some"), (151, "most"), (299, "most"), (300, "all")]
)
def test_no_count_that_an_answer_can_choose_is_said(wrong: int, told: str) -> None:
    got = np.ones(300)
    got[:wrong] = 2
    with pytest.raises(CheckFailed, match=f"^A3 is wrong in {told} of its 300 values\\.$"):
        checks.close(got, np.ones(300), "A3")


def test_how_many_values_are_not_finite_is_not_said() -> None:
    told = set()
    for broken in (1, 85, 200):
        got = np.zeros(300)
        got[:broken] = np.nan
        with pytest.raises(CheckFailed) as failure:
            checks.close(got, np.ones(300), "A3")
        told.add(str(failure.value))
    assert told == {"A3 is wrong in all of its 300 values (not everything there is finite)."}


def test_one_entry_alone_is_the_only_one() -> None:
    with pytest.raises(CheckFailed, match=r"^J is wrong in its only value"):
        checks.close(np.ones(1), np.zeros(1), "J")


RIGHT_NUMBERS = {"float": 2.5, "float64": np.float64(2.5), "0-d": np.array(2.5), "(1, 1)": np.array([[2.5]])}
WRONG_NUMBERS = {
    "sign": -2.5,
    "off by a thousandth": 2.5025,
    "nan": float("nan"),
    "inf": float("inf"),
    "bool": True,
    "numpy bool": np.bool_(True),  # noqa: FBT003
    "complex": 2.5 + 0j,
    "numpy complex": np.complex128(2.5),
    "str": "2.5",
    "bytes": b"2.5",
    "text scalar": np.str_("2.5"),
    "object array": np.array(2.5, dtype=object),
    "None": None,
    "list": [2.5],
    "tuple": (2.5,),
    "two numbers": np.array([2.5, 2.5]),
    "empty": np.array([]),
    "too large": 10**400,
}


@pytest.mark.parametrize("got", RIGHT_NUMBERS.values(), ids=RIGHT_NUMBERS)
def test_close_takes_one_number_in_any_wrapping(got: object) -> None:
    checks.close(got, 2.5)


@pytest.mark.parametrize("got", WRONG_NUMBERS.values(), ids=WRONG_NUMBERS)
def test_close_refuses_what_is_not_the_number(got: object) -> None:
    with pytest.raises(CheckFailed):
        checks.close(got, 2.5)


@pytest.mark.parametrize("name", [*WRONG_NUMBERS][2:])
def test_scalar_refuses_what_is_no_single_finite_number(name: str) -> None:
    with pytest.raises(CheckFailed, match=r"wanted|too large"):
        checks.scalar(WRONG_NUMBERS[name])


@pytest.mark.parametrize("got", [3, np.int32(3), np.uint8(3), 3.0, np.array([[3]])])
def test_scalar_gives_a_float(got: object) -> None:
    assert type(checks.scalar(got)) is float


ONES = np.array([[1, 0, 1], [0, 1, 1]])
RIGHT_MASKS = {
    "bool": ONES.astype(bool),
    "int": ONES,
    "float": ONES.astype(float),
    "uint8": ONES.astype(np.uint8),
    "minus zero": ONES * 1.0 - 0.0 * ONES,
    "lists": ONES.tolist(),
    "lists of bools": ONES.astype(bool).tolist(),
    "tuple of arrays": tuple(ONES),
}
WRONG_MASKS = {
    "two in it": ONES * 2,
    "probabilities": ONES * 0.7,
    "scaled by keep_prob": ONES / 0.5,
    "minus one": -ONES,
    "nan": np.where(ONES == 1, 1.0, np.nan),
    "inf": np.where(ONES == 1, np.inf, 0.0),
    "transposed": ONES.T,
    "flat": ONES.ravel(),
    "one row": ONES[:1],
    "ragged list": [[1, 0, 1], [0, 1]],
    "list with None": [[1, 0, None], [0, 1, 1]],
    "list with text": [["1", "0", "1"], ["0", "1", "1"]],
    "object dtype": ONES.astype(object),
    "text dtype": ONES.astype(str),
    "complex dtype": ONES + 0j,
    "None": None,
    "str": "101011",
    "one": 1,
    "dictionary": {"D1": ONES},
}


@pytest.mark.parametrize("got", RIGHT_MASKS.values(), ids=RIGHT_MASKS)
def test_mask_reads_zeros_and_ones_in_any_form(got: object) -> None:
    result = checks.mask(got, (2, 3))
    assert result.dtype == bool
    assert np.array_equal(result, ONES == 1)


@pytest.mark.parametrize("got", WRONG_MASKS.values(), ids=WRONG_MASKS)
def test_mask_refuses_all_else(got: object) -> None:
    with pytest.raises(CheckFailed):
        checks.mask(got, (2, 3))


WRONG_FORMS = {
    "shape": (W.T, "float", r"shape is \(3, 2\), wanted \(2, 3\)\.$"),
    "lost axis": (W.sum(axis=0), "float", "keepdims"),
    "integers for floats": (ONES, "float", "dtype is int64, wanted a float"),
    "bools for numbers": (ONES == 1, "number", "dtype is bool"),
    "floats for bools": (W, "bool", "dtype is float64"),
    "floats for integers": (W, "int", "dtype is float64"),
    "objects": (W.astype(object), "number", "dtype is object"),
    "complex": (W + 0j, "number", "dtype is complex128"),
    "lists": (W.tolist(), "float", "a list of 2, wanted an array"),
    "None": (None, "float", "None, wanted an array"),
}


@pytest.mark.parametrize(("got", "kind", "message"), WRONG_FORMS.values(), ids=WRONG_FORMS)
def test_array_refuses_a_wrong_form(got: object, kind: str, message: str) -> None:
    with pytest.raises(CheckFailed, match=message):
        checks.array(got, (2, 3), kind)


@pytest.mark.parametrize(("got", "kind"), [(W, "float"), (ONES, "int"), (ONES == 1, "bool"), (ONES, "number")])
def test_array_takes_the_right_form(got: object, kind: str) -> None:
    assert checks.array(got, (2, 3), kind) is got


@pytest.mark.parametrize("got", [None, [], (1, 2), "W1", {"W1": 1}, np.array({"W1": 1, "b1": 2})])
def test_mapping_refuses_what_has_not_the_keys(got: object) -> None:
    with pytest.raises(CheckFailed, match=r"wanted a dictionary|has no 'b1'"):
        checks.mapping(got, ["W1", "b1"])


CONTAINERS = {
    "dictionary": lambda got: checks.mapping(got, ["W1"]),
    "tuple": lambda got: checks.tuple_of(got, 2),
    "list": lambda got: checks.agree(got, [1, 2]),
    "deque": lambda got: checks.agree(got, deque([1])),
    "number": checks.scalar,
}


@pytest.mark.parametrize("check", CONTAINERS.values(), ids=CONTAINERS)
def test_who_gives_nothing_is_asked_whether_the_function_returns_it(check: Any) -> None:
    told = []
    for got in (None, "nothing"):
        with pytest.raises(CheckFailed) as failure:
            check(got)
        told.append(str(failure.value).endswith("Does the function return its result?"))
    assert told == [True, False]


def test_mapping_takes_more_keys_in_any_order() -> None:
    checks.mapping({"b1": 1, "extra": 2, "W1": 3}, ["W1", "b1"])


def test_mapping_refuses_keys_that_may_not_be_there() -> None:
    with pytest.raises(CheckFailed, match=r"^the result has all keys that are wanted, and others beside them\.$"):
        checks.mapping({"W1": 3, "W2": 4, "extra": 2}, ["W1"], only=True)


@pytest.mark.parametrize("got", [None, (), (1,), (1, 2, 3), {1: 2, 3: 4}, {1, 2}, "ab", np.zeros(2)])
def test_tuple_of_refuses_another_length_or_type(got: object) -> None:
    with pytest.raises(CheckFailed, match="wanted"):
        checks.tuple_of(got, 2)


@pytest.mark.parametrize("got", [(1, 2), [1, 2]])
def test_tuple_of_takes_tuples_and_lists(got: object) -> None:
    assert checks.tuple_of(got, 2) == (1, 2)


WANTED = (2.5, {"W1": W, "b1": np.zeros((2, 1))}, [1.0])
WRONG_STRUCTURES = {
    "wrong number": ((2.6, WANTED[1], [1.0]), r"result\[0\]"),
    "missing key": ((2.5, {"W1": W}, [1.0]), r"result\[1\] has no 'b1'"),
    "wrong entry": ((2.5, {"W1": -W, "b1": np.zeros((2, 1))}, [1.0]), "W1 is wrong in all of its 6 values"),
    "lost axis": ((2.5, {"W1": W, "b1": np.zeros(2)}, [1.0]), r"b1\.shape is \(2,\)"),
    "too short": ((2.5, WANTED[1]), "holds 2 items"),
    "deeper": ((2.5, WANTED[1], [2.0]), r"result\[2\]\[0\]"),
    "None": (None, "None"),
}


@pytest.mark.parametrize(("got", "place"), WRONG_STRUCTURES.values(), ids=WRONG_STRUCTURES)
def test_agree_names_the_place_that_differs(got: object, place: str) -> None:
    with pytest.raises(CheckFailed, match=place):
        checks.agree(got, WANTED)


def test_agree_takes_more_keys_in_another_order() -> None:
    checks.agree([np.array([[2.5]]), {"Z": None, "b1": np.zeros((2, 1)), "W1": W}, (1,)], WANTED)


@pytest.mark.parametrize("got", [1.3e-7, 1.0, -1e-9, float("nan"), None, True, "0", np.zeros(2)])
def test_below_refuses(got: object) -> None:
    with pytest.raises(CheckFailed):
        checks.below(got, 1e-7)


@pytest.mark.parametrize("got", [0.7e-7, 0.0, -1.0, float("nan"), float("inf"), None, True, "1", np.ones(2)])
def test_above_refuses(got: object) -> None:
    with pytest.raises(CheckFailed):
        checks.above(got, 1e-7)


def test_below_and_above_take_what_is_on_their_side() -> None:
    checks.below(np.float64(0), 1e-7)
    checks.above(np.array([[2e-7]]), 1e-7)


@pytest.mark.parametrize("condition", [False, None, 0, 1, "yes", [1], np.array(True), np.bool_(False), Bool()])  # noqa: FBT003
def test_require_takes_nothing_but_a_true_boolean(condition: object) -> None:
    with pytest.raises(CheckFailed, match=r"^why$"):
        checks.require(condition, "why")


@pytest.mark.parametrize("condition", [True, np.bool_(True)])  # noqa: FBT003
def test_require_takes_a_true_boolean(condition: object) -> None:
    checks.require(condition, "why")

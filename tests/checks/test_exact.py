"""`agree` compares what has no digits to round exactly, and tells no hidden value."""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pytest

from autograder import checks
from autograder.checks.naming import naming_only

SAME: list[tuple[Any, Any]] = [
    ("a", "a"),
    (np.str_("a"), "a"),
    (["a", {"b"}], ["a", {"b"}]),
    ({1, "a"}, frozenset({1, "a"})),
    (None, None),
    (b"x", b"x"),
    (True, True),
    (np.False_, False),
    ({"word": 2, "more": None}, {"word": 2}),
    ((1.0, "a", None), [1.0 + 1e-15, "a", None]),
    (np.array(True), True),  # noqa: FBT003
    (np.array([[False]]), False),
    (np.array([True, False]), [True, False]),
    (np.array(["a", "b"]), ["a", "b"]),
    (np.array([[1.0, 2.0]]), [[1.0, 2.0]]),
    (np.array(["a", "b"]), np.array(["a", "b"])),
    (np.array(["a", None], dtype=object), np.array(["a", None], dtype=object)),
    (np.array(["a", "b"]), np.array(["a", "b"], dtype=object)),
    (np.array(["2020-01-01", "NaT"], "M8[s]"), np.array(["2020-01-01", "NaT"], "M8[D]")),
    (np.datetime64("2020-01-01"), np.datetime64("2020-01-01")),
    (dt.date(2020, 1, 1), dt.date(2020, 1, 1)),
    (Fraction(1, 3), Fraction(1, 3)),
    (Decimal("0.10"), Decimal("0.1")),
    (range(3), range(3)),
    (bytearray(b"a"), bytearray(b"a")),
    (PurePosixPath("a"), PurePosixPath("a")),
    (deque([0.1 + 0.2]), deque([0.3])),
    ({0.1 + 0.2, 1.0}, {0.3, 1.0}),
    ({(0.1 + 0.2, "a"), (0.1 + 0.2, "b")}, {(0.3, "b"), (0.3, "a")}),
    ({float("nan"), 1.0}, {float("nan"), 1.0}),
    ({2.9999999999999996}, {3}),
    ({0.1 + 0.2: "a"}, {0.3: "a"}),
]


@pytest.mark.parametrize(("got", "wanted"), SAME)
def test_what_is_equal_agrees(got: Any, wanted: Any) -> None:
    checks.agree(got, wanted)


OTHER = {
    "text": ("secrte", "secret", "the result is a wrong text."),
    "case": ("Secret", "secret", "the result differs from the right text in upper and lower case."),
    "blanks": ("secret ", "secret", "the result differs from the right text in its blanks or ends of lines."),
    "no text": (3, "secret", "the result is an int, wanted a text."),
    "nothing": (None, "secret", "the result is None, wanted a text. Does the function return its result?"),
    "list for a set": (["secret"], {"secret"}, "the result is a list of 1, wanted a set."),
    "one too many": ({"secret", "b"}, {"secret"}, "the result has entries that should not be there."),
    "one too few": (set(), {"secret"}, "the result lacks entries that should be there."),
    "others": (
        {1, 2, 3},
        {"secret"},
        "the result lacks entries that should be there, and has others that should not.",
    ),
    "not none": (0, None, "the result is an int, wanted None."),
    "bytes": (b"x", b"secret", "the result holds wrong bytes."),
    "truth": (False, True, "the result is the wrong one of True and False."),
    "number for truth": (1, True, "the result is an int, wanted True or False."),
    "truth for a number": (True, 1, "the result is a bool, wanted one number."),
    "array for a truth": (
        np.array([True, False]),
        True,
        "the result is an array of shape (2,) and dtype bool, wanted True or False.",
    ),
    "set for a list": ({"secret"}, ["secret"], "the result is a set, wanted a list of 1."),
    "list for a tuple": ({"secret"}, ("secret",), "the result is a set, wanted a tuple of 1."),
    "texts": (np.array(["a", "b"]), np.array(["a", "secret"]), "the result[1] is a wrong text."),
    "no array of texts": (["a"], np.array(["a"]), "the result is a list of 1, wanted an array of shape (1,)."),
    "dates": (
        np.array(["2020-01-01", "2020-01-02"], "M8[D]"),
        np.array(["2020-01-01", "NaT"], "M8[D]"),
        "the result is wrong in one of its 2 values.",
    ),
    "times for dates": (
        np.array([1], "m8[D]"),
        np.array([1], "M8[D]"),
        "the result.dtype is timedelta64[D], wanted datetime64[D].",
    ),
    "times that have no common unit": (
        np.array([1], "m8[Y]"),
        np.array([365], "m8[D]"),
        "the result.dtype is timedelta64[Y], wanted timedelta64[D].",
    ),
    "another date": (dt.date(2020, 1, 2), dt.date(2020, 1, 1), "the result has a wrong value."),
    "moment for a date": (dt.datetime(2020, 1, 1), dt.date(2020, 1, 1), "the result has a wrong value."),  # noqa: DTZ001
    "float for a fraction": (0.5, Fraction(1, 2), "the result is a float, wanted a Fraction."),
    "list for a deque": ([1], deque([1]), "the result is a list of 1, wanted a deque."),
    "another number in a set": (
        {0.31},
        {0.3},
        "the result lacks entries that should be there, and has others that should not.",
    ),
    "whole numbers that are near": (
        {10**12 + 1},
        {10**12},
        "the result lacks entries that should be there, and has others that should not.",
    ),
    "one number for two": ({0.1 + 0.2}, {0.3, 0.3 + 1e-12}, "the result lacks entries that should be there."),
    "within": ({"a": ["secrte"]}, {"a": ["secret"]}, "a[0] is a wrong text."),
}


@pytest.mark.parametrize("what", OTHER)
def test_what_differs_is_said_without_the_value(what: str) -> None:
    got, wanted, message = OTHER[what]
    with pytest.raises(checks.CheckFailed) as failed:
        checks.agree(got, wanted)
    assert str(failed.value) == message


def test_keys_that_are_data_are_wanted_all_and_none_beside_them() -> None:
    checks.agree({"a": 1, "b": {"c": 2}}, {"b": {"c": 2}, "a": 1}, only=True)
    with pytest.raises(checks.CheckFailed, match=r"^the result has entries that should not be there\.$"):
        checks.agree({"a": 1, "b": 2}, {"a": 1}, only=True)


def test_keys_that_are_data_are_never_named() -> None:
    with pytest.raises(checks.CheckFailed, match=r"^the result lacks entries that should be there\.$"):
        checks.agree({}, {"secret": 1}, only=True)
    with pytest.raises(checks.CheckFailed, match=r"^an entry of the result has a wrong value\.$"):
        checks.agree({"secret": 2}, {"secret": 1}, only=True)


def test_numbers_among_keys_that_are_data_may_differ_in_their_last_digits():
    checks.agree({0.1 + 0.2: 1, float("nan"): 2}, {0.3: 1, float("nan"): 2}, only=True)


def test_a_number_in_a_set_that_is_nearly_right_is_for_a_person():
    with pytest.raises(
        checks.TooClose, match=r"^numbers in the result differ from the right ones in their last digits"
    ):
        checks.agree({0.3 * (1 + 1e-6)}, {0.3})


def test_what_is_plainly_wrong_beside_a_doubtful_number_in_a_set_is_wrong():
    with pytest.raises(checks.CheckFailed):
        checks.agree({0.3 * (1 + 1e-6), 1.0}, {0.3, 2.0})


@pytest.mark.parametrize("wanted", [np.zeros(1, "V4"), {"a": 1}.keys(), object()], ids=lambda one: type(one).__name__)
def test_what_agree_cannot_compare_is_the_tests_own_mistake(wanted):
    with pytest.raises(TypeError, match=r"^agree cannot compare "):
        checks.agree(wanted, wanted)


def message(got, wanted):
    with pytest.raises(checks.CheckFailed) as failed, naming_only({"W1", "b1"}):
        checks.agree(got, wanted)
    return str(failed.value)


def test_a_missing_key_that_students_know_is_named():
    assert message({"W1": 1, "x": 2}, {"W1": 1, "b1": 2}) == "the result has no 'b1'; it has 'W1', 1 of other names."


def test_a_missing_key_that_only_a_hidden_question_has_is_not_named():
    assert message({"W1": 1}, {"W1": 1, "secret": 2}) == "the result lacks entries that should be there."


def test_beside_a_missing_key_that_is_known_no_other_is_named():
    told = message({"secret": 1}, {"W1": 1, "secret": 2, "other": 3})
    assert told == "the result has no 'W1'; it has 1 of other names."


def test_what_stands_under_a_key_that_only_a_hidden_question_has_is_an_entry():
    assert message({"secret": 2}, {"secret": 1}) == "an entry of the result has a wrong value."


def test_what_stands_under_a_key_that_students_know_is_called_by_it():
    assert message({"W1": 2}, {"W1": 1}) == "W1 has a wrong value."


def test_keys_that_lie_close_together_are_paired_with_their_own():
    checks.agree({1 + 1e-15: 7.0, 1.000001 + 1e-15: 5.0}, {1.000001: 5.0, 1.0: 7.0})


def test_a_number_that_is_there_is_no_other_ones_partner():
    checks.agree({1.0, 1.0 + 2e-9}, {1.0, 1.0 + 1e-9})


@pytest.mark.parametrize(("got", "wanted"), [({math.inf}, {math.nan}), ({(1.0, 5.0)}, {(1.0, math.nan)})])
def test_in_a_set_nothing_but_nan_is_nan(got, wanted):
    checks.agree({*wanted}, wanted)
    with pytest.raises(checks.CheckFailed):
        checks.agree(got, wanted)


def test_no_date_equals_no_date():
    checks.agree(np.datetime64("NaT"), np.datetime64("NaT"))


def test_times_of_which_one_is_no_number_of_the_others_differ():
    with pytest.raises(checks.CheckFailed):
        checks.agree(np.timedelta64(365, "D"), np.timedelta64(1, "Y"))

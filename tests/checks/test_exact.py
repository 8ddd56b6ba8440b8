"""`agree` compares what has no digits to round exactly, and tells no hidden value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder import checks

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

"""How far results lie apart, through any structure."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.audit.likeness import apart


@pytest.mark.parametrize("value", ["text", None, {"p": np.ones(2), "q": "text"}, (1.0, [np.nan]), 1j, {}, ()])
def test_a_result_is_nothing_from_itself(value):
    assert apart(value, value) == 0


def test_a_rounding_within_a_dictionary_is_a_rounding():
    assert 0 < apart({"p": (1 + 1e-15, "text")}, {"p": (1.0, "text")}) < 1e-2


@pytest.mark.parametrize(
    ("got", "wanted"),
    [({"p": 1}, {"q": 1}), ((1.0, "a"), (1.0, "b")), ((1, 2), (1, 2, 3)), (None, 1.0), ({}, None)],
)
def test_another_form_is_infinitely_far(got, wanted):
    assert apart(got, wanted) == math.inf


@pytest.mark.parametrize(("got", "wanted"), [(np.str_("a"), "a"), (np.True_, True), ([np.str_("a")], ["a"])])
def test_what_the_checks_take_for_the_same_is_the_same(got, wanted):
    assert apart(got, wanted) == 0


def test_another_text_is_infinitely_far():
    assert apart(np.str_("b"), "a") == math.inf

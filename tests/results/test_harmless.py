"""Text that goes into tables."""

from __future__ import annotations

import pytest

from autograder.results import harmless


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_takes_for_a_formula(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", [-1.5, 0, "a=1", "Zoë"])
def test_what_is_harmless_stays(value):
    assert harmless(value) == value

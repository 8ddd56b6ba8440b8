"""From results to nbgrader's database."""

from __future__ import annotations

import math

import pytest
from autograder import nbgrader_bridge as bridge
from conftest import ALL_PASSED, check, result


def test_full_marks_are_full_marks(generated, hand_in, grades):
    hand_in("ada")
    assert bridge.write_grades(generated, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert grades("ada") == {"test_visible": (2.0, False), "test_hidden": (3.0, False)}

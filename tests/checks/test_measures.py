"""What checks hold against thresholds stands in the result, for the instructor."""

from __future__ import annotations

import pytest

from autograder import checks
from autograder.checks import CheckFailed
from autograder.checks.measures import recording
from autograder.results import Measure


def test_what_is_measured_is_recorded_whatever_the_verdict():
    with recording() as found:
        checks.below(3e-10, 1e-7)
        with pytest.raises(CheckFailed):
            checks.above(1e-12, 1e-9, "the other")
    assert found == [
        Measure("the difference", 3e-10, 1e-7, "below"),
        Measure("the other", 1e-12, 1e-9, "above"),
    ]


def test_nobody_needs_to_listen():
    checks.below(3e-10, 1e-7)


def test_what_is_no_number_is_no_measure():
    with recording() as found, pytest.raises(CheckFailed):
        checks.below(None, 1e-7)
    assert found == []


def test_a_loop_does_not_fill_the_records():
    with recording() as found:
        for _ in range(100):
            checks.below(1e-9, 1e-7)
    assert len(found) == 32

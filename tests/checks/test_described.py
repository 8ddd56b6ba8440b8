"""What a value is called in messages."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.structure import described


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "an int"),
        (1.0, "a float"),
        ("x", "a str"),
        (np.float64(1), "a float64"),
        (np.uint8(1), "a uint8"),
        (object(), "an object"),
        ([1, 2], "a list of 2"),
    ],
)
def test_a_value_is_described(value, said):
    assert described(value) == said

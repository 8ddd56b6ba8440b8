"""What a value is called in messages."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import CheckFailed
from autograder.checks.saying import described
from autograder.checks.structure import array


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


@pytest.mark.parametrize(("kind", "said"), [("int", "wanted an int type."), ("float", "wanted a float type.")])
def test_a_kind_of_numbers_has_its_article(kind, said):
    with pytest.raises(CheckFailed, match=said):
        array(np.array([True]), kind=kind)

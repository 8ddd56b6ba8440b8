"""An answer that is None for some questions stands in no relation to the right numbers."""

from __future__ import annotations

import pytest
from asking import diagnosed

from autograder.diagnosis import Subject


def fewest(amount):
    return amount * 3


def draw(seed):
    return (seed % 100 + 2,)


ANSWERS = {
    "right elsewhere": lambda amount: None if amount == 2 else amount * 3,
    "wrong elsewhere": lambda amount: None if amount == 2 else -amount * 3,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_is_none_for_some_inputs_is_told_as_that(answer):
    found = diagnosed(Subject(fewest, draw), answer)
    assert found
    assert (found.misconception, found.message) == (
        "not-numbers",
        "The result is None for some inputs where a number is wanted.",
    )

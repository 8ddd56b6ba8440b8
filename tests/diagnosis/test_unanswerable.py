"""A question that the reference cannot answer itself is no ground for a diagnosis."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.diagnosis import Subject


def total(y, x):
    return float(np.sum(y * x))


@pytest.mark.parametrize(
    "arguments",
    [(np.ones(3), np.ones(4)), np.ones(3), ("a", "b")],
    ids=["shapes", "no tuple", "no numbers"],
)
def test_a_reference_that_raises_on_its_own_question_is_refused(arguments):
    with pytest.raises(ValueError, match="total cannot be called with what its own question gives"):
        Subject(total, lambda _: arguments)


def test_a_reference_that_answers_its_question_is_taken():
    assert Subject(total, lambda seed: (np.ones(3), np.full(3, float(seed)))).fresh

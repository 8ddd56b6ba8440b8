"""A cause that is named is true of the answer: another one that predicts the same numbers is not."""

from __future__ import annotations

import re

import pytest
from asking import diagnosed, edited, subject
from false_causes import EDITS

from autograder.diagnosis.hints import HINTS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("assignment", "function", "edits", "said", "unsaid"), EDITS, ids=[f"{f}-{e[0][1][:40]}" for _, f, e, *_ in EDITS]
)
def test_what_is_said_is_true(assignment, function, edits, said, unsaid):
    found = diagnosed(subject(assignment, function), edited(assignment, function, *edits))
    assert found is not None
    assert re.search(said, found.message)
    assert not re.search(unsaid, found.message)


def test_outputs_of_zero_are_not_said_to_be_copied():
    function = "backward_propagation_n"
    zeros = edited("gradient_checking", function, ("1.0 / m", "1 // m"))
    found = diagnosed(subject("gradient_checking", function), zeros)
    assert found is not None
    assert found.hint == HINTS["all-zero"]

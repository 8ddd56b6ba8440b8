"""When two scores are the same."""

from __future__ import annotations

import pytest

from autograder.results import same_score


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(0.3, 0.1 + 0.2, True), (1.0, 1.5, False), (None, None, True), (None, 0.0, False), (0.0, None, False)],
)
def test_scores_are_the_same_but_for_rounding_and_none_is_no_zero(one, other, same):
    assert same_score(one, other) is same

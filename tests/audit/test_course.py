"""The hidden tests of this course, graded: no wrong answer survives, no right one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.api import auditing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ["initialization", "regularization", "gradient_checking"])
def test_the_tests_reach_every_bar(assignment):
    (found,) = auditing.audit(ROOT, assignment, 2, lambda *_: None)
    assert found.faults == ()
    for function in found.functions:
        assert function.killed > 10
        assert function.right > 10

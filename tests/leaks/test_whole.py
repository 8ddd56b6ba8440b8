"""Wrong answers that tell all they are asked: nothing of it is read anywhere."""

from __future__ import annotations

import pytest
from canary_course import make_canary_course
from whole import raid


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "every"), [("initialization", 12), ("regularization", 60)])
def test_nothing_hidden_is_told(tmp_path, assignment, every):
    handed_in, told = raid(tmp_path, assignment, every)
    assert handed_in > 1
    assert told == []


@pytest.mark.slow
def test_the_canaries_would_be_seen(tmp_path):
    secrets = make_canary_course(tmp_path, "regularization")
    assert "hidden input" in secrets.shown("x = array([[0.72619281, ...")
    assert secrets.shown("<pre># canary-hidden-7e21</pre>") == ["hidden test"]
    assert secrets.shown("for seed in (31, 32, 33):") == []
    assert "A3, Y, parameters, lambd = reference.cost_question(seed)" in secrets.shown(
        "<li>A3, Y, parameters, lambd = reference.cost_question(seed)</li>"
    )

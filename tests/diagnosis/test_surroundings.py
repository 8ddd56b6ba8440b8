"""What a trusted function finds around it is gone again when it has been called."""

from __future__ import annotations

import runpy

import pytest

from autograder.diagnosis.evidence import Question
from autograder.diagnosis.slips.program import program
from autograder.diagnosis.surroundings import lending


@pytest.fixture
def space(tmp_path):
    """Give the globals of a module with a function that calls one it has not."""
    path = tmp_path / "module.py"
    path.write_text("known = len\n\n\ndef right(x):\n    return known(x) + helper(x)\n")
    return runpy.run_path(str(path))["right"].__globals__


def test_a_stand_in_takes_its_place_for_a_while_only(space):
    with lending(space["right"], Question((1,), 1, {"known": max, "helper": min})):
        assert (space["known"], space["helper"]) == (max, min)
    assert space["known"] is len
    assert "helper" not in space


def test_a_function_that_makes_slips_forgets_stand_ins_too(space):
    slipping = program(space["right"], {})
    assert slipping
    assert slipping.run((), ([2, 3],), {"helper": sum}) == 7
    with pytest.raises(NameError, match="helper"):
        slipping.run((), ([2, 3],), {})

"""A test cell that never ends by itself: the reference is held to the limits of a cell too."""

from __future__ import annotations

import pytest
from frail_course import make_course

from autograder.api import Grader

LIMITS = "[limits]\nseconds_per_call = 0.4\nseconds_per_cell = 0.4\nmemory_mb = 600\n"
ENDLESS = {"endless": "while True:\n    pass", "huge": "np.ones(10**10)", "sound": "assert double(2) == 4"}


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("endless"), {"double": ENDLESS})
    (root / "course.toml").write_text(LIMITS)
    with Grader(root) as grader:
        (paper,) = grader.course.papers
        with grader.examiner(paper).rehearsing() as (_, rehearsal):
            return {name: rehearsal.fault(f"double_{name}") for name in ENDLESS}


def test_a_cell_that_the_reference_does_not_come_back_from_is_at_fault(faults):
    assert "double_endless does not pass with the reference solution itself" in faults["endless"]


def test_the_instructor_is_told_of_the_time_in_plain_words(faults):
    assert "(it does not come back in time)" in faults["endless"]


def test_the_instructor_is_told_of_the_memory_in_plain_words(faults):
    assert "(it asks for more memory than it may have)" in faults["huge"]


def test_the_cells_beside_it_are_sound(faults):
    assert faults["sound"] == ""

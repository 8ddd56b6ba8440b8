"""Exceptions of ours survive the way back from a worker process."""

from __future__ import annotations

import pickle

import pytest

from autograder import errors
from autograder.errors import AutograderError, CourseError


def test_a_course_error_keeps_its_faults_from_process_to_process() -> None:
    arrived = pickle.loads(pickle.dumps(CourseError(["first fault", "second fault"])))  # noqa: S301 - our own
    assert arrived.faults == ("first fault", "second fault")
    assert str(arrived) == "first fault\nsecond fault"


@pytest.mark.parametrize("name", [n for n in vars(errors) if n.endswith("Error")])
def test_every_error_is_of_the_one_tree_and_drawn_there(name: str) -> None:
    assert issubclass(getattr(errors, name), AutograderError)
    assert f"{name} " in (errors.__doc__ or "")

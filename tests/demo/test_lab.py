"""The course of `autograder lab`: handed in, in time, and nothing in the way of who tries it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.cli.lab import about
from autograder.demo import sample_class
from autograder.demo.lab import HANDED_IN, set_up
from autograder.errors import UsageError
from autograder.nbgrader_bridge.course import open_course

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    pupils = [pupil for pupil in sample_class() if HANDED_IN in pupil.late]
    instructor, _ = set_up(PROJECT, tmp_path_factory.mktemp("lab"), pupils)
    return instructor.folder


def test_who_tries_the_students_desk_is_in_time(course):
    with open_course(course, HANDED_IN) as opened, opened.gradebook() as gradebook:
        due = gradebook.find_assignment(HANDED_IN).duedate
    assert due > datetime.now(UTC).replace(tzinfo=None)


def test_the_class_has_handed_in_and_nothing_is_collected(course):
    assert not (course / "submitted").exists()
    assert bridge.collect(course, HANDED_IN)
    (handed_in,) = (course / "submitted").iterdir()
    assert handed_in.name == "greta"


def test_formgrader_does_not_warn_that_one_person_hands_in_for_all(course):
    with open_course(course, HANDED_IN) as opened:
        assert opened.exchange("Collect").check_owner is False


def test_the_first_time_it_says_what_waits_there(tmp_path):
    assert "waits to be collected and graded" in about(tmp_path, again=False)


def test_the_second_time_it_says_that_it_goes_on_and_how_to_begin_anew(tmp_path):
    told = about(tmp_path, again=True)
    assert (
        told
        == f"The course of last time, as it was left. For a new one remove {tmp_path}, or name another with --into."
    )


def test_a_course_without_what_is_handed_in_is_refused_before_anything_is_made(tmp_path):
    shutil.copytree(PROJECT / "source" / "initialization", tmp_path / "other" / "source" / "initialization")
    with pytest.raises(UsageError, match=f"has no assignment {HANDED_IN}"):
        set_up(tmp_path / "other", tmp_path / "lab", [])
    assert not (tmp_path / "lab").exists()

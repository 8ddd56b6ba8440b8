"""To students and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError

DUE = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def released(course):
    bridge.release(course, "hw")
    return course


def hand_in(course, folder, student="ada", at=None):
    fetched = bridge.fetch(course, student, folder, "hw")
    bridge.submit(course, student, folder, "hw", at)
    return fetched


def late(course):
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    return bridge.standing(course, "hw")[0].seconds_late


def test_what_is_fetched_and_handed_in_is_collected(released, tmp_path):
    fetched = hand_in(released, tmp_path / "ada")
    assert (fetched / "hw.ipynb").exists()
    bridge.collect(released, "hw")
    assert [found.student for found in bridge.submissions(released, "hw")] == ["ada"]


def test_a_newer_submission_takes_the_place_of_the_older(released, tmp_path):
    fetched = hand_in(released, tmp_path / "ada")
    bridge.collect(released, "hw")
    (fetched / "more.txt").write_text("second thoughts")
    bridge.submit(released, "ada", tmp_path / "ada", "hw")
    bridge.collect(released, "hw")
    assert (released / "submitted" / "ada" / "hw" / "more.txt").exists()


@pytest.mark.parametrize(("minutes", "seconds_late"), [(-1, 0), (0, 0), (1, 60)])
def test_late_is_what_comes_after_the_due_date(released, tmp_path, minutes, seconds_late):
    bridge.set_due_date(released, "hw", DUE)
    hand_in(released, tmp_path / "ada", at=DUE + timedelta(minutes=minutes))
    bridge.collect(released, "hw")
    assert late(released) == seconds_late


def test_time_zones_are_heeded(released, tmp_path):
    bridge.set_due_date(released, "hw", DUE.astimezone(timezone(timedelta(hours=-5))))
    hand_in(released, tmp_path / "ada", at=DUE.astimezone(timezone(timedelta(hours=9))))
    bridge.collect(released, "hw")
    assert late(released) == 0


def test_a_second_fetch_is_refused(released, tmp_path):
    bridge.fetch(released, "ada", tmp_path, "hw")
    with pytest.raises(BridgeError, match="fetching hw for ada: You already have a copy"):
        bridge.fetch(released, "ada", tmp_path, "hw")


def test_fetch_of_what_is_not_released(released, tmp_path):
    with pytest.raises(BridgeError, match="Assignment not found"):
        bridge.fetch(released, "ada", tmp_path, "hw2")


def test_submit_of_a_folder_that_is_not_there(released, tmp_path):
    with pytest.raises(BridgeError, match="handing in hw of ada: Assignment not found"):
        bridge.submit(released, "ada", tmp_path, "hw")


def test_a_lone_notebook_of_another_name_is_taken(released, tmp_path):
    fetched = bridge.fetch(released, "ada", tmp_path, "hw")
    (fetched / "hw.ipynb").rename(fetched / "Homework (2).ipynb")
    bridge.submit(released, "ada", tmp_path, "hw")
    bridge.collect(released, "hw")
    assert [path.name for one in bridge.submissions(released, "hw") for _, path in one.paths] == ["hw.ipynb"]


def test_of_several_notebooks_only_the_known_one_is_taken(released, tmp_path):
    fetched = bridge.fetch(released, "ada", tmp_path, "hw")
    for number in range(5):
        (fetched / f"scratch{number}.ipynb").write_text("{}")
    bridge.submit(released, "ada", tmp_path, "hw")
    bridge.collect(released, "hw")
    assert len(list((released / "submitted" / "ada" / "hw").glob("scratch*.ipynb"))) == 5
    assert [name for one in bridge.submissions(released, "hw") for name, _ in one.paths] == ["hw"]


def test_an_assignment_that_was_never_generated_is_to_be_released_before_there_are_submissions(released):
    with pytest.raises(BridgeError, match="`autograder release hw2`"):
        bridge.submissions(released, "hw2")


def test_a_submission_with_a_link_is_left_and_named_and_the_others_are_collected(course):
    bridge.release(course, "hw")
    for student in ("ada", "eve"):
        (course.parent / student).mkdir()
        bridge.fetch(course, student, course.parent / student, "hw")
        bridge.submit(course, student, course.parent / student, "hw")
    (inbound,) = (course / "exchange" / "tiny" / "inbound").glob("eve+hw+*")
    (inbound / "notes.txt").symlink_to(course / "gradebook.db")
    assert [one.student for one in bridge.collect(course, "hw").left] == ["eve"]
    assert {path.name for path in (course / "submitted").iterdir()} == {"ada"}

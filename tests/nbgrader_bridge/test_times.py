"""The time of handing in is a file of the student's: whatever it is, it stops nobody."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED

from autograder import nbgrader_bridge as bridge
from autograder.api.outcomes import class_outcome

DUE = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
TEXTS = {
    "a word": b"soon",
    "a large number": b"99999999999999999999",
    "no UTF-8": b"\xff\xfe",
    "a zone without end": b"2026-01-10 11:00:00 " + b"9" * 30,
    "an early year": b"0001-01-01 00:00:00 +0900",
    "a book": b"2026-01-10 11:00:00 UTC" + b" " * 10**6,
}


def other_than_files(path, kind):
    make = {
        "a folder": path.mkdir,
        "a pipe": lambda: os.mkfifo(path),
        "a link": lambda: path.symlink_to("/dev/zero"),
        "a link to nothing": lambda: path.symlink_to("nowhere"),
    }
    make[kind]()


@pytest.fixture
def untimed(course, hand_in):
    """Hand in with something for a time, and with nothing wrong beside it."""
    bridge.set_due_date(course, "hw", DUE)
    hand_in("ada")
    (course / "submitted" / "ada" / "hw" / "timestamp.txt").write_text("2026-01-10 11:00:00.000000 UTC")
    return hand_in("bela").parent / "timestamp.txt"


def graded(course):
    refused = write_grades(course, "hw", {(name, "hw"): ALL_PASSED for name in ("ada", "bela")})
    times = {one.student: one.timestamp for one in bridge.standing(course, "hw")}
    return refused, times


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_no_time_is_none(course, untimed, text):
    untimed.write_bytes(text)
    assert graded(course) == ((), {"ada": DUE.replace(hour=11, tzinfo=None), "bela": None})
    assert bridge.untimed(course, "hw") == ("bela",)
    assert [one.person.id for one in class_outcome(course, "hw").submitted] == ["ada", "bela"]


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link", "a link to nothing"])
def test_what_is_no_file_is_none(course, untimed, kind):
    other_than_files(untimed, kind)
    assert graded(course) == ((), {"ada": DUE.replace(hour=11, tzinfo=None), "bela": None})
    assert bridge.untimed(course, "hw") == ("bela",)


def test_a_submission_without_a_file_has_no_time_and_nothing_is_wrong_with_it(course, untimed):
    assert not untimed.exists()
    assert bridge.untimed(course, "hw") == ()
    assert graded(course)[1]["bela"] is None


def test_a_pipe_beside_a_notebook_is_not_waited_for(course, untimed):
    os.mkfifo(untimed.with_name("data.csv"))
    assert graded(course)[0] == ()
    assert not (course / "autograded" / "bela" / "hw" / "data.csv").exists()

"""A gradebook that nobody can read, or that is gone: one line that says so and what to do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from entering import write_grades
from sqlalchemy.dialects import registry
from tiny_course import ALL_PASSED, make_course

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError, GradebookError

DOORS: dict[str, Callable[[Path], object]] = {
    "who has handed in": lambda course: bridge.submissions(course, "hw"),
    "how it stands": lambda course: bridge.standing(course, "hw"),
    "who waits": lambda course: bridge.waiting(course, "hw"),
    "the class list": bridge.class_list,
    "the marks": lambda course: bridge.export(course, course / "grades.csv"),
    "writing": lambda course: write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}),
    "generating": lambda course: bridge.generate(course, "hw"),
    "feedback": lambda course: bridge.generate_feedback(course, "hw"),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_damaged_gradebook_is_told_in_a_line(course, hand_in, door):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    (course / "gradebook.db").write_text("no database at all\n" * 100)
    with pytest.raises(GradebookError, match=re.escape(str(course / "gradebook.db"))) as told:
        DOORS[door](course)
    said = str(told.value)
    assert "file is not a database" in said
    assert "copy" in said
    assert not [word for word in ("\n", "sqlalche.me", "SELECT") if word in said]


def test_a_gradebook_of_an_older_nbgrader_is_not_called_damaged(course):
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("ALTER TABLE student DROP COLUMN lms_user_id")
        database.execute("UPDATE alembic_version SET version_num = '167914646830'")
    with pytest.raises(GradebookError, match="tables are those of another version of nbgrader") as told:
        bridge.class_list(course)
    said = str(told.value)
    assert f"`nbgrader db upgrade --db=sqlite:///{course / 'gradebook.db'}`" in said
    assert "damaged" not in said


def test_a_gradebook_that_is_gone_asks_for_a_release_and_not_for_submissions(course, hand_in):
    hand_in("ada")
    (course / "gradebook.db").unlink()
    with pytest.raises(BridgeError, match="`autograder release hw`"):
        bridge.submissions(course, "hw")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "",
        "nosuch://host/name",
        "sqlite://nobody/name",
        "mysql://host/name",
        "postgresql+psycopg://user@host:port/name",
    ],
)
def test_a_gradebook_whose_address_is_none_is_the_callers_mistake(course, url):
    with pytest.raises(BridgeError, match="--db") as told:
        bridge.submissions(course, "hw", url)
    assert not isinstance(told.value, GradebookError)
    said = str(told.value)
    assert f"{url!r} is none" in said
    assert "sqlite:///" in said
    assert "\n" not in said


def test_a_server_that_lets_nobody_in_is_not_called_damaged(course):
    with pytest.raises(GradebookError, match=re.escape("127.0.0.1:1/marks")) as told:
        bridge.submissions(course, "hw", "postgresql+psycopg://ada:secret@127.0.0.1:1/marks")
    said = str(told.value)
    assert "server" in said
    assert not [word for word in ("damaged", "copy", "secret") if word in said]


@pytest.mark.parametrize("driver", ["postgresql+psycopg", "postgresql+none"])
def test_a_password_among_the_settings_of_an_address_is_not_shown(course, driver):
    with pytest.raises(BridgeError) as told:
        bridge.submissions(course, "hw", f"{driver}://ada@127.0.0.1:1/marks?password=secret")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("password", ["secret", "sec/ret", "sec:ret"])
@pytest.mark.parametrize("address", ["postgresql+psycopg://ada:{}@host:port/marks", "nosuch://ada:{}@host/marks"])
def test_of_an_address_that_cannot_be_opened_the_password_is_not_shown(course, address, password):
    with pytest.raises(BridgeError, match=re.escape(f"{address.format('***')!r} is none")):
        bridge.submissions(course, "hw", address.format(password))


def test_a_driver_that_cannot_be_loaded_is_told_without_the_password(course, tmp_path, monkeypatch):
    (tmp_path / "brokendriver.py").write_text("raise ImportError('no wrapper of the library is there\\nattempts: ...')")
    monkeypatch.syspath_prepend(tmp_path)
    registry.register("broken", "brokendriver", "Dialect")
    with pytest.raises(BridgeError, match=r"'broken://ada:\*\*\*@host/marks' is none") as told:
        bridge.submissions(course, "hw", "broken://ada:secret@host/marks")
    assert "no wrapper of the library is there. It stands" in str(told.value)


@pytest.mark.parametrize("empty", [False, True])
def test_another_gradebook_that_is_not_there_is_not_made(course, tmp_path, empty):
    trial = tmp_path / "trial.db"
    if empty:
        trial.touch()
    with pytest.raises(BridgeError, match=f"no gradebook at {trial}.*copy the course's own") as told:
        bridge.submissions(course, "hw", f"sqlite:///{trial}")
    assert not isinstance(told.value, GradebookError)
    assert (trial.exists(), trial.exists() and trial.stat().st_size) == (empty, 0)


def test_a_relative_address_is_below_the_course_folder(course):
    with pytest.raises(BridgeError, match=f"no gradebook at {course / 'trial.db'}"):
        bridge.submissions(course, "hw", "sqlite:///trial.db")


def test_another_gradebook_that_does_not_know_the_assignment_asks_for_a_copy(course, tmp_path):
    make_course(tmp_path / "other")
    bridge.add_students(tmp_path / "other", [])
    with pytest.raises(BridgeError, match=r"knows no assignment hw\..*copy the course's own"):
        bridge.submissions(course, "hw", f"sqlite:///{tmp_path / 'other' / 'gradebook.db'}")

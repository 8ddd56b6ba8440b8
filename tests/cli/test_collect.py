"""`autograder collect` from the exchange, and what the next commands say of what was found there."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from command import invoke
from tiny_course import make_course

TIME = "2026-01-10 11:00:00.000000 UTC"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("exchange") / "course"
    make_course(root)
    run(root, "release", "hw")
    return root


@pytest.fixture
def course(template, tmp_path) -> Path:
    root = Path(shutil.copytree(template, tmp_path / "course"))
    for student in ("ada", "ben"):
        put(root, f"{student}+hw+{TIME}+x")
    return root


def put(course: Path, name: str, said: str = TIME) -> Path:
    folder = course / "exchange" / "tiny" / "inbound" / name
    shutil.copytree(course / "release" / "hw", folder)
    (folder / "timestamp.txt").write_text(said)
    (folder / "submission_secret.txt").write_bytes(os.fsencode(folder.name))
    return folder


def run(course: Path, *arguments: object, status: int = 0) -> str:
    done = invoke([*map(str, arguments), "--course", str(course)], catch_exceptions=False)
    assert done.exit_code == status, done.output
    return re.sub(r"\s+", " ", done.output)


def test_where_nothing_is_handed_in_it_says_where_it_looked_and_what_to_do(template):
    told = run(template, "collect", "hw")
    assert "submitted/ has 0 submissions of hw." in told
    assert f"Nothing of hw is in the exchange, {template / 'exchange' / 'tiny' / 'inbound'}." in told
    assert "`autograder collect hw --zip ARCHIVE`" in told


def test_where_something_is_handed_in_it_says_nothing_of_platforms(course):
    assert "--zip" not in run(course, "collect", "hw")


def test_where_what_is_handed_in_cannot_be_collected_it_does_not_say_that_there_is_nothing(template, tmp_path):
    course = Path(shutil.copytree(template, tmp_path / "course"))
    os.mkfifo(put(course, f"zoe+hw+{TIME}+x") / "data.csv")
    assert "Nothing of hw" not in run(course, "collect", "hw")


def test_what_is_left_is_named_and_the_others_are_collected(course):
    os.mkfifo(put(course, f"zoe+hw+{TIME}+x") / "data.csv")
    told = run(course, "collect", "hw")
    assert f"not collected: zoe+hw+{TIME}+x: it holds a pipe or a device." in told
    assert "2 submissions" in told


def test_a_name_that_a_terminal_would_obey_is_shown(course):
    put(course, f"\x1b[2Jzoe\udcff+hw+{TIME}+x")
    told = run(course, "collect", "hw")
    assert "\x1b" not in told
    assert "cannot be a student's name" in told


def test_what_is_doubtful_is_named(course):
    put(course, f"zoe+hw+{TIME}+x", "2026-01-01 11:00:00.000000 UTC")
    told = run(course, "collect", "hw")
    assert f"collected, but look at it: zoe+hw+{TIME}+x: timestamp.txt says 2026-01-01" in told
    assert "3 submissions" in told


def test_of_many_that_are_left_some_are_named(course):
    for number in range(25):
        (course / "exchange" / "tiny" / "inbound" / f"zoe+hw+never{number}").mkdir()
    told = run(course, "collect", "hw")
    assert told.count("not collected:") == 20
    assert "And 5 more" in told


def test_whose_time_cannot_be_read_is_named_and_graded(course):
    put(course, f"zoe+hw+{TIME}+x", "soon")
    named = "timestamp.txt holds no time: zoe."
    assert named in run(course, "collect", "hw")
    assert named in run(course, "grade", "hw")
    assert named not in run(course, "grade", "hw", "--student", "ada")
    assert "zoe" in run(course, "export", "hw", "--file", course / "marks.csv") + (course / "marks.csv").read_text()


def test_a_page_that_cannot_be_made_is_told_and_the_others_are_released(course):
    run(course, "collect", "hw")
    run(course, "grade", "hw")
    file = course / "autograded" / "ada" / "hw" / "hw.ipynb"
    file.chmod(0o600)
    file.write_text("no notebook")
    told = run(course, "feedback", "hw", status=3)
    assert "ada gets no page: nbgrader failed while making" in told
    assert "released to the students" in told
    assert len(list((course / "exchange" / "tiny" / "feedback").glob("*.html"))) == 1

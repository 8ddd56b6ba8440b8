"""What lies in the exchange is what students have put there: a folder that cannot be taken is left, and named."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge import inbound

TIME, LATER = "2026-01-10 11:00:00.000000 UTC", "2026-01-11 11:00:00.000000 UTC"
NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders to others")


@pytest.fixture
def exchange(course):
    bridge.release(course, "hw")
    return course / "exchange" / "tiny" / "inbound"


@pytest.fixture
def put(course, exchange):
    """Put a folder into the exchange, as `nbgrader submit` does or otherwise."""

    def make(name: str, text: str = "", *, said: str | None = None, owner: int | None = None) -> Path:
        folder = exchange / name
        shutil.copytree(course / "release" / "hw", folder)
        (folder / "timestamp.txt").write_text(said or name.split("+")[2])
        (folder / "answer.txt").write_text(text)
        if owner is not None:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, owner, owner)
        return folder

    return make


def collected(course):
    return sorted(path.parent.name for path in (course / "submitted").glob("*/hw"))


def left(found):
    return {one.student: one.reason for one in found.left}


@pytest.mark.parametrize(
    "name",
    [
        *("ben+hw+yesterday+x", "ben+hw+99999999999999999999+x", "a+ben+hw+2026", "+hw+2026-01-10 11:00:00 UTC+x"),
        "ben+hw+other+2026-01-10 11:00:00 UTC+x",
    ],
)
def test_a_folder_whose_name_tells_nothing_is_left(course, exchange, put, name):
    put(f"ada+hw+{TIME}+x")
    (exchange / name).mkdir()
    found = bridge.collect(course, "hw")
    assert [one.folder for one in found.left] == [name]
    assert "STUDENT+hw+TIME" in found.left[0].reason
    assert collected(course) == ["ada"]


@pytest.mark.parametrize("student", ["\x1b]0;pwned\x07", "[b-z]*", "zz,ada", "b\u202edne", "what?"])
def test_a_name_that_others_would_not_take_for_a_name_is_left(course, put, student):
    put(f"ada+hw+{TIME}+x")
    put(f"{student}+hw+{TIME}+x")
    assert "a student's name" in left(bridge.collect(course, "hw"))[student]
    assert collected(course) == ["ada"]


def test_a_name_that_is_no_text_is_left(course, put, exchange):
    put(f"ada+hw+{TIME}+x")
    (Path(os.fsdecode(os.fsencode(exchange) + b"/b\xff+hw+" + TIME.encode() + b"+x"))).mkdir()
    assert len(bridge.collect(course, "hw").left) == 1
    assert collected(course) == ["ada"]


def deep(folder: Path) -> None:
    folder.joinpath(*["a"] * 400).mkdir(parents=True)


def large(folder: Path) -> None:
    with (folder / "data.csv").open("wb") as file:
        file.truncate(101 * 10**6)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: (folder / "a.txt").symlink_to("/etc/passwd"), "links"),
        (lambda folder: os.mkfifo(folder / "a.txt"), "pipe"),
        (deep, "deep"),
        (large, "100000 kB"),
    ],
)
def test_a_folder_that_cannot_be_copied_is_left(course, put, spoil, reason):
    put(f"ada+hw+{TIME}+x")
    spoil(put(f"ben+hw+{TIME}+x"))
    put(f"zoe+hw+{TIME}+x")
    assert reason in left(bridge.collect(course, "hw"))["ben"]
    assert collected(course) == ["ada", "zoe"]


def test_a_file_and_a_link_in_the_place_of_a_folder_are_left(course, put, exchange):
    whole = put(f"ada+hw+{TIME}+x")
    (exchange / f"ben+hw+{TIME}+x").write_text("")
    (exchange / f"cleo+hw+{TIME}+x").symlink_to(whole)
    assert left(bridge.collect(course, "hw")).keys() == {"ben", "cleo"}
    assert collected(course) == ["ada"]


def test_the_newest_that_can_be_taken_is_collected(course, put):
    put(f"ada+hw+{TIME}+x", "whole")
    os.mkfifo(put(f"ada+hw+{LATER}+y") / "a.txt")
    assert [one.folder for one in bridge.collect(course, "hw").left] == [f"ada+hw+{LATER}+y"]
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "whole"


def test_what_was_left_is_not_told_once_a_later_one_is_collected(course, put):
    os.mkfifo(put(f"ada+hw+{TIME}+x") / "a.txt")
    put(f"ada+hw+{LATER}+y")
    assert bridge.collect(course, "hw").left == ()


def test_what_the_machine_refuses_to_copy_is_told_and_stops_nobody(course, put, monkeypatch):
    put(f"ada+hw+{TIME}+x")
    put(f"ben+hw+{TIME}+x")
    copytree = shutil.copytree

    def copy(source, target, **options):
        if "ada" in source:
            raise shutil.Error([(source, target, "[Errno 5] Input/output error")])
        return copytree(source, target, **options)

    monkeypatch.setattr(shutil, "copytree", copy)
    assert "Input/output error" in left(bridge.collect(course, "hw"))["ada"]
    assert collected(course) == ["ben"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EFBIG], ids=os.strerror)
def test_a_full_disk_is_no_students_matter(course, put, monkeypatch, code):
    put(f"ada+hw+{TIME}+x")

    def copy(source, target, **_):
        raise shutil.Error([(source, target, f"[Errno {code}] {os.strerror(code)}")])

    monkeypatch.setattr(shutil, "copytree", copy)
    with pytest.raises(OSError, match=os.strerror(code)):
        bridge.collect(course, "hw")


def test_what_is_broken_off_while_it_is_copied_is_collected_by_the_next(course, put, monkeypatch):
    put(f"ada+hw+{TIME}+x")
    copytree = shutil.copytree

    def copy(source, target, **_):
        Path(target).mkdir(parents=True)
        shutil.copy(Path(source) / "timestamp.txt", target)
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copytree", copy)
    with pytest.raises(KeyboardInterrupt):
        bridge.collect(course, "hw")
    monkeypatch.setattr(shutil, "copytree", copytree)
    bridge.collect(course, "hw")
    assert (course / "submitted" / "ada" / "hw" / "hw.ipynb").is_file()


@needs_root
def test_what_somebody_else_has_put_there_takes_no_earlier_ones_place(course, put):
    put(f"ada+hw+{TIME}+x", "ada's")
    put(f"ada+hw+{LATER}+y", "forged", owner=NOBODY)
    reason = left(bridge.collect(course, "hw"))["ada"]
    assert pwd.getpwuid(NOBODY).pw_name in reason
    assert "chown" in reason
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "ada's"


@needs_root
def test_nor_of_one_with_an_earlier_time_than_the_forged_ones(course, put):
    put(f"ada+hw+{TIME}+x", "ada's", owner=1)
    put(f"ada+hw+{LATER}+y", "forged", owner=NOBODY)
    put(f"ada+hw+{LATER}+z", "given by the instructor")
    assert left(bridge.collect(course, "hw")) == {}
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "given by the instructor"


@needs_root
def test_who_owns_their_folder_is_who_they_are(course, put):
    name = pwd.getpwuid(NOBODY).pw_name
    put(f"{name}+hw+{TIME}+x", "forged", owner=1)
    put(f"{name}+hw+{TIME}+y", "their own", owner=NOBODY)
    bridge.collect(course, "hw")
    assert (course / "submitted" / name / "hw" / "answer.txt").read_text() == "their own"


@needs_root
def test_a_first_submission_of_a_stranger_is_collected_and_told(course, put):
    for student in ("ada", "ben", "cleo"):
        put(f"{student}+hw+{TIME}+x")
    put(f"zoe+hw+{TIME}+x", owner=NOBODY)
    found = bridge.collect(course, "hw")
    assert [(one.student, pwd.getpwuid(NOBODY).pw_name in one.reason) for one in found.doubtful] == [("zoe", True)]
    assert "zoe" in collected(course)


@needs_root
def test_what_cannot_be_collected_does_not_hide_a_stranger(course, exchange, put):
    for student in ("ada", "ben", "cleo"):
        put(f"{student}+hw+{TIME}+x")
    put(f"zoe+hw+{TIME}+x", owner=NOBODY)
    for number in range(9):
        (exchange / f"nobody{number}+hw+{TIME}+x").write_text("no folder")
        os.chown(exchange / f"nobody{number}+hw+{TIME}+x", NOBODY, NOBODY)
    assert [one.student for one in bridge.collect(course, "hw").doubtful] == ["zoe"]


@needs_root
def test_who_came_first_is_told_by_the_time_and_not_by_how_it_is_written(course, put):
    put(f"ada+hw+{TIME}+x", "ada's", owner=1)
    put("ada+hw+12 Jan 2026 11:00:00 UTC+y", "forged", owner=NOBODY)
    bridge.collect(course, "hw")
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "ada's"


@needs_root
@pytest.mark.parametrize("owner", [NOBODY, 4242, None], ids=["an account", "a number", "the instructor's"])
def test_where_all_students_are_one_account_nobody_is_a_stranger(course, put, owner):
    for student in ("ada", "ben", "cleo"):
        put(f"{student}+hw+{TIME}+x", "first", owner=owner)
        put(f"{student}+hw+{LATER}+y", "second", owner=owner)
    put(f"dan+hw+{TIME}+x")  # by the instructor, for a student
    assert bridge.collect(course, "hw") == inbound.Gathered()
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "second"


@needs_root
def test_nbgraders_own_switch_turns_the_question_of_owners_off(course, put):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write("c.ExchangeCollect.check_owner = False\n")
    put(f"ada+hw+{TIME}+x", "first")
    put(f"ada+hw+{LATER}+y", "second", owner=NOBODY)
    assert bridge.collect(course, "hw") == inbound.Gathered()
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "second"


def test_a_time_that_is_not_that_of_the_folders_name_is_told(course, put):
    put(f"ada+hw+{TIME}+x")
    put(f"ben+hw+{LATER}+x", said="2026-01-01 10:00:00.000000 UTC")
    (told,) = bridge.collect(course, "hw").doubtful
    assert told.student == "ben"
    assert "2026-01-01 10:00:00" in told.reason
    assert "2026-01-11 11:00:00" in told.reason


def test_what_is_collected_already_and_tells_no_time_stops_no_collecting(course, put):
    folder = put(f"ada+hw+{TIME}+x", said="soon")
    bridge.collect(course, "hw")
    put(f"ben+hw+{TIME}+x")
    assert bridge.collect(course, "hw") == inbound.Gathered()
    assert collected(course) == ["ada", "ben"]
    assert folder.exists()


def test_a_name_without_letters_by_chance_at_its_end_is_a_name(course, put):
    put(f"ada+hw+{TIME}")
    assert bridge.collect(course, "hw") == inbound.Gathered()
    assert collected(course) == ["ada"]


def test_what_is_collected_already_is_left_as_it_is(course, put):
    put(f"ada+hw+{TIME}+x", "handed in")
    bridge.collect(course, "hw")
    answer = course / "submitted" / "ada" / "hw" / "answer.txt"
    answer.write_text("mended by hand")
    bridge.collect(course, "hw")
    assert answer.read_text() == "mended by hand"


def test_what_is_handed_in_properly_is_collected_without_a_word(course, exchange, tmp_path):
    assert exchange.exists()
    bridge.fetch(course, "ada", tmp_path / "ada", "hw")
    bridge.submit(course, "ada", tmp_path / "ada", "hw", datetime(2026, 1, 10, tzinfo=UTC))
    assert bridge.collect(course, "hw") == inbound.Gathered()


@needs_root
def test_what_a_stranger_has_put_there_first_gives_way_to_the_students_own(course, put):
    put(f"ada+hw+{LATER}+y", "forged", owner=NOBODY)
    bridge.collect(course, "hw")
    put(f"ada+hw+{TIME}+x", "ada's")
    assert "chown" in left(bridge.collect(course, "hw"))["ada"]
    assert (course / "submitted" / "ada" / "hw" / "answer.txt").read_text() == "ada's"

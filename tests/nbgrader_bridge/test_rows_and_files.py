"""The gradebook and the folder of a submission change together, or neither does."""

from __future__ import annotations

import errno
import os
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED, check, result

from autograder import nbgrader_bridge as bridge
from autograder.errors import GradebookError
from autograder.nbgrader_bridge.rows import Rows

NONE = result(check("test_visible", 0.0, 2.0, "failed"), check("test_hidden", 0.0, 3.0, "failed"))


def points(course: Path) -> dict[str, float]:
    return {one.student: one.points for one in bridge.standing(course, "hw")}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the machine refuse to put a folder in its place."""
    rename = Path.rename

    def refused(self: Path, to: Path) -> Path:
        if self.name.startswith(".autograder-partial-"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, to)

    return lambda: monkeypatch.setattr(Path, "rename", refused)


def test_a_folder_that_cannot_be_put_leaves_no_marks(course, hand_in, refusing):
    hand_in("ada")
    refusing()
    (refused,) = write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert "its files cannot be written" in refused.reason
    assert points(course) == {}
    assert list((course / "autograded" / "ada").iterdir()) == []


def test_a_folder_that_cannot_be_put_leaves_the_one_before_and_its_marks(course, hand_in, autograded, refusing):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    before = autograded("ada")
    refusing()
    assert len(write_grades(course, "hw", {("ada", "hw"): NONE})) == 1
    assert (points(course), autograded("ada")) == ({"ada": 5.0}, before)
    assert [path.name for path in (course / "autograded" / "ada").iterdir()] == ["hw"]


def test_marks_that_cannot_be_entered_leave_the_folder_before(course, hand_in, autograded, monkeypatch):
    monkeypatch.setattr("autograder.nbgrader_bridge.gradebooks.LOCK_PATIENCE_MS", 10)
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    before = autograded("ada")
    with bridge.open_writer(course, "hw") as writer, closing(sqlite3.connect(course / "gradebook.db")) as reader:
        # Who reads lets others write, but not commit.
        reader.execute("begin")
        reader.execute("select * from grade").fetchone()
        with pytest.raises(GradebookError, match="locked"):
            writer.write("ada", {"hw": NONE})
    assert (points(course), autograded("ada")) == ({"ada": 5.0}, before)
    assert [path.name for path in (course / "autograded" / "ada").iterdir()] == ["hw"]


def test_a_submission_that_another_run_enters_meanwhile_is_entered_all_the_same(course, hand_in, monkeypatch):
    hand_in("ada")
    save = Rows.save

    def after_another(rows: Rows) -> None:
        monkeypatch.setattr(Rows, "save", save)
        write_grades(course, "hw", {("ada", "hw"): NONE})
        rows.save()

    monkeypatch.setattr(Rows, "save", after_another)
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert points(course) == {"ada": 5.0}


LARGE = 32 * 2**20


@pytest.fixture
def with_data(course, hand_in) -> tuple[Path, int]:
    """Enter a submission that brings a large file; with the course, give the most memory that Python had for it."""
    with hand_in("ada").with_name("data.csv").open("wb") as file:
        file.truncate(LARGE)
    tracemalloc.start()
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return course, most


def test_a_large_file_of_a_student_is_copied_beside_what_was_graded(with_data):
    course, _ = with_data
    assert (course / "autograded" / "ada" / "hw" / "data.csv").stat().st_size == LARGE


def test_a_large_file_of_a_student_is_never_in_memory(with_data):
    _, most = with_data
    assert most < LARGE / 2


def test_a_file_of_the_source_takes_the_place_of_a_students(course, hand_in):
    hand_in("ada").with_name("helper.py").write_text("mine = True")
    (course / "source" / "hw" / "helper.py").write_text("mine = False")
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert (course / "autograded" / "ada" / "hw" / "helper.py").read_text() == "mine = False"

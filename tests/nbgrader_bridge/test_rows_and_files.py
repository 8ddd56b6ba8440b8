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
from sqlalchemy.exc import OperationalError
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


CLASHES = [
    ("helper.py", "helper.py/mine.txt"),
    ("data/ours.csv", "data"),
    ("data/a/ours.csv", "data/a/ours.csv/b/mine"),
]


@pytest.mark.parametrize(("ours", "theirs"), CLASHES)
def test_what_cannot_stand_beside_a_file_of_the_source_is_left_out(course, hand_in, ours, theirs):
    folder = hand_in("ada").parent
    for root, name in ((course / "source" / "hw", ours), (folder, theirs)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"of {root.name}")
    (folder / "more.txt").write_text("kept")
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    graded = course / "autograded" / "ada" / "hw"
    files = {str(path.relative_to(graded)): path.read_text() for path in graded.rglob("*") if path.is_file()}
    assert files.keys() == {"hw.ipynb", "more.txt", ours}
    assert files[ours] == "of hw"


def test_files_that_cannot_be_copied_leave_nothing_half_made(course, hand_in, monkeypatch):
    def refused(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    hand_in("ada").with_name("data.csv").write_text("1")
    monkeypatch.setattr("shutil.copyfile", refused)
    (unwritten,) = write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert "its files cannot be written" in unwritten.reason
    assert list((course / "autograded" / "ada").iterdir()) == []


def test_rows_that_cannot_be_saved_leave_nothing_half_made(course, hand_in, monkeypatch):
    def refused(_):
        raise OperationalError("insert", None, Exception("disk I/O error"))

    hand_in("ada")
    monkeypatch.setattr(Rows, "save", refused)
    with pytest.raises(GradebookError, match="disk I/O error"):
        write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert list((course / "autograded" / "ada").iterdir()) == []

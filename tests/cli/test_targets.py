"""Where commands write to: refused before any work, and written whole."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from command import invoke, run
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.api import records
from autograder.build import build_assignments
from autograder.cli.lines import whole_at, write_lines
from autograder.errors import UsageError
from autograder.results import Unreadable

pytestmark = pytest.mark.slow

FILES = [
    "score source/hw/hw.ipynb --json",
    "regrade hw --json",
    "similar hw --json",
    "audit hw --json",
    "audit hw --html",
    "bundle hw --for docker --to",
    "export hw --file",
    "export hw --to canvas --file",
    "export hw --to nbgrader --file",
    "report hw --to",
    "repair source/hw/hw.ipynb --output",
]
FOLDERS = ["export hw --to gradescope --file", "report hw --pages"]


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """Make a course of which nothing is graded, and stand in it."""
    root = tmp_path / "course"
    make_course(root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def graded(course) -> Path:
    """Grade somebody's submission."""
    bridge.generate(course, "hw")
    folder = course / "submitted" / "ann" / "hw"
    folder.mkdir(parents=True)
    shutil.copyfile(course / "release" / "hw" / "hw.ipynb", folder / "hw.ipynb")
    run(course, "grade", "hw", "--jobs", "1")
    return course


def refused(command: str, target: object) -> str:
    with pytest.raises(UsageError) as refusal:
        invoke([*command.split(), str(target)], catch_exceptions=False)
    return str(refusal.value)


@pytest.mark.parametrize("command", FILES)
def test_a_folder_in_the_place_of_a_file_is_refused_before_any_work(course, command):
    (course / "out").mkdir()
    assert refused(command, "out").startswith("out cannot be written: it is a folder. ")
    assert not list((course / "out").iterdir())


def test_adopt_refuses_a_folder_in_the_place_of_a_file(course, tmp_path):
    assert "it is a folder" in refused(f"adopt {course} --json", tmp_path)


@pytest.mark.parametrize("command", FOLDERS)
def test_a_file_in_the_place_of_a_folder_is_refused_before_any_work(course, command):
    (course / "out").touch()
    assert refused(command, "out").startswith("out cannot be written: it is no folder. ")


@pytest.mark.parametrize("command", FILES + FOLDERS)
def test_what_is_to_be_written_where_no_folder_is_is_refused_before_any_work(course, command):
    assert course.is_dir()
    assert refused(command, "none/out").startswith("none/out cannot be written: its folder does not exist. ")


@pytest.mark.parametrize("command", FILES + FOLDERS)
def test_a_name_too_long_for_a_file_is_refused_before_any_work(course, command):
    assert course.is_dir()
    assert "cannot be written: File name too long. Nothing was done." in refused(command, "x" * 300)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "out").symlink_to(tmp_path / "there")
    write_lines([{"a": 1}], str(tmp_path / "out"))
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "there").read_text() == '{"a":1}\n'


def test_a_device_stays_a_device(tmp_path):
    (tmp_path / "null").symlink_to(os.devnull)
    write_lines([{"a": 1}], str(tmp_path / "null"))
    assert (tmp_path / "null").is_char_device()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENAMETOOLONG])
def test_a_place_that_refuses_a_file_is_the_callers_mistake(tmp_path, monkeypatch, number):
    refuse_with(monkeypatch, number)
    with pytest.raises(UsageError, match="out cannot be written: "):
        write_lines([{"a": 1}], str(tmp_path / "out"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
def test_a_disk_that_cannot_take_a_file_is_told_with_its_name(tmp_path, monkeypatch, number):
    refuse_with(monkeypatch, number)
    with pytest.raises(OSError, match=os.strerror(number)) as refusal:
        write_lines([{"a": 1}], str(tmp_path / "out"))
    assert refusal.value.filename == str(tmp_path / "out")


@pytest.mark.parametrize("command", [command for command in FILES if command.startswith(("report", "export"))])
def test_a_link_that_leads_nowhere_is_the_callers_mistake(graded, command):
    (graded / "out").symlink_to("none/there")
    assert refused(command, "out") == "out cannot be written: No such file or directory."


def test_what_another_place_refuses_is_not_told_of_the_target(tmp_path):
    def refuse() -> None:
        with whole_at(str(tmp_path / "out")):
            (tmp_path / "none" / "other").touch()

    with pytest.raises(FileNotFoundError, match="none/other"):
        refuse()


def test_a_name_too_long_for_a_file_is_refused_by_its_place(tmp_path):
    with pytest.raises(UsageError, match="cannot be written: File name too long"):
        write_lines([{"a": 1}], str(tmp_path / ("x" * 300)))


def refuse_with(monkeypatch, number: int) -> None:
    """Let the disk refuse what is written to it."""

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refused)


def unmoved(*_: object) -> None:
    raise OSError


@pytest.fixture
def no_moves(monkeypatch) -> None:
    """Let the disk refuse the last step of writing a file."""
    monkeypatch.setattr(Path, "replace", unmoved)


@pytest.mark.usefixtures("no_moves")
def test_what_was_found_leaves_no_part_where_it_cannot_be_kept(tmp_path):
    with pytest.raises(OSError):  # noqa: PT011 - the disk's own, which has no text
        records.keep(tmp_path, "hw", {("ada", "hw"): Unreadable("hw", "it is empty")})
    assert not list((tmp_path / "results" / "hw" / "ada").iterdir())


@pytest.mark.usefixtures("no_moves")
def test_build_leaves_no_part_among_what_students_get(course):
    (course / "reference").mkdir()
    (course / "reference" / "hw.py").write_text("def double(x):\n    return x * 2\n")
    with pytest.raises(OSError):  # noqa: PT011 - the disk's own, which has no text
        build_assignments(course, ["hw"], write=True)
    assert [path.name for path in (course / "source" / "hw").iterdir()] == ["hw.ipynb"]


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("command", ["export hw --file -", "report hw --to -"])
def test_standard_output_is_called_by_its_name(command):
    done = invoke(command.split(), catch_exceptions=False)
    assert "standard output." in done.stderr
    assert " -." not in done.stderr

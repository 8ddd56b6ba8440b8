"""What lies in `submitted/` and cannot be graded is named with its reason, and stops nobody else."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge


@pytest.fixture
def folder(course, hand_in) -> Path:
    """Let ada hand in, and give an empty folder of bo's."""
    hand_in("ada")
    path = course / "submitted" / "bo" / "hw"
    path.mkdir(parents=True)
    return path


def faults(course: Path) -> dict[str, str]:
    return {one.student: one.fault for one in bridge.handed_in(course, "hw")}


@pytest.mark.usefixtures("folder")
def test_what_can_be_graded_has_no_fault(course):
    assert faults(course)["ada"] == ""
    assert [one.student for one in bridge.submissions(course, "hw")] == ["ada"]


@pytest.mark.usefixtures("folder")
def test_a_folder_without_a_notebook_is_named(course):
    assert faults(course)["bo"] == "its folder has no hw.ipynb, nor any other notebook. Collect it again."


@pytest.mark.parametrize("name", ["Hw.ipynb", "hw (1).ipynb"])
def test_a_notebook_of_another_name_is_named(course, folder, name):
    shutil.copy(course / "submitted" / "ada" / "hw" / "hw.ipynb", folder / name)
    assert faults(course)["bo"] == f"its folder has no hw.ipynb, but {name}. Rename the one that counts to hw.ipynb."


def test_a_folder_that_cannot_be_read_is_named_and_ours(course, folder, monkeypatch):
    is_file = Path.is_file

    def refused(path):
        if path.parent == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refused)
    found = {one.student: one for one in bridge.handed_in(course, "hw")}
    assert found["bo"].fault.startswith("its folder cannot be read: Permission denied")
    assert (found["bo"].ours, found["ada"].fault) == (True, "")


def test_a_pipe_in_the_place_of_a_notebook_is_none(course, folder):
    os.mkfifo(folder / "hw.ipynb")
    assert "nor any other notebook" in faults(course)["bo"]


def test_a_folder_whose_name_is_no_text_is_named(course, folder):
    shutil.copytree(course / "submitted" / "ada", os.fsdecode(os.fsencode(course / "submitted") + b"/b\xffd"))
    shutil.rmtree(folder)
    found = faults(course)
    assert "UTF-8" in found.pop(r"b\xffd")
    assert found == {"ada": ""}


@pytest.mark.usefixtures("folder")
def test_what_is_beside_the_submissions_is_none(course):
    (course / "submitted" / ".cache" / "hw").mkdir(parents=True)
    assert faults(course).keys() == {"ada", "bo"}


@pytest.mark.usefixtures("folder")
def test_they_are_known_as_collected_too(course):
    assert bridge.present(course, "hw").collected["bo"].notebooks == {}

"""What editors and systems leave beside the instructor's files is no part of a course, as nbgrader sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_course import make_course

from autograder.api.bundles import modules_for
from autograder.build import build_assignments
from autograder.course import load, reference_faults, source_notebooks
from autograder.errors import CourseError

APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_course(tmp_path)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    return 2 * x\n")
    return tmp_path


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "source" / "hw"


def test_a_hidden_copy_of_a_notebook_is_no_source_notebook(root: Path, folder: Path) -> None:
    shutil.copy(folder / "hw.ipynb", folder / ".~hw.ipynb")
    (paper,) = load(root).papers
    assert paper.name == "hw"


def test_what_a_mac_leaves_beside_a_notebook_is_no_fault(root: Path, folder: Path) -> None:
    (folder / "._hw.ipynb").write_bytes(APPLE_DOUBLE)
    assert load(root).assignments() == ("hw",)


def test_a_hidden_folder_is_no_assignment(root: Path, folder: Path) -> None:
    shutil.copytree(folder, folder.with_name(".hw"))
    assert load(root).assignments() == ("hw",)


def test_the_folder_of_a_course_may_itself_be_hidden(tmp_path: Path) -> None:
    (tmp_path / ".course").mkdir()
    make_course(tmp_path / ".course")
    assert [path.name for path in source_notebooks(tmp_path / ".course")] == ["hw.ipynb"]


def test_a_reference_of_a_hidden_notebook_alone_is_of_no_assignment(root: Path, folder: Path) -> None:
    (root / "source" / "old").mkdir()
    shutil.copy(folder / "hw.ipynb", root / "source" / "old" / ".old.ipynb")
    (root / "reference" / "old.py").touch()
    (fault,) = reference_faults(root)
    assert fault.startswith("reference/old.py belongs to no assignment: source/old has no notebook. Put one there")


def test_a_hidden_notebook_is_not_asked_for_its_references(root: Path, folder: Path) -> None:
    text = (folder / "hw.ipynb").read_text().replace("assert double(1)", "from reference import gone")
    (folder / ".~hw.ipynb").write_text(text)
    assert reference_faults(root) == []


def test_a_hidden_notebook_is_not_built(root: Path, folder: Path) -> None:
    text = (folder / "hw.ipynb").read_bytes()
    (folder / ".~hw.ipynb").write_bytes(text)
    build_assignments(root, None, write=True)
    assert (folder / ".~hw.ipynb").read_bytes() == text
    assert (folder / "hw.ipynb").read_bytes() != text


def lock(path: Path) -> None:
    """Leave what Emacs leaves beside a file that is being edited: a link to nowhere."""
    path.with_name(f".#{path.name}").symlink_to("ada@here.1234:5678")


def test_the_lock_of_an_open_helper_module_is_no_module(root: Path, folder: Path) -> None:
    (folder / "utils.py").write_text("def triple(x):\n    return 3 * x\n")
    lock(folder / "utils.py")
    (paper,) = load(root).papers
    assert paper.modules == {"utils"}


def test_a_folder_that_is_named_like_a_module_is_none(root: Path, folder: Path) -> None:
    (folder / "data.py").mkdir()
    (paper,) = load(root).papers
    assert not paper.modules


def test_a_bundle_is_made_while_a_helper_module_is_open_in_an_editor(root: Path, folder: Path) -> None:
    (folder / "utils.py").write_text("import shutil\n")
    lock(folder / "utils.py")
    assert "shutil" in modules_for(load(root).papers)


def test_the_lock_of_an_open_reference_belongs_to_its_assignment(root: Path) -> None:
    lock(root / "reference" / "hw.py")
    assert reference_faults(root) == []


def test_a_helper_module_that_cannot_be_read_is_named(root: Path, folder: Path) -> None:
    # A file that says EIO to whoever reads it.
    (folder / "utils.py").symlink_to("/proc/self/mem")
    with pytest.raises(CourseError) as failure:
        load(root)
    (fault,) = failure.value.faults
    assert fault == "source/hw/utils.py cannot be read: Input/output error. Mend the file, or take it away."

"""What nbgrader would refuse with words of its own is told with the file and what to do."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError


def edited(root: Path, *, version: int | None = 3, test: str = "assert double(1) == 2") -> None:
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = test
    for cell in notebook.cells:
        if version is None:
            del cell.metadata["nbgrader"]["schema_version"]
        else:
            cell.metadata["nbgrader"]["schema_version"] = version
    nbformat.write(notebook, path)


def refused(root: Path) -> str:
    with pytest.raises(BridgeError) as refusal:
        bridge.generate(root, "hw")
    return str(refusal.value)


@pytest.mark.parametrize("version", [None, 1, 2])
def test_older_metadata_is_told_with_its_file_and_the_command_that_renews_it(tmp_path: Path, version: int) -> None:
    edited(tmp_path, version=version)
    told = refused(tmp_path)
    assert told.startswith("source/hw/hw.ipynb")
    assert f"\n\n    nbgrader update {tmp_path / 'source' / 'hw' / 'hw.ipynb'}" in told
    assert not told.endswith(".")


def test_newer_metadata_is_told_with_its_file_and_the_command_that_renews_nbgrader(tmp_path: Path) -> None:
    edited(tmp_path, version=4)
    told = refused(tmp_path)
    assert told.startswith("source/hw/hw.ipynb")
    assert told.endswith("\n\n    pip install --upgrade nbgrader")


def test_tests_to_be_written_without_a_file_that_says_how_are_told(tmp_path: Path) -> None:
    edited(tmp_path, test="### AUTOTEST double(2)")
    told = refused(tmp_path)
    assert told.startswith("source/hw/hw.ipynb")
    assert "Put nbgrader's autotests.yml into the course folder" in told
    assert next(path for path in told.split() if path.endswith("user_guide/autotests.yml"))


@pytest.mark.slow
@pytest.mark.parametrize("folder", [".", "source/hw"])
def test_where_the_file_is_there_the_tests_are_written(tmp_path: Path, folder: str) -> None:
    edited(tmp_path, test="### AUTOTEST double(2)")
    given = next(path for path in refused(tmp_path).split() if path.endswith("user_guide/autotests.yml"))
    (tmp_path / folder / "autotests.yml").write_text(Path(given).read_text(encoding="utf-8"), encoding="utf-8")
    bridge.generate(tmp_path, "hw")
    assert "assert" in (tmp_path / "release" / "hw" / "hw.ipynb").read_text(encoding="utf-8")


def test_what_a_system_leaves_beside_a_notebook_is_not_read(tmp_path: Path) -> None:
    edited(tmp_path)
    (tmp_path / "source" / "hw" / "._hw.ipynb").write_bytes(b"\x00\x05\x16\x07\xff")
    bridge.generate(tmp_path, "hw")
    assert (tmp_path / "release" / "hw" / "hw.ipynb").is_file()

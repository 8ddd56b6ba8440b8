"""Which notebooks ``autograder adopt`` tries, and which courses it does not take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.adoption import find_notebooks
from autograder.adoption.folders import outdated
from autograder.errors import CourseError

CELLS = (("answer", "one", "one = 1"), ("test", "test_one", "assert one == 1"))


@pytest.mark.parametrize("named", ["", "source/hw", "source/hw/hw.ipynb"])
def test_other_delimiters_than_nbgraders_are_refused(tmp_path: Path, named: str) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.ClearHiddenTests.begin_test_delimeter = '#[['\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r"ClearHiddenTests\.begin_test_delimeter"):
        find_notebooks(tmp_path / named)


@pytest.mark.parametrize(("version", "old"), [(1, True), (2, True), (3, False)])
def test_metadata_that_nbgrader_does_not_release_is_found(tmp_path: Path, version: int, old: bool) -> None:
    about = {"schema_version": version, "grade_id": "t", "grade": True, "solution": False, "points": 1}
    free = {"cell_type": "code", "source": "1", "metadata": {}}
    cell = {"cell_type": "markdown", "source": "essay", "metadata": {"nbgrader": about}}
    (tmp_path / "old.ipynb").write_text(json.dumps({"cells": [free, cell], "nbformat": 4}), encoding="utf-8")
    assert outdated(tmp_path / "old.ipynb") is old


def test_a_hidden_copy_of_a_notebook_is_not_tried(tmp_path: Path) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    for name in ("hw", ".~hw"):
        bridge.write_source(tmp_path / "source" / "hw" / f"{name}.ipynb", CELLS)
    assert [found.path.name for found in find_notebooks(tmp_path)] == ["hw.ipynb"]

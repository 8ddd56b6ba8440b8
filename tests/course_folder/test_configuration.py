"""What nbgrader's configuration says is read without running it; other delimiters than nbgrader's are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course import load
from autograder.course.configuration import configured
from autograder.errors import CourseError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    test = {"grade_id": "test", "grade": True, "solution": False, "locked": True, "points": 1}
    cell = {"cell_type": "code", "source": "assert f()", "metadata": {"nbgrader": test}}
    (tmp_path / "source" / "hw").mkdir(parents=True)
    (tmp_path / "source" / "hw" / "hw.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    return tmp_path


def configure(root: Path, *lines: str) -> None:
    (root / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *lines]), encoding="utf-8")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ClearHiddenTests.begin_test_delimeter", "'#[['"),
        ("ClearHiddenTests.end_test_delimeter", "'#]]'"),
        ("ClearSolutions.begin_solution_delimeter", "'#<<<'"),
        ("ClearMarkScheme.begin_mark_scheme_delimeter", "'MARKS'"),
        ("ClearHiddenTests.begin_test_delimeter", "OPEN + '['"),
    ],
)
def test_another_delimiter_is_refused_by_its_name(root: Path, setting: str, value: str) -> None:
    configure(root, f"c.{setting} = {value}")
    with pytest.raises(CourseError) as caught:
        load(root)
    (fault,) = caught.value.faults
    assert setting in fault
    assert value.strip("'") in fault
    assert "nbgrader_config.py" in fault


@pytest.mark.parametrize("value", ["BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TESTS"])
def test_a_delimiter_that_is_found_all_the_same_is_none(root: Path, value: str) -> None:
    configure(root, f"c.ClearHiddenTests.begin_test_delimeter = {value!r}")
    assert load(root).assignments() == ("hw",)


def test_what_is_set_in_other_ways_is_read_too(root: Path) -> None:
    configure(root, "if True:", "    c.Execute.timeout = 120", "get_config().Other.name: str = 'x'")
    assert configured(root) == {"Execute.timeout": 120, "Other.name": "x"}


def test_a_configuration_that_is_no_python_is_nbgraders_to_refuse(root: Path) -> None:
    configure(root, "c.Execute.timeout = = 3")
    assert configured(root) == {}

"""A grader that is opened with the notebook that comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frail_course import FULL, RIGHT, make_course, write_answer

from autograder.api import Grader
from autograder.errors import CourseError
from autograder.results import Unreadable


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    return write_answer(tmp_path / "hw.ipynb", RIGHT)


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Give a notebook without a cell."""
    path = tmp_path / "strange.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_a_first_notebook_of_no_assignment_is_told_in_its_turn(course, answer, strange):
    with Grader(course).open(strange) as grader:
        assert isinstance(grader.score(strange), Unreadable)
        assert grader.score(answer).score == FULL


def test_a_reference_that_cannot_be_loaded_is_told_in_its_turn(tmp_path, answer):
    broken = make_course(tmp_path / "broken")
    (broken / "reference" / "hw.py").write_text("raise ValueError('not today')")
    with Grader(broken).open(answer) as grader, pytest.raises(CourseError, match="not today"):
        grader.score(answer)

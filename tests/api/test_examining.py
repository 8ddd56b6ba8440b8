"""A process that grades for weeks grades with the tests of now."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from frail_course import FULL, POINTS, RIGHT, make_course, write_answer

from autograder.api import examining, notebooks


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    """Make a course of which nbgrader has written a test."""
    course = make_course(tmp_path / "course")
    shutil.copytree(course / "source", course / "source_with_tests")
    path = course / "source" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("assert triple(2) == 6", "### AUTOTEST triple(2)"))
    yield course
    notebooks.close_kept()


@pytest.fixture
def score(course: Path) -> Callable[[], float]:
    text = write_answer(course / "answer.ipynb", RIGHT).read_text()
    return lambda: examining.examine(text, "hw", "hw", course).score


def test_tests_that_nbgrader_has_written_anew_are_those_that_count(course: Path, score: Callable[[], float]) -> None:
    assert score() == FULL
    path = course / "source_with_tests" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("assert triple(2) == 6", "assert triple(2) == 60"))
    # Withheld: the reference does not pass it either.
    assert score() == FULL - POINTS


def test_a_grader_is_kept_as_long_as_nothing_changes(course: Path, score: Callable[[], float]) -> None:
    score()
    ((_, kept),) = notebooks._kept.values()
    score()
    assert [grader for _, grader in notebooks._kept.values()] == [kept]
    (course / "source" / "hw" / "data").mkdir()
    (course / "source" / "hw" / "data" / "numbers.csv").write_text("1,2,3\n")
    score()
    assert [grader for _, grader in notebooks._kept.values()] != [kept]

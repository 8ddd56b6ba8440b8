"""No file can grow any more, as on a full disk: nothing is entered half, and the next run makes it good."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from frail_course import FULL, RIGHT, autograder, make_course, order, write_answer

from autograder import nbgrader_bridge as bridge


def no_file_beyond(size: int) -> Callable[[], None]:
    """Limit what the command writes; its candidates have limits of their own."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    course = make_course(tmp_path_factory.mktemp("disk") / "course")
    bridge.generate(course, "hw")
    for student in ("ada", "bo"):
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", RIGHT)
    return course


def grades(course: Path) -> list[tuple[float, bool]]:
    return [(row.points, row.submitted) for row in bridge.standing(course, "hw")]


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 60_000])
def test_a_gradebook_that_cannot_grow_has_no_marks_until_it_can(generated, tmp_path, size):
    course = Path(shutil.copytree(generated, tmp_path / "course"))
    done = autograder(course, "grade", "hw", preexec_fn=no_file_beyond(size))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "make room" in done.stderr.lower()
    assert not any(score for score, _ in grades(course))
    assert autograder(course, "grade", "hw").returncode == 0
    assert grades(course) == [(FULL, True), (FULL, True)]


def test_a_test_cell_that_finds_no_room_is_tried_again(course, grade):
    order(course, "full", 1)
    result = grade()
    assert (result.score, result.needs_manual_grade) == (FULL, False)


def test_results_that_cannot_be_written_are_told(tmp_path):
    course = make_course(tmp_path / "course")
    answer = write_answer(tmp_path / "hw.ipynb", RIGHT)
    done = autograder(course, "score", answer, "--json", tmp_path / "rows", preexec_fn=no_file_beyond(10))
    assert done.returncode == 2
    assert "cannot be written" in " ".join(done.stderr.split())
    assert not (tmp_path / "rows").exists()

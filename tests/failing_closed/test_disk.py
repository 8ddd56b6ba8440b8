"""No file can grow any more, as on a full disk: nothing is entered half, and the next run makes it good."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest
from frail_course import FULL, RIGHT, autograder, make_course, order, write_answer

from autograder import nbgrader_bridge as bridge


def no_file_beyond(size: int) -> Callable[[], None]:
    """Limit what the command writes; its candidates have limits of their own."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class Short(NamedTuple):
    """What a command did without room, and then with it; and the marks that were in the gradebook after each."""

    first: CompletedProcess[str]
    entered: list[tuple[float, bool]]
    second: CompletedProcess[str]
    entered_then: list[tuple[float, bool]]


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    course = make_course(tmp_path_factory.mktemp("disk") / "course")
    bridge.generate(course, "hw")
    for student in ("ada", "bo"):
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", RIGHT)
    return course


def grades(course: Path) -> list[tuple[float, bool]]:
    return [(row.points, row.submitted) for row in bridge.standing(course, "hw")]


@pytest.fixture(scope="module", params=[0, 60_000])
def short(generated, tmp_path_factory, request) -> Short:
    """Grade with a gradebook that cannot grow, and once more with one that can."""
    course = Path(shutil.copytree(generated, tmp_path_factory.mktemp("short") / "course"))
    first = autograder(course, "grade", "hw", preexec_fn=no_file_beyond(request.param))
    entered = grades(course)
    return Short(first, entered, autograder(course, "grade", "hw"), grades(course))


@pytest.mark.slow
@pytest.mark.xdist_group("no room")
def test_a_gradebook_that_cannot_grow_is_a_fault_of_ours(short):
    assert short.first.returncode == 3


@pytest.mark.slow
@pytest.mark.xdist_group("no room")
def test_a_gradebook_that_cannot_grow_is_told_without_a_traceback(short):
    assert "Traceback" not in short.first.stderr
    assert "make room" in short.first.stderr.lower()


@pytest.mark.slow
@pytest.mark.xdist_group("no room")
def test_a_gradebook_that_cannot_grow_has_no_marks(short):
    assert not any(score for score, _ in short.entered)


@pytest.mark.slow
@pytest.mark.xdist_group("no room")
def test_a_gradebook_that_can_grow_again_is_graded_into(short):
    assert short.second.returncode == 0
    assert short.entered_then == [(FULL, True), (FULL, True)]


def test_a_test_cell_that_finds_no_room_is_tried_again(course, grade):
    order(course, "full", 1)
    result = grade()
    assert (result.score, result.needs_manual_grade) == (FULL, False)


@pytest.fixture(scope="module")
def unwritten(tmp_path_factory) -> tuple[CompletedProcess[str], Path]:
    """Score into a file for which there is no room."""
    folder = tmp_path_factory.mktemp("unwritten")
    course = make_course(folder / "course")
    answer = write_answer(folder / "hw.ipynb", RIGHT)
    rows = folder / "rows"
    return autograder(course, "score", answer, "--json", rows, preexec_fn=no_file_beyond(10)), rows


def test_results_for_which_there_is_no_room_are_a_fault_of_ours(unwritten):
    done, _ = unwritten
    assert done.returncode == 3


def test_results_for_which_there_is_no_room_are_told_with_their_file(unwritten):
    done, rows = unwritten
    said = "".join(done.stderr.split())
    assert str(rows) in said
    assert "Makeroom" in said


def test_results_for_which_there_is_no_room_leave_no_file(unwritten):
    _, rows = unwritten
    assert [path.name for path in rows.parent.iterdir() if path.is_file()] == ["hw.ipynb"]

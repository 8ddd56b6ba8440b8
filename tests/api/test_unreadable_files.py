"""A submission whose files the machine does not give is set aside, once, and the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from frail_course import RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import regrade
from autograder.api.runs import ClassResult

ALONE = Crew(1)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade two, of whom bo's file gives an error of the disk from then on."""
    course = make_course(tmp_path_factory.mktemp("unreadable") / "course")
    bridge.generate(course, "hw")
    for student in ("ada", "bo"):
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", RIGHT)
    grade_assignments(course, ["hw"], crew=ALONE)
    bad = course / "submitted" / "bo" / "hw" / "hw.ipynb"
    bad.unlink()
    # A file that says EIO to whoever reads it.
    bad.symlink_to("/proc/self/mem")
    return course


def told(done: ClassResult) -> tuple[list[str], int, int]:
    return [one.student for one in done.aside], done.progress.done, done.progress.total


def test_regrading_sets_it_aside_and_goes_on(course) -> None:
    found = regrade(course, ["hw"], crew=ALONE)
    ((student, reason),) = [(one.student, one.reason) for one in found.aside]
    assert student == "bo"
    assert "its files cannot be read" in reason
    assert (found.same, found.ours) == (1, True)


def test_resuming_sets_it_aside_once_and_counts_it(course) -> None:
    seen = []
    done = grade_assignments(course, ["hw"], crew=ALONE, resume=True, watch=seen.append)
    assert told(done) == (["bo"], 2, 2)
    assert [one.done for one in seen] == [1, 2]


def test_grading_sets_it_aside_and_counts_it(course) -> None:
    assert told(grade_assignments(course, ["hw"], crew=ALONE)) == (["bo"], 2, 2)

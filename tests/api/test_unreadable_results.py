"""A result in the journal that cannot be read, damaged or of another version, is no result: it is graded again."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from frail_course import FULL, RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments, results_of
from autograder.api.regrading import regrade
from autograder.api.runs import JOURNAL, STATE

STUDENTS = ("ada", "bo")
ALONE = Crew(1)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Grade two, and cut one's result in the journal."""
    course = make_course(tmp_path / "course")
    bridge.generate(course, "hw")
    for student in STUDENTS:
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", f"{RIGHT}\n# {student}\n")
    grade_assignments(course, ["hw"], crew=ALONE)
    cut = "update result set data = substr(data, 1, 100) where key in (select key from entry where student = 'ada')"
    with contextlib.closing(sqlite3.connect(course / STATE / JOURNAL)) as journal, journal:
        journal.execute(cut)
    return course


def read(course: Path) -> set[str]:
    return {student for student, _ in results_of(course, "hw")}


def test_a_run_that_goes_on_grades_it_again(course) -> None:
    assert read(course) == {"bo"}
    done = grade_assignments(course, ["hw"], crew=ALONE, resume=True)
    assert (done.progress.done, done.aside) == (len(STUDENTS), ())
    assert read(course) == set(STUDENTS)


def test_regrading_runs_it_again(course) -> None:
    found = regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)
    assert (found.again, found.changes, found.same) == (1, [], len(STUDENTS))
    assert read(course) == set(STUDENTS)
    assert {one.student: one.points for one in bridge.standing(course, "hw")} == dict.fromkeys(STUDENTS, FULL)

"""Another program has the gradebook: it is waited for, then told in a line, and nothing is lost."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import typed
from frail_course import FULL, RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.errors import GradebookError
from autograder.nbgrader_bridge import gradebooks, grading
from autograder.nbgrader_bridge.course import open_course

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("locked")]

STUDENTS = ("ada", "bo")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a class of whom one is graded."""
    course = make_course(tmp_path_factory.mktemp("begun") / "course")
    bridge.generate(course, "hw")
    for student in STUDENTS:
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", RIGHT)
    grade_assignments(course, ["hw"], ["ada"], Crew(1))
    return course


@pytest.fixture
def course(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "course"))


@contextlib.contextmanager
def locked(course: Path) -> Iterator[sqlite3.Connection]:
    """Hold the gradebook as a program does that is writing."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", check_same_thread=False)) as other:
        other.execute("begin exclusive")
        yield other


def points(course: Path) -> dict[str, float]:
    return {one.student: one.points for one in bridge.standing(course, "hw")}


def test_a_gradebook_that_stays_locked_is_told_and_the_run_goes_on_later(course, monkeypatch) -> None:
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 200)
    opened = grading.Writer.write

    def meanwhile(writer, student, results):
        with locked(course):
            return opened(writer, student, results)

    monkeypatch.setattr(grading.Writer, "write", meanwhile)
    with pytest.raises(GradebookError, match=r"locked.*--resume") as told:
        grade_assignments(course, ["hw"], ["bo"], Crew(1))
    assert "\n" not in str(told.value)
    assert points(course) == {"ada": FULL}
    monkeypatch.setattr(grading.Writer, "write", opened)
    done = grade_assignments(course, ["hw"], crew=Crew(1), resume=True)
    assert points(course) == dict.fromkeys(STUDENTS, FULL)
    # Both had been graded: nothing ran again, and ada was not written again.
    assert done.progress.rate == 0


def test_a_gradebook_that_becomes_free_is_waited_for(course, monkeypatch) -> None:
    opened = grading.Writer.write

    def meanwhile(writer, student, results):
        with locked(course) as other:
            threading.Timer(0.3, other.rollback).start()
            return opened(writer, student, results)

    monkeypatch.setattr(grading.Writer, "write", meanwhile)
    grade_assignments(course, ["hw"], ["bo"], Crew(1))
    assert points(course) == dict.fromkeys(STUDENTS, FULL)


def test_a_gradebook_is_waited_for_wherever_it_is_opened(course) -> None:
    with open_course(course, "hw") as opened, opened.gradebook() as book, book.engine.connect() as connection:
        patience = connection.exec_driver_sql("pragma busy_timeout").scalar()
    assert patience == gradebooks.LOCK_PATIENCE_MS


@pytest.mark.parametrize("door", [lambda course: grade_assignments(course, ["hw"], crew=Crew(1)), points])
def test_a_gradebook_that_is_locked_from_the_beginning_is_told(course, monkeypatch, door) -> None:
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 100)
    with locked(course), pytest.raises(GradebookError, match="locked"):
        door(course)


@pytest.mark.parametrize("door", [lambda course: grade_assignments(course, ["hw"], crew=Crew(1)), points])
def test_of_a_locked_gradebook_the_line_blames_no_damage_and_names_the_way_on(course, monkeypatch, door) -> None:
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 100)
    with locked(course), pytest.raises(GradebookError) as told:
        door(course)
    assert "Another program has it locked" in str(told.value)
    assert "--resume" in str(told.value)
    assert "damaged" not in str(told.value)


def test_that_a_gradebook_is_waited_for_is_told_at_the_terminal(course, monkeypatch) -> None:
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 2000)
    monkeypatch.setattr("autograder.waiting.SECONDS_UNTIL_TOLD", 0.1)
    with locked(course):
        done = typed(course, "export", "hw")
    assert done.returncode == 3
    told = " ".join(done.stderr.split())
    assert f"Waiting for the gradebook {course / 'gradebook.db'}: another program may have it locked." in told


def test_that_a_gradebook_is_waited_for_in_the_middle_is_told(course, monkeypatch, caplog) -> None:
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 2000)
    monkeypatch.setattr("autograder.waiting.SECONDS_UNTIL_TOLD", 0.1)
    with bridge.open_writer(course, "hw") as writer, locked(course), pytest.raises(GradebookError):
        writer.write("ada", {})
    assert "Waiting for the gradebook" in caplog.text

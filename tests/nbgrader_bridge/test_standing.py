"""How an assignment stands: what nbgrader's own models say, asked for the whole class at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from entering import write_grades
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tiny_course import ALL_PASSED, check, result
from tiny_edits import extend, give, late, take_off

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.standing import CellGrade
from autograder.outcomes import Person

UNDECIDED = result(check("test_visible", 1.1, 2.0, "partial"), check("test_hidden", None, 3.0, "failed", "Close."))


@pytest.fixture
def graded(course: Path, hand_in) -> Path:
    """Grade three students: one is late, one has points by hand, one waits; a fourth has handed in nothing."""
    bridge.add_students(course, [Person("zoe", "Zoë")])
    for student, found in (("ada", ALL_PASSED), ("bo", ALL_PASSED), ("cy", UNDECIDED)):
        path = hand_in(student)
        if student == "ada":
            late(course, path)
        write_grades(course, "hw", {(student, "hw"): found})
    give(course, "bo", "test_hidden", 0.7)
    take_off(course, "ada", 1.5)
    return course


def test_it_is_what_nbgraders_models_say(graded: Path) -> None:
    with open_course(graded, "hw") as course, course.gradebook() as gradebook:
        for one in bridge.standing(graded, "hw")[:3]:
            theirs = gradebook.find_submission("hw", one.student)
            assert one.points == theirs.score
            assert one.penalty == theirs.late_submission_penalty
            assert one.needs_manual_grade == theirs.needs_manual_grade
            assert one.seconds_late == theirs.total_seconds_late
            assert one.timestamp == theirs.timestamp
    assert [(one.student, one.submitted) for one in bridge.standing(graded, "hw")][2:] == [("cy", True), ("zoe", False)]


def test_each_cell_says_whether_a_person_decided(graded: Path) -> None:
    _, bo, cy, zoe = bridge.standing(graded, "hw")
    assert bo.cells["hw", "test_hidden"] == CellGrade(0.7, by_hand=True, decided=True)
    assert cy.cells == {
        ("hw", "test_visible"): CellGrade(1.1, by_hand=False),
        ("hw", "test_hidden"): CellGrade(None, by_hand=False),
    }
    assert zoe.cells == {}


def test_more_time_where_there_is_no_due_date_is_no_fault(course: Path, hand_in) -> None:
    hand_in("ada").with_name("timestamp.txt").write_text("2026-03-06 06:00:00 UTC")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    extend(course, "ada", 1)
    assert [one.seconds_late for one in bridge.standing(course, "hw")] == [0.0]


@contextlib.contextmanager
def counted() -> Iterator[list[str]]:
    """Gather what databases are asked meanwhile."""
    asked: list[str] = []

    def count(*about: object) -> None:
        asked.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", count)
    yield asked
    event.remove(Engine, "before_cursor_execute", count)


@pytest.mark.parametrize(
    "ask", [lambda course: bridge.standing(course, "hw"), lambda course: bridge.export(course, course / "all.csv")]
)
def test_a_large_class_is_asked_for_as_often_as_a_small_one(course: Path, hand_in, ask) -> None:
    counts = []
    for student in ("ada", "bo", "cy"):
        hand_in(student)
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})
        with counted() as asked:
            ask(course)
        counts.append(len(asked))
    assert len(set(counts)) == 1

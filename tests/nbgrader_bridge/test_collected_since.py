"""What is collected and not graded, or graded for other points, is told from what was never handed in."""

from __future__ import annotations

import os
import time

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED
from tiny_edits import add_essay, answer_essay, change_points, give

from autograder import nbgrader_bridge as bridge
from autograder.api import since
from autograder.api.gradebook import grade_assignments
from autograder.api.outcomes import class_outcome
from autograder.api.records import keep
from autograder.api.runs import JOURNAL, STATE
from autograder.outcomes import HandGraded, Person


@pytest.fixture
def graded(course, hand_in):
    """Grade ann's; ben is on the class list too."""
    bridge.add_students(course, [Person("ann"), Person("ben")])
    path = hand_in("ann")
    write_grades(course, "hw", {("ann", "hw"): ALL_PASSED})
    keep(course, "hw", {("ann", "hw"): ALL_PASSED})
    return path


def ids(outcomes):
    return [one.person.id for one in outcomes]


def test_what_was_graded_is_of_what_is_collected(course, graded):
    assert graded
    outcome = class_outcome(course, "hw")
    assert (outcome.not_graded, outcome.handed_in_anew, outcome.outdated) == ((), (), ())


def test_who_was_collected_and_not_graded_is_told(course, graded, hand_in):
    assert graded
    hand_in("ben")
    assert ids(class_outcome(course, "hw").not_graded) == ["ben"]


def test_also_who_is_not_on_the_class_list(course, graded, hand_in):
    assert graded
    hand_in("zoe")
    outcome = class_outcome(course, "hw")
    assert (ids(outcome.outcomes), ids(outcome.not_graded)) == (["ann", "ben", "zoe"], ["zoe"])


def test_who_was_collected_anew_since_is_told(course, graded):
    later = time.time() + 60
    os.utime(graded, (later, later))
    assert ids(class_outcome(course, "hw").handed_in_anew) == ["ann"]


def test_another_time_of_handing_in_is_another_submission(course, graded):
    (graded.parent / "timestamp.txt").write_text("2026-03-07 09:00:00.000000 UTC")
    assert ids(class_outcome(course, "hw").handed_in_anew) == ["ann"]


def test_who_was_graded_for_other_points_is_told(course, graded):
    assert graded
    change_points(course, "test_hidden", 8)
    assert ids(class_outcome(course, "hw").outdated) == ["ann"]


def test_an_essay_has_a_row_of_its_own(course, hand_in):
    add_essay(course)
    for student in ("ann", "ben"):
        hand_in(student, answer_essay)
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})
        keep(course, "hw", {(student, "hw"): ALL_PASSED})
    give(course, "ann", "essay", 3.5)
    ann, ben = class_outcome(course, "hw").outcomes
    assert (ann.by_hand, ben.by_hand) == ((HandGraded("essay", 3.5, 4.0),), (HandGraded("essay", None, 4.0),))
    assert ann.points == 8.5


@pytest.fixture
def really_graded(course, graded):
    """Grade with the journal, which knows the text."""
    grade_assignments(course, ["hw"])
    return graded


def test_the_same_text_is_not_handed_in_anew_however_young_its_file(course, really_graded):
    later = time.time() + 60
    os.utime(really_graded, (later, later))
    assert class_outcome(course, "hw").handed_in_anew == ()


def test_another_text_is_handed_in_anew_however_old_its_file(course, really_graded):
    really_graded.write_text(really_graded.read_text().replace("import math", "import math, cmath"))
    os.utime(really_graded, (0, 0))
    assert ids(class_outcome(course, "hw").handed_in_anew) == ["ann"]


def test_a_damaged_journal_tells_nothing_and_stops_nobody(course, really_graded):
    assert really_graded
    (course / STATE / JOURNAL).write_text("no database at all\n" * 100)
    assert class_outcome(course, "hw").handed_in_anew == ()


def test_the_journal_is_opened_once_for_a_class(course, hand_in, monkeypatch):
    for student in ("ann", "ben"):
        hand_in(student)
    grade_assignments(course, ["hw"])
    opened = []

    def journal_of(root):
        opened.append(root)
        return since_journal(root)

    since_journal = since.journal_of
    monkeypatch.setattr(since, "journal_of", journal_of)
    assert len(class_outcome(course, "hw").submitted) == len(opened) + 1

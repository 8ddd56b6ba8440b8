"""What the gradebook has of what grading entered is told from what it has not, or not any more."""

from __future__ import annotations

import shutil

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED, check, result
from tiny_edits import change_points, give

from autograder.nbgrader_bridge.entered import entered

SOME = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", 1.25, 3.0, "partial"))
DOUBTFUL = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", None, 3.0, "failed", "a doubt"))


def holds(course, found, db=None):
    return entered(course, "hw", db).holds("ada", {"hw": found})


@pytest.mark.parametrize("found", [ALL_PASSED, SOME, DOUBTFUL])
def test_what_was_entered_is_there(course, hand_in, found):
    hand_in("ada")
    assert not holds(course, found)
    write_grades(course, "hw", {("ada", "hw"): found})
    assert holds(course, found)


@pytest.mark.parametrize("other", [SOME, DOUBTFUL])
def test_another_result_is_not_there(course, hand_in, other):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert not holds(course, other)


def test_points_that_a_person_gave_do_not_count(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): SOME})
    give(course, "ada", "test_hidden", 3.0)
    assert holds(course, SOME)
    assert not holds(course, ALL_PASSED)


def test_of_other_points_nothing_is_there(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    change_points(course, "test_hidden", 8)
    now = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", 8.0, 8.0, "passed"))
    assert not holds(course, now)
    assert entered(course, "hw").points == {("hw", "test_visible"): 2.0, ("hw", "test_hidden"): 8.0}


def test_a_cell_that_the_gradebook_does_not_know_is_not_missed(course, hand_in):
    hand_in("ada")
    more = result(*ALL_PASSED.functions[0].checks, check("test_new", 1.0, 1.0, "passed"))
    write_grades(course, "hw", {("ada", "hw"): more})
    assert holds(course, more)


def test_without_its_autograded_notebook_it_is_not_there(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    shutil.rmtree(course / "autograded")
    assert not holds(course, ALL_PASSED)


def test_another_gradebook_has_nothing_of_it(course, hand_in):
    hand_in("ada")
    shutil.copy(course / "gradebook.db", course / "trial.db")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert not holds(course, ALL_PASSED, f"sqlite:///{course / 'trial.db'}")


def test_a_gradebook_that_does_not_know_the_assignment_has_nothing(course):
    assert not entered(course, "hw2").points

"""The gradebook has the last word on what grading found."""

from __future__ import annotations

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED, check, result

from autograder import nbgrader_bridge as bridge
from autograder.api.outcomes import class_outcome
from autograder.api.records import keep
from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import open_course
from autograder.outcomes import Person
from autograder.results import Verdict

DOUBTFUL = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", None, 3.0, "failed", "Close."))


@pytest.fixture
def graded(course, hand_in):
    bridge.add_students(course, [Person("ann", "Ann", "Abel", "ann@example.org"), Person("ben")])
    hand_in("ann")
    write_grades(course, "hw", {("ann", "hw"): DOUBTFUL})
    keep(course, "hw", {("ann", "hw"): DOUBTFUL, ("ben", "hw"): DOUBTFUL})
    return course


def decide(course, points, extra=None):
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        grade = gradebook.find_grade("test_hidden", "hw", "hw", "ann")
        grade.manual_score, grade.needs_manual_grade, grade.extra_credit = points, False, extra
        gradebook.db.commit()


def test_everybody_on_the_class_list_is_there(graded):
    ann, ben = class_outcome(graded, "hw").outcomes
    assert (ann.person.name, ann.person.email, ann.points, ann.max_score) == ("Ann Abel", "ann@example.org", 2.0, 5.0)
    assert (ben.person.name, ben.submitted, ben.score) == ("ben", False, 0.0)


def test_what_a_person_must_decide_waits(graded):
    (ann,) = class_outcome(graded, "hw").waiting
    assert [one.score for one in ann.checks] == [2.0, None]


@pytest.mark.parametrize(("points", "verdict"), [(3.0, "passed"), (1.0, "partial"), (0.0, "failed")])
def test_what_a_person_decided_stands_in_the_place_of_ours(graded, points, verdict):
    decide(graded, points)
    ann, _ = class_outcome(graded, "hw").outcomes
    assert not ann.waits
    assert (ann.score, ann.functions[0].score, ann.checks[1].verdict) == (2 + points, 2 + points, Verdict(verdict))
    assert ann.results[0].notices == (f"test_hidden: {points:g} points, given by hand.",)


def test_extra_credit_on_full_marks_is_no_mistake(graded):
    decide(graded, 3.0, extra=1.5)
    ann, _ = class_outcome(graded, "hw").outcomes
    assert (ann.score, ann.functions[0].verdict) == (6.5, Verdict.PASSED)


def test_a_result_that_the_gradebook_does_not_have_any_more_is_no_score(graded):
    """A later grading failed altogether, so that nothing was kept of it."""
    keep(graded, "hw", {("ann", "hw"): ALL_PASSED})
    write_grades(graded, "hw", {("ann", "hw"): None})
    ann, _ = class_outcome(graded, "hw").outcomes
    assert (ann.ours, ann.waits, [one.score for one in ann.checks]) == (True, True, [None, None])


def test_a_result_without_a_submission_says_nothing(graded):
    assert class_outcome(graded, "hw").outcomes[1].results == ()


def test_an_assignment_that_was_never_generated_is_named(course):
    with pytest.raises(BridgeError, match="autograder release other"):
        class_outcome(course, "other")

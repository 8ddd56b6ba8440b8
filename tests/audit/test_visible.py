"""The visible tests, and the answers to one function judged in this process."""

from __future__ import annotations

import pytest

from autograder.api import Grader
from autograder.audit.prepare import prepared
from autograder.audit.visible import knows_only, overpaid, recorded, visible_cells

VALUES = "from autograder import checks\n### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


@pytest.fixture
def opened(course):
    """Give the paper, its one function, the reference and the rehearsal of a course with the given hidden test."""

    def rehearsing(hidden: str, use):
        with Grader(course(VALUES.format(hidden))) as grader:
            (paper,) = grader.course.papers
            with grader.examiner(paper).rehearsing() as (reference, rehearsal):
                return use(paper, paper.functions[0], reference, rehearsal)

    return rehearsing


def test_a_visible_cell_has_no_hidden_lines(opened):
    names = opened(
        "assert mean(np.ones(2)) == 1", lambda _, function, *__: [c.grade_id for c in visible_cells(function)]
    )
    assert names == ["test_mean_shown"]


def test_the_calls_of_a_visible_test_are_recorded(opened):
    calls = opened("pass", lambda _, f, *sides: recorded(f, visible_cells(f)[0], *sides))
    ((args, named, result),) = calls
    assert (args[0].tolist(), named, result) == ([1.0, 3.0], {}, 2.0)


def test_what_knows_calls_by_heart_knows_nothing_else():
    answer = knows_only([((2,), {}, 4)])
    assert answer(2) == 4
    with pytest.raises(NotImplementedError):
        answer(3)


def test_a_hidden_test_that_asks_what_is_shown_pays_twice(opened):
    (fault,) = opened("assert mean(np.array([1.0, 3.0])) == 2", lambda _, *sides: overpaid(*sides))
    assert "earns 2 points more" in fault
    assert "test_mean_values" in fault


def test_a_hidden_test_that_asks_something_else_does_not(opened):
    assert opened("assert mean(np.array([1.0, 4.0])) == 2.5", lambda _, *sides: overpaid(*sides)) == []


def test_a_wrong_answer_that_a_check_refuses_needs_no_sandbox(opened):
    found = opened("checks.close(mean(np.array([1.0, 4.0])), 2.5)", lambda paper, f, *s: prepared(f, paper, *s))
    refused = [one for one in found.judged if one.variant in found.wrong]
    assert refused
    assert {one.variant for one in found.judged} <= {*found.wrong, *found.right}
    assert not any(one.passed or one.undecided for one in refused)


def test_a_wrong_answer_that_nothing_refuses_is_left_to_the_sandbox(opened):
    found = opened("pass", lambda paper, f, *s: prepared(f, paper, *s))
    left = set(found.wrong) - {one.variant for one in found.judged}
    assert left

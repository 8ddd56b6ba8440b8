"""The visible tests, and the answers to one function judged in this process."""

from __future__ import annotations

import pytest

from autograder.api import Grader
from autograder.audit.prepare import Prepared, judged_right, judged_wrong, prepared
from autograder.audit.trials import definition_of
from autograder.audit.variants import Variant
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


def settled(judge, kind):
    """Give what prepares the variants of a function and judges those of one kind."""

    def use(paper, function, reference, rehearsal):
        found = prepared(function, paper, reference, rehearsal)
        return getattr(found, kind), judge(getattr(found, kind), paper, rehearsal)

    return use


def test_a_wrong_answer_that_a_check_refuses_needs_no_sandbox(opened):
    wrong, found = opened("checks.close(mean(np.array([1.0, 4.0])), 2.5)", settled(judged_wrong, "wrong"))
    assert found
    assert {one.variant for one in found} <= set(wrong)
    assert not any(one.passed or one.undecided for one in found)


def test_a_wrong_answer_that_passes_needs_no_sandbox(opened):
    _, found = opened("pass", settled(judged_wrong, "wrong"))
    assert any(one.passed for one in found)


@pytest.mark.parametrize("judge", [judged_right, judged_wrong])
def test_an_answer_that_cannot_be_defined_is_left_to_the_sandbox(opened, judge):
    broken = Variant("mean", "broken", "raise ValueError\ndef mean(x):\n    return x.mean()")
    assert opened("pass", lambda paper, _, __, rehearsal: judge([broken], paper, rehearsal)) == []


@pytest.mark.parametrize(("silent", "written"), [(False, "loud\n"), (True, "")])
def test_where_results_alone_are_compared_nothing_is_printed(opened, capsys, silent, written):
    loud = Variant("mean", "loud", "def mean(x):\n    print('loud')\n    return x")
    answer = opened("pass", lambda paper, *_: definition_of(loud, paper, silent=silent))
    assert answer(3.0) == 3.0
    assert capsys.readouterr().out == written


def test_a_right_answer_that_passes_needs_no_sandbox(opened):
    right, found = opened("checks.close(mean(np.array([1.0, 4.0])), 2.5)", settled(judged_right, "right"))
    assert [one.variant for one in found] == list(right)


def test_a_right_answer_that_is_refused_is_left_to_the_sandbox(opened):
    right, found = opened("checks.close(mean(np.array([1.0, 4.0])), 3.0)", settled(judged_right, "right"))
    assert right
    assert found == []


def test_the_furthest_of_every_rule_goes_to_the_sandbox():
    names = ["reference", "loops-1", "loops-all", "mixed-1", "mixed-2", "einsum-1"]
    variants = [Variant("f", name, "") for name in names]
    assert [one.name for one in Prepared(tuple(variants), (), {}).lesser] == ["loops-1"]

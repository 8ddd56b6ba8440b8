"""The room that the tolerance leaves, measured on functions whose errors are known, and on the course's own."""

from __future__ import annotations

import importlib
from collections import namedtuple

import numpy as np
import pytest

from autograder.audit.spread import deviation, nearest, spread
from autograder.checks.tolerance import ATOL, MARGIN, RTOL, SINGLE

EPS = float(np.finfo(float).eps)
QUESTIONS = [(np.array([1.0, 2.0, 4.0]) * n,) for n in range(1, 6)]
ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")
FUNCTIONS = [
    (assignment, name)
    for assignment in ASSIGNMENTS
    for name in importlib.import_module(f"reference.{assignment}").QUESTIONS
]


def total(x):
    return {"total": float(np.sum(x)), "parts": x * 1.0}


def outputs(result):
    return result


def off_by(share: float):
    """Make an answer whose total is off by a share of what is allowed."""

    def answer(x):
        right = total(x)
        return right | {"total": right["total"] + share * (ATOL + RTOL * right["total"])}

    return answer


def test_the_spread_is_the_share_that_variants_use_up():
    found = spread(total, [off_by(0.25), off_by(-0.5)], QUESTIONS, outputs)
    assert found["total"].spread == pytest.approx(0.5, rel=1e-6)
    assert found["parts"].spread == 0


def test_the_margin_is_what_is_allowed_over_what_is_used_up():
    found = spread(total, [off_by(0.25)], QUESTIONS, outputs)
    assert found["total"].margin == pytest.approx(4, rel=1e-6)


def test_the_error_of_a_well_conditioned_function_is_a_rounding():
    error = spread(total, [], QUESTIONS, outputs)["parts"].error
    assert EPS / 2 <= error * RTOL <= 3 * EPS


def test_the_error_grows_with_cancellation():
    def cancelling(x):
        return {"total": float(np.sum(x) - np.sum(x[::-1] * (1 - 1e-6)))}

    assert spread(cancelling, [], QUESTIONS, outputs)["total"].error > 1e4 * EPS / RTOL


def test_zeros_are_not_moved():
    def counted(x):
        return {"on": float(np.count_nonzero(x))}

    found = spread(counted, [], [(np.array([0.0, 1.0, 0.0]),)], outputs)
    assert found["on"].error == pytest.approx(EPS / 2 / RTOL, rel=1e-3)


def test_named_tuples_are_moved_as_such():
    Pair = namedtuple("Pair", "left right")  # noqa: PYI024 - as a course writes it

    def summed(pair):
        return {"sum": float(np.sum(pair.left) + np.sum(pair.right))}

    found = spread(summed, [], [(Pair(np.array([1.0, 2.0]), np.array([3.0])),)], outputs)
    assert 0 < found["sum"].error * RTOL <= 3 * EPS


def test_allowed_is_the_smallest_of_all_questions():
    found = spread(total, [], QUESTIONS, outputs)
    assert found["total"].allowed == pytest.approx(ATOL + RTOL * 7)


@pytest.mark.parametrize("broken", [np.full(3, np.nan), None, np.ones(2), "text"], ids=str)
def test_a_variant_of_another_form_leaves_no_margin(broken):
    found = spread(total, [lambda x: total(x) | {"parts": broken}], QUESTIONS, outputs)
    assert found["parts"].margin == 0


def test_equal_answers_leave_an_infinite_margin():
    found = spread(lambda x: {"zeros": 0.0 * x}, [lambda x: {"zeros": 0 * x}], QUESTIONS, outputs)
    assert found["zeros"].margin == np.inf


def test_a_variant_that_changes_its_input_disturbs_no_other():
    def changing(x):
        right = total(x)
        x *= 0
        return right

    assert spread(total, [changing, total], QUESTIONS, outputs)["total"].spread == 0


def test_the_question_on_which_variants_differ_most_counts():
    found = spread(total, [lambda x: off_by(0.5)(x) if x[0] == 1 else total(x)], QUESTIONS, outputs)
    assert found["total"].spread == pytest.approx(0.5, rel=1e-6)


def test_a_wrong_answer_that_is_too_large_for_a_float_differs_in_form():
    found = nearest(total, {"huge": lambda _: {"total": 10**400}}, QUESTIONS, outputs)
    assert found.deviation == np.inf


def test_beside_a_right_number_that_is_too_large_for_a_float_all_differ_in_form():
    assert deviation(1.0, 10**400) == np.inf


def test_nearest_finds_the_mildest_mistake():
    wrongs = {"double": lambda x: total(2 * x), "mild": off_by(1e5), "milder": off_by(-1e4)}
    found = nearest(total, wrongs, QUESTIONS, outputs)
    assert (found.wrong, found.deviation) == ("milder", pytest.approx(1e4, rel=1e-6))


def test_a_mistake_that_is_farther_than_another_is_asked_no_further():
    asked = []
    wrongs = {"mild": off_by(1e4), "double": lambda x: asked.append(x) or total(2 * x)}
    assert nearest(total, wrongs, QUESTIONS, outputs).wrong == "mild"
    assert len(asked) == 1


def test_a_mistake_counts_by_the_question_that_shows_it_best():
    found = nearest(total, {"first": lambda x: total(x) if x[0] == 1 else total(-x)}, QUESTIONS, outputs)
    assert found.deviation > 1e7


def test_a_wrong_answer_that_raises_differs_in_form():
    found = nearest(total, {"raises": lambda x: x.missing}, QUESTIONS, outputs)
    assert found.deviation == np.inf


@pytest.mark.parametrize(("assignment", "name"), FUNCTIONS, ids=[name for _, name in FUNCTIONS])
def test_the_course_has_room_on_both_sides(assignment, name):
    reference = importlib.import_module(f"reference.{assignment}")
    catalogue = importlib.import_module(f"reference.misconceptions.{assignment}").CATALOGUE
    questions = [reference.QUESTIONS[name](seed) for seed in range(5)]
    right, judged = getattr(reference, name), reference.OUTPUTS[name]
    wrongs = {entry.name: entry.wrong for entry in catalogue if entry.function == name}
    assert min(one.margin for one in spread(right, [], questions, judged).values()) > 500
    # What is wrong with a check shows beside functions of its own, which these questions do not bring.
    if name not in getattr(reference, "PROBES", {}):
        assert nearest(right, wrongs, questions, judged).deviation > MARGIN * SINGLE / RTOL

"""NaN where the reference gives NaN is right; a question that is NaN mostly tells no mistake from another."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Misconception, Subject


def gaps(values):
    steps = values[1:] - values[:-1]
    missing = int(np.isnan(values).sum())
    return steps, missing


def ranks(values):
    known = ~np.isnan(values)
    v = values[known]
    less = (v[:, None] > v[None, :]).sum(axis=1)
    equal = (v[:, None] == v[None, :]).sum(axis=1)
    result = np.full(values.shape, np.nan)
    result[known] = less + (equal + 1) / 2
    return result


def draw(seed):
    random = np.random.RandomState(seed)
    values = random.normal(size=9)
    values[random.randint(9)] = np.nan
    return (values,)


def first_all_missing(seed):
    """Give values of which most are NaN in the first question, and few in the others."""
    random = np.random.RandomState(seed)
    values = random.randint(0, 4, 8).astype(float)
    values[: 7 if seed % 10 == 0 else 1] = np.nan
    return (values,)


def spoiling(values):
    steps = values[1:] - values[:-1]
    missing = int(np.isnan(values).sum())
    values[0] = 0.0
    return steps, missing


@pytest.mark.parametrize("answer", [gaps, lambda values: (np.diff(values), int(np.isnan(values).sum()))])
def test_nan_in_its_place_is_right(answer):
    assert diagnosed(Subject(gaps, draw), answer) is None


def test_a_right_answer_with_nan_that_changes_its_input_is_told_that():
    found = diagnosed(Subject(gaps, draw), spoiling)
    assert found
    assert found.message == "The result is right, but the call changes its input: values."


def test_a_factor_is_seen_beside_nan():
    found = diagnosed(Subject(gaps, draw), lambda values: (3 * np.diff(values), int(np.isnan(values).sum())))
    assert found
    assert found.message == "result[0] is 3 times what it should be."


def test_an_output_off_by_a_little_beside_nan_is_told():
    found = diagnosed(Subject(gaps, draw), lambda values: (np.diff(values) * (1 + 1e-4 * np.arange(8)), 1))
    assert found
    assert found.message == "result[0] is nearly right, but off by a little in each entry."


def test_a_wrong_number_is_told_where_others_are_nan_as_they_should_be():
    found = diagnosed(Subject(gaps, draw), lambda values: (np.diff(values), np.cos(np.nansum(values))))
    assert found
    assert found.message == "Only result[1] is wrong; the other outputs are right."


def test_nan_that_belongs_elsewhere_is_not_right():
    def answer(values):
        return np.roll(np.diff(values), 1), int(np.isnan(values).sum())

    found = diagnosed(Subject(gaps, draw), answer)
    assert found
    assert found.message == "Only result[0] is wrong; the other outputs are right."


def test_a_known_mistake_is_known_beside_nan():
    def turned(values):
        return np.sin(values[:-1] - values[1:]), int(np.isnan(values).sum())

    entry = Misconception("turned", "gaps", turned, "Turned.", "Do not.")
    found = diagnosed(Subject(gaps, draw, catalogue=[entry]), turned)
    assert found
    assert found.misconception == "turned"


def test_a_slip_is_found_though_the_first_question_is_nearly_all_nan():
    def answer(values):
        known = ~np.isnan(values)
        v = values[known]
        result = np.full(values.shape, np.nan)
        result[known] = (v[:, None] > v[None, :]).sum(axis=1) + (v[:, None] == v[None, :]).sum(axis=1) / 2
        return result

    found = diagnosed(Subject(ranks, first_all_missing), answer)
    assert found
    assert (found.misconception, found.message) == ("term-missing", "Where result is computed, the term 1 is missing.")


def test_an_argument_without_influence_is_seen_beside_nan():
    def scaled(values, size):
        return np.diff(values) * np.exp(size)

    def drawn(seed):
        return (*draw(seed), float(np.random.RandomState(seed + 1).rand()))

    found = diagnosed(Subject(scaled, drawn), lambda values, _: np.cos(np.diff(values)))
    assert found
    assert found.misconception == "argument-ignored"

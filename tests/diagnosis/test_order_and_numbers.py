"""A wrong order and a wrong number are told in words that fit what a student has written."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject


def draw(seed):
    random = np.random.RandomState(seed)
    return (random.rand(random.randint(5, 9), 3),)


def largest(x):
    values = np.square(x.sum(axis=0))
    order = np.argsort(values)[::-1][:2]
    return x[:, order]


def last(x):
    values = x.sum(axis=1)
    return np.exp(values) * values[-1]


def spread(x):
    centered = x - x.mean(axis=0)
    return np.square(centered).sum(axis=0) / (len(x) - 1)


def shifted(x):
    y = np.exp(x)
    return np.log(y + 3) * y


SAID = {
    "ascending": (
        largest,
        lambda x: x[:, np.argsort(np.square(x.sum(axis=0)))[:2]],
        "where order is computed, the entries stand in the opposite order.",
    ),
    "divided by m": (
        spread,
        lambda x: x.var(axis=0),
        "the result is (m - 1) / m, m being the number of rows of x, times what it should be.",
    ),
    "another number": (
        shifted,
        lambda x: np.log(np.exp(x) + 4) * np.exp(x),
        "beside y, 4 stands in the place of another number.",
    ),
}


@pytest.mark.parametrize(("right", "answer", "said"), SAID.values(), ids=SAID)
def test_a_slip_is_told_without_the_words_of_the_reference(right, answer, said):
    found = diagnosed(Subject(right, draw), answer)
    assert found
    assert found.message.lower() == said


def test_an_entry_counted_from_the_end_is_no_missing_minus():
    found = diagnosed(Subject(last, draw), lambda x: np.exp(x.sum(axis=1)) * x.sum(axis=1)[1])
    assert found
    assert found.misconception == "wrong-index"

"""What a slip is called in words is a whole sentence, however the reference is written."""

from __future__ import annotations

import ast

import numpy as np
import numpy.linalg as LA  # noqa: N812 - as courses write it
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject
from autograder.diagnosis.slips.speech import spoken


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("mask.sum(axis=0)", "the sum of mask"),
        ("a.mean() - b.mean()", "the mean of a minus the mean of b"),
        ("x.dot(y)", "the product of x and y"),
        ("np.dot(x, y)", "the product of x and y"),
        ("np.linalg.norm(x)", "the norm of x"),
        ("window.max(axis=(2, 3))", "the largest entry of window"),
        ("(x - y).sum()", "the sum of x minus y"),
        ("x[0].sum()", "the sum of entry 0 of x"),
        ("len(x)", "len of x"),
        ("rng.random()", ""),
        ("x.dtype.type(x)", ""),
        ("X.reshape(2, 3)", ""),
        ("draw()", ""),
        ("f(x)(y)", ""),
        ("np.sum(axis=0)", ""),
    ],
)
def test_a_formula_is_said_whole_or_not_at_all(formula, words):
    assert spoken(ast.parse(formula, mode="eval").body) == words


def draw(seed):
    random = np.random.RandomState(seed)
    return random.rand(4, 3) + 0.5, random.rand(4, 3) + 0.5


def share(x, y):
    part = x / x.sum(axis=0)
    return part * y


def clipped(x, y):
    bound = np.exp(x) + y[::-1, 1:2]
    return np.log(bound)


def measured(x, y):
    size = np.abs(x[::-1, 1:] - y[1, 1])
    return np.exp(size)


def weighted(x, y):
    return x[::-1, 1:2] * np.sin(y)


def averaged(x, y):
    middle = (x[::-1, 1:] * y[1, 1]).sum(axis=0)
    return np.exp(middle)


def length(x, y):
    return LA.norm(x) * y


def test_what_is_called_on_a_module_of_another_name_is_no_method():
    found = diagnosed(Subject(length, draw), lambda x, y: np.max(np.abs(x)) * y)
    assert found
    assert found.message == "The largest entry of x stands in the place of the norm."


@pytest.mark.parametrize(
    ("right", "answer", "said"),
    [
        (share, lambda x, y: x * y, "Where part is computed, the division by the sum of x is missing."),
        (clipped, lambda x, _: x, "Where bound is computed, one of the terms is missing."),
        (
            clipped,
            lambda x, y: np.log(np.exp(x) - y[::-1, 1:2]),
            "Where bound is computed, a part is subtracted instead of added.",
        ),
        (weighted, lambda _, y: np.sin(y), "One of the factors is missing."),
        (
            measured,
            lambda x, y: np.exp(x[::-1, 1:] - y[1, 1]),
            "Where size is computed, the absolute value of a value is not taken.",
        ),
        (
            averaged,
            lambda x, y: np.exp((x[::-1, 1:] * y[1, 1]).mean(axis=0)),
            "Where middle is computed, a value is averaged instead of summed.",
        ),
    ],
)
def test_a_part_without_words_is_left_out(right, answer, said):
    found = diagnosed(Subject(right, draw), answer)
    assert found
    assert found.message == said

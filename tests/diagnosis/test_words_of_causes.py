"""What is said of a cause is what was seen, in words that fit any course."""

from __future__ import annotations

import re

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject
from autograder.diagnosis.hints import HINTS


@pytest.mark.parametrize("kind", HINTS)
def test_no_hint_supposes_layers(kind):
    assert not re.search(r"\blayers?\b|\bunits?\b", HINTS[kind])


def interval(x, level):
    resampled = x[np.random.RandomState(3).randint(0, len(x), (30, len(x)))].mean(axis=1)
    return float(np.quantile(resampled, level))


def permuted(x, level):
    return float(np.quantile([x[np.random.RandomState(n).permutation(len(x))].mean() for n in range(30)], level))


def draw(seed):
    random = np.random.RandomState(seed)
    return random.normal(size=7), random.uniform(0.05, 0.3)


def test_an_argument_that_changes_nothing_is_not_said_to_be_unused():
    found = diagnosed(Subject(interval, draw), permuted)
    assert found
    assert (found.misconception, found.message) == (
        "argument-ignored",
        "The result would be the same without level: another value changes nothing.",
    )


def means(labels, values):
    return {str(label): float(np.mean(values[labels == label])) for label in np.unique(labels)}


def grouped(seed):
    random = np.random.RandomState(seed)
    return np.array(["red", "green", "blue"])[np.arange(8) % 3], random.normal(size=8)


def once(labels, values):
    return {name: value if name == "blue" else np.cos(value) for name, value in means(labels, values).items()}


def no_number(labels, values):
    return {name: value if name == "blue" else float("nan") for name, value in means(labels, values).items()}


def test_keys_that_are_data_are_no_outputs_of_lines_of_their_own():
    assert diagnosed(Subject(means, grouped), once) is None


def test_a_key_that_is_data_is_not_computed_before_others():
    found = diagnosed(Subject(means, grouped), no_number)
    assert found
    assert found.message == "green is NaN, which is no number."


def named(x):
    return {"low": x.min(), "high": x.max(), "middle": x.mean()}


def test_keys_that_are_names_are_outputs():
    found = diagnosed(Subject(named, lambda seed: draw(seed)[:1]), lambda x: {**named(x), "middle": np.cos(x.sum())})
    assert found
    assert found.message == "Only middle is wrong; the other outputs are right."

"""Where the reference changes its arguments, what becomes of them is an output: to change them is no mistake."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from asking import asked, diagnosed, quiet

from autograder.diagnosis import Misconception, Subject


def momentum(weights, slopes, velocity, rate):
    for key in weights:
        velocity[key] = 0.9 * velocity[key] + slopes["d" + key]
        weights[key] -= rate * velocity[key]


def scale(x, factor):
    x *= factor
    return x.sum()


def draw(seed):
    random = np.random.RandomState(seed)
    shapes = {"W": (2, 3), "b": (2, 1)}
    weights = {key: random.normal(size=shape) for key, shape in shapes.items()}
    slopes = {"d" + key: random.normal(size=shape) for key, shape in shapes.items()}
    velocity = {key: random.normal(size=shape) for key, shape in shapes.items()}
    return weights, slopes, velocity, random.uniform(0.1, 0.5)


def added(weights, slopes, velocity, rate):
    for key in weights:
        velocity[key] = 0.9 * velocity[key] + slopes["d" + key]
        weights[key] += rate * velocity[key]


def averaged(weights, slopes, velocity, rate):
    for key in weights:
        velocity[key] = 0.9 * velocity[key] + (1 - 0.9) * slopes["d" + key]
        weights[key] -= rate * velocity[key]


def unstored(weights, slopes, velocity, rate):
    for key in weights:
        weights[key] -= rate * (0.9 * velocity[key] + slopes["d" + key])


def copied(weights, slopes, velocity, rate):
    velocity = {key: 0.9 * velocity[key] + slopes["d" + key] for key in weights}
    return {key: weights[key] - rate * velocity[key] for key in weights}, velocity


def greedy(weights, slopes, velocity, rate):
    momentum(weights, slopes, velocity, rate)
    slopes["dW"] *= 0


def numbers(seed):
    return np.random.RandomState(seed).normal(size=4), seed % 7 + 2.0


@pytest.mark.parametrize("answer", [added, averaged, unstored, copied])
def test_a_change_that_is_wanted_is_never_blamed(answer):
    found = diagnosed(Subject(momentum, draw), answer)
    assert found is None or found.misconception != "inputs-changed"


def test_an_answer_that_changes_as_the_reference_does_is_right():
    assert diagnosed(Subject(momentum, draw), momentum) is None


def test_a_slip_in_a_line_that_changes_an_argument_is_named():
    found = diagnosed(Subject(momentum, draw), added)
    assert found
    assert (found.misconception, found.message) == (
        "sign",
        "Where weights is computed, rate times entry key of velocity changes weights in the wrong direction.",
    )


def test_a_known_mistake_is_known_by_what_it_leaves():
    entry = Misconception("averaged", "momentum", averaged, "Averages.", "Do not.")
    found = diagnosed(Subject(momentum, draw, catalogue=[entry]), averaged)
    assert found
    assert found.misconception == "averaged"


def test_an_argument_that_should_be_changed_and_is_not_is_told():
    found = diagnosed(Subject(momentum, draw), unstored)
    assert found
    assert (found.misconception, found.message) == (
        "input-unchanged",
        "The call is to change velocity, and leaves it as it was.",
    )


def test_several_arguments_that_should_be_changed_are_told():
    found = diagnosed(Subject(momentum, draw), copied)
    assert found
    assert found.message == "The call is to change weights and velocity, and leaves them as they were."


def test_the_change_of_another_argument_is_still_told():
    found = diagnosed(Subject(momentum, draw), greedy)
    assert found
    assert (found.misconception, found.message) == (
        "inputs-changed",
        "The result is right, but the call changes its input: slopes.",
    )


def test_what_is_left_in_an_array_is_an_output_beside_the_result():
    def answer(x, factor):
        x += factor
        return (x - factor).sum() * factor

    found = diagnosed(Subject(scale, numbers), answer)
    assert found
    assert (found.misconception, found.message) == (
        "only-some-outputs",
        "Only x after the call is wrong; the other outputs are right.",
    )


def test_nothing_is_said_of_what_became_of_arguments_where_that_is_not_known():
    about = Subject(momentum, draw)
    with quiet():
        observed = [dataclasses.replace(asked(added, question), after=None) for question in about.fresh]
    assert about.explain(observed) is None


def test_an_argument_without_a_name_may_be_changed_in_place_too():
    def clear(*arrays):
        arrays[1][:] = 0.0
        return arrays[0].sum()

    found = diagnosed(Subject(clear, lambda seed: tuple(np.random.RandomState(seed).rand(2, 3))), lambda a, _: a.sum())
    assert found
    assert "argument 2" in found.message

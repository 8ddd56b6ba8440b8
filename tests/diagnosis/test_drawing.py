"""Questions with random generators among their arguments, and with named tuples."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
from asking import diagnosed

from autograder.diagnosis import Subject

Point = namedtuple("Point", "x y")  # noqa: PYI024 - as a course writes it


def spread(rng, size):
    return rng.standard_normal(size)


def noisy(x, rng):
    noise = spread(rng, x.size)
    return 2.0 * x + noise


def norm(point):
    return point.x**2 + 3.0 * point.y**2


def draw(seed):
    return np.random.default_rng(seed).normal(size=4), np.random.default_rng(seed + 7)


def with_a_minus(x, rng):
    return 2.0 * x - rng.standard_normal(x.size)


def twice(x, rng):
    return 2.0 * (2.0 * x + rng.standard_normal(x.size))


def state_of(subject):
    return [question.arguments[1].bit_generator.state for question in subject.fresh]


def test_what_slips_draw_is_missed_by_no_question():
    subject = Subject(noisy, draw)
    before = state_of(subject)
    subject.prepare()
    assert state_of(subject) == before


def test_a_slip_is_found_in_what_draws():
    found = diagnosed(Subject(noisy, draw), with_a_minus)
    assert found
    assert "subtracted instead of added" in found.message


def test_what_one_answer_is_told_hangs_on_no_other():
    subject = Subject(noisy, draw)
    first = diagnosed(subject, twice)
    diagnosed(subject, with_a_minus)
    assert diagnosed(subject, twice) == first


def test_slips_are_looked_for_in_what_takes_a_named_tuple():
    found = diagnosed(
        Subject(norm, lambda seed: (Point(*np.random.default_rng(seed).normal(size=2)),)),
        lambda point: point.x**2 - 3.0 * point.y**2,
    )
    assert found
    assert "subtracted instead of added" in found.message

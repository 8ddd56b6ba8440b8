"""A slip may make the reference endless or greedy: it is dropped, and the others are looked at all the same."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Misconception, Subject
from autograder.examiner.guard import briefly, guarded
from autograder.examiner.patience import Patience

CALLED = []


def once(x):
    return x + 1


def forever(x):
    for _ in iter(int, 1):
        x = x + 1
    return x


def graded(x):
    CALLED.append(x)
    return x + 7


def helped(x):
    y = once(x)
    return y * np.exp(x)


def deepest(n):
    return 0 if n < 1 else 1 + deepest(n - 1)


def draw(seed):
    return (np.random.RandomState(seed).rand(3),)


@pytest.fixture(autouse=True)
def _ends():
    with guarded(60, 4000):
        yield


def short(_seconds):
    return briefly(0.02, Patience())


def test_a_slip_that_never_ends_hides_no_other():
    found = diagnosed(Subject(helped, draw, limited=short), lambda x: (x + 1) * np.exp(x + 1))
    assert found
    assert found.message == "y stands in the place of x."


def test_a_slip_that_calls_itself_for_good_is_dropped():
    found = diagnosed(Subject(deepest, lambda seed: (seed % 7 + 3,), limited=short), lambda n: 2 * n)
    assert found
    assert "2" in found.message


def test_another_graded_function_is_put_in_no_place_where_the_reference_calls_it_not():
    CALLED.clear()
    Subject(helped, draw, limited=short, graded=["helped", "graded"]).prepare()
    assert CALLED == []


def test_a_known_mistake_that_never_ends_is_told_and_hides_no_other():
    entries = [
        Misconception("endless", "helped", forever, "It never ends.", "Think."),
        Misconception("sevens", "helped", lambda x: x * 7, "It gives sevens.", "Think."),
    ]
    about = Subject(helped, draw, catalogue=entries, limited=short)
    assert {name: type(error) for name, error in about.broken.items()} == {"endless": TimeoutError}
    found = diagnosed(about, functools.partial(np.multiply, 7))
    assert found
    assert found.misconception == "sevens"

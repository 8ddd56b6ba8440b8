"""A tuple in the result that has other parts than it should is told by its place."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject


def right(x):
    return x.sum(), (x, 2 * x, 3 * x)


def draw(seed):
    return (np.random.RandomState(seed).rand(3),)


SAID = {
    "fewer entries": (
        lambda x: (x.sum(), (x, 2 * x)),
        "value 2 of the result has 2 entries where 3 entries are wanted.",
    ),
    "no tuple": (lambda x: (x.sum(), x), "value 2 of the result is no tuple where 3 entries are wanted."),
}


@pytest.mark.parametrize(("answer", "said"), SAID.values(), ids=SAID)
def test_an_inner_tuple_is_told_by_its_place(answer, said):
    found = diagnosed(Subject(right, draw), answer)
    assert found
    assert (found.misconception, found.message.lower()) == ("wrong-structure", said)

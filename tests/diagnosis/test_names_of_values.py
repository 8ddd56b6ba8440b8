"""What a diagnosis calls a value is what the checks call it."""

from __future__ import annotations

import numpy as np
from asking import diagnosed

from autograder.diagnosis import Subject


def draw(seed):
    return (np.random.RandomState(seed).rand(4, 3),)


def halves(x):
    return x.sum(axis=0) / 2, x / 2


def told(answer, right=halves):
    found = diagnosed(Subject(right, draw), answer)
    assert found
    return found.message


def test_of_floats_in_another_precision_both_are_named():
    said = told(lambda x: (x.sum(axis=0) / 2).astype(np.float32), lambda x: x.sum(axis=0) / 2)
    assert "an array of float32 where an array of float64 is wanted" in said


def test_a_value_of_several_has_the_name_that_python_has_for_it():
    said = told(lambda x: (x.sum(axis=0) / 2, x))
    assert "result[1]" in said
    assert "result 2" not in said

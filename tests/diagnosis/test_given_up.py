"""A search for slips that has ended for want of time is over for all answers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder.diagnosis import Subject
from autograder.errors import CandidateTimeoutError

CALLS = itertools.count()
ENOUGH = 20


def slow(x):
    if next(CALLS) > ENOUGH:
        raise CandidateTimeoutError("the time of whoever asks is over")
    return x + 1


def test_it_is_not_waited_for_again():
    subject = Subject(slow, lambda seed: (np.random.RandomState(seed).rand(3),))
    with pytest.raises(CandidateTimeoutError):
        subject.prepare()
    before = next(CALLS)
    subject.prepare()
    assert next(CALLS) == before + 1

"""Deadlines are later on a busy machine, by what was waited for a processor."""

from __future__ import annotations

import time

import pytest

from autograder.errors import CandidateTimeoutError, SandboxError
from autograder.examiner.guard import guarded, timely
from autograder.examiner.patience import Deadline, Patience


class Busy(Patience):
    """One that has waited so many seconds when it is looked at."""

    def __init__(self, *seconds: float) -> None:
        super().__init__()
        self._coming = list(seconds)

    def look(self) -> float:
        self.waited += self._coming.pop(0) if self._coming else 0.0
        return self.waited


def test_on_an_idle_machine_it_passes_when_it_is_over():
    assert Deadline(60, Busy(5)).left() <= 60
    assert Deadline(-1, Busy()).left() <= -1


def test_what_was_waited_comes_on_top():
    assert 3 < Deadline(-1, Busy(5)).left() <= 4


def test_what_was_waited_counts_once():
    deadline = Deadline(-2, Busy(1, 0))
    assert deadline.left() == pytest.approx(-1, abs=0.5)
    assert deadline.left() == pytest.approx(-1, abs=0.5)


def test_what_was_waited_before_it_began_does_not_count():
    patience = Busy(5)
    patience.look()
    assert Deadline(-1, patience).left() <= -1


def test_one_within_another_does_not_outlast_it():
    assert Deadline(60, Busy(), Deadline(1, Busy())).left() <= 1


def test_a_machine_on_which_an_answer_mostly_waits_is_no_place_to_grade_on():
    with pytest.raises(SandboxError, match="too busy"):
        Deadline(-1, Busy(1000)).left()


def test_a_limit_that_rings_on_a_busy_machine_rings_again_later():
    until = time.monotonic() + 0.3
    with timely(Deadline(0.05, Busy(5))):
        while time.monotonic() < until:
            pass


def test_so_does_the_limit_of_what_talks_to_a_candidate_that_waited():
    until = time.monotonic() + 0.3
    with guarded(0.05, 1000, Busy(5)):
        while time.monotonic() < until:
            pass


def test_a_limit_that_rings_again_ends_what_never_ends():
    with pytest.raises(CandidateTimeoutError), timely(Deadline(0.05, Busy(0.1, 0.1))):
        sum(1 for _ in iter(int, 1))


def test_a_deadline_is_lengthened_by_no_more_than_its_own_time():
    deadline = Deadline(1000, Patience())
    deadline.lengthen(400)
    assert 1390 < deadline.rest() <= 1400
    deadline.lengthen(5000)
    assert 1990 < deadline.rest() <= 2000

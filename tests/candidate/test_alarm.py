"""An alarm that code may swallow rings again."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable

import pytest

from autograder.candidate import alarm
from autograder.candidate.alarm import Alarm

LATE = KeyboardInterrupt, "too late"


def rest(seconds: float = 60) -> None:
    with contextlib.suppress(BaseException):
        time.sleep(seconds)


def doze() -> None:
    rest()
    rest()
    time.sleep(60)


def for_ever(work: Callable[[], None]) -> None:
    while True:
        work()


def spin() -> None:
    while True:
        pass


def test_what_takes_too_long_is_interrupted_with_the_error_that_was_given() -> None:
    with pytest.raises(KeyboardInterrupt, match="too late"), Alarm(0.01, *LATE):
        time.sleep(60)


def test_code_that_swallows_the_interruption_is_interrupted_again() -> None:
    with pytest.raises(KeyboardInterrupt), Alarm(0.01, *LATE):
        doze()


def test_a_loop_that_swallows_whatever_its_body_raises_comes_to_its_end() -> None:
    with pytest.raises(KeyboardInterrupt), Alarm(0.01, *LATE):
        for_ever(rest)


def test_what_ends_in_time_is_not_interrupted() -> None:
    with Alarm(60, *LATE):
        rest(0)


@pytest.mark.parametrize("times", [1, 2])
def test_whoever_traced_traces_again(times: int) -> None:
    before = sys.gettrace()
    with contextlib.suppress(KeyboardInterrupt), Alarm(0.01, *LATE):
        for _ in range(times):
            rest()
    assert sys.gettrace() == before


@pytest.mark.parametrize("work", [rest, spin, lambda: None], ids=["swallowed", "interrupted", "in time"])
def test_whoever_had_the_signal_has_it_again(work: Callable[[], None]) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with contextlib.suppress(KeyboardInterrupt), Alarm(0.01, *LATE):
        work()
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]) == (before, 0)


def test_it_is_taken_away_even_where_it_rings_at_that_very_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarm, "_AGAIN", 2e-5)
    before = signal.getsignal(signal.SIGALRM)
    for _ in range(1000):
        with contextlib.suppress(KeyboardInterrupt), Alarm(2e-5, *LATE):
            spin()
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]) == (before, 0)

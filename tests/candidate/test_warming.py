"""The test cell that the fork-server plays for itself leaves nothing behind."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from autograder.candidate import conversation, warming


def test_the_play_asks_and_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    served = []
    call = conversation.Conversation._call
    monkeypatch.setattr(
        conversation.Conversation, "_call", lambda self, *args: served.append(args[0].function) or call(self, *args)
    )
    warming.play()
    assert served == ["answer"] * warming._TIMES


def test_the_play_leaves_numpys_generator() -> None:
    np.random.seed(5)
    np.random.standard_normal()
    wanted = np.random.RandomState(5)
    wanted.standard_normal()
    warming.play()
    assert np.random.standard_normal(3).tolist() == wanted.standard_normal(3).tolist()


def test_the_play_leaves_no_descriptor() -> None:
    def is_open(descriptor: int) -> bool:
        try:
            os.fstat(descriptor)
        except OSError:
            return False
        return True

    before = [*map(is_open, range(256))]
    warming.play()
    assert [*map(is_open, range(256))] == before


def test_the_play_leaves_the_alarm() -> None:
    before = signal.getsignal(signal.SIGALRM)
    warming.play()
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]) == (before, 0)

"""A layer holds where its trial says so itself; whatever else becomes of the trial is a reason why not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import examination, levels, trials


def refuse() -> None:
    raise RuntimeError("the kernel says no")


def die() -> None:
    os.kill(os.getpid(), signal.SIGSYS)


def leave() -> None:
    os._exit(0)


ENDS = {
    "an exception that nobody expected": (refuse, "RuntimeError: the kernel says no"),
    "a signal": (die, "SIGSYS"),
    "an end without a word": (leave, "without a word"),
    "no end": (signal.pause, "seconds"),
}


@pytest.mark.parametrize(("trial", "reason"), ENDS.values(), ids=ENDS)
def test_a_trial_that_does_not_end_well_is_a_layer_that_does_not_hold(
    trial: Callable[[], None], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "_SECONDS", 1)
    assert reason in trials._why_not(levels.SECCOMP, trial)


def test_a_trial_that_ends_well_is_a_layer_that_holds() -> None:
    assert trials._why_not(levels.GROUP, os.setsid) == ""


def test_trials_that_take_too_long_are_told_as_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "_SECONDS", 0.0001)
    with pytest.raises(SandboxError, match="could not be tried"):
        examination._try_layers()

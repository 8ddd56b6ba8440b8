"""Deadlines on a machine that may be busy: what an answer waits for a processor is not its own time.

Time counts while an answer computes or sleeps. What it, or the examiner that serves it, stood ready to run and had no
processor is added to its deadline when that has passed; so an answer is as slow beside a hundred others as alone.
"""

from __future__ import annotations

import time

from autograder.errors import SandboxError
from autograder.sandbox import turns_here, turns_inside

# Beyond that many times the limit a machine is no place to grade on.
_MOST_TIMES = 50
_LEAST = 1.0


class Patience:
    """Counts what is waited for a processor from now on.

    Parameters
    ----------
    pid : int or None
        Of the candidate, as the fork-server knows it; None where the examiner works alone.

    Attributes
    ----------
    waited : float
        Seconds, as of the last `look`.
    """

    def __init__(self, pid: int | None = None) -> None:
        self._pid = pid
        self._started = time.monotonic()
        self._before = turns_here().waited
        self.waited = 0.0

    def look(self) -> float:
        """Give the seconds waited so far; candidates that came and went count no more."""
        waited = turns_here().waited - self._before
        if self._pid is not None:
            inside = turns_inside(self._pid)
            # Both may have waited at a time; what the candidate ran for, neither did.
            waited = min(waited + inside.waited, time.monotonic() - self._started - inside.ran)
        self.waited = max(self.waited, waited)
        return self.waited


class Deadline:
    """When something must have ended.

    Parameters
    ----------
    seconds : float
        From now, on an idle machine.
    patience : Patience
    within : Deadline or None
        One that is not to be outlasted.
    """

    def __init__(self, seconds: float, patience: Patience, within: Deadline | None = None) -> None:
        self._at = time.monotonic() + seconds
        self._latest = self._at + (_MOST_TIMES - 1) * max(seconds, _LEAST)
        self._patience = patience
        self._counted = patience.waited
        self._within = within

    def left(self) -> float:
        """Give the seconds that are left; none, or less, where it has passed.

        Raises
        ------
        SandboxError
            Where the machine is so busy that it proves nothing.
        """
        left = self._at - time.monotonic()
        if left <= 0:
            waited = self._patience.look()
            left += waited - self._counted
            self._at += waited - self._counted
            self._counted = waited
        if self._at > self._latest:
            raise SandboxError("the machine is too busy: an answer waited for a processor most of the time")
        return left if self._within is None else min(left, self._within.left())

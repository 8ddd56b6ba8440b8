"""Deadlines on a machine that may be busy: what an answer waits for a processor is not its own time.

Time counts while an answer computes or sleeps. What it, or the examiner that serves it, stood ready to run and had no
processor is added to its deadline when that has passed; so an answer is as slow beside a hundred others as alone.
"""

from __future__ import annotations

import time

from autograder.errors import NotebookTimeoutError, SandboxError
from autograder.sandbox import turns_by_process, turns_here, turns_inside

# Beyond that many times the limit a machine is no place to grade on.
_MOST_TIMES = 50
_LEAST = 1.0
# A candidate that has ended tells no more what it waited: while one works it is looked at so often.
_SECONDS_BETWEEN_LOOKS = 0.25


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
        self._started = self._looked = time.monotonic()
        self._here = turns_here().waited
        self._inside = {} if pid is None else turns_by_process(pid)
        self.waited = 0.0

    def look(self) -> float:
        """Give the seconds waited so far; candidates that came and went count no more."""
        self._looked = time.monotonic()
        waited = turns_here().waited - self._here
        if self._pid is not None:
            inside = turns_inside(self._pid, self._inside)
            # Both may have waited at a time; what the candidate ran for, neither did.
            waited = min(waited + inside.waited, self._looked - self._started - inside.ran)
        self.waited = max(self.waited, waited)
        return self.waited

    def glance(self) -> float:
        """Give the seconds waited so far, as of the last `look` where that is not long ago."""
        if time.monotonic() - self._looked > _SECONDS_BETWEEN_LOOKS:
            return self.look()
        return self.waited


class Deadline:
    """When something must have ended.

    Parameters
    ----------
    seconds : float
        From now, on an idle machine.
    patience : Patience
    within : Deadline or Budget or None
        One that is not to be outlasted.
    """

    def __init__(self, seconds: float, patience: Patience, within: Deadline | Budget | None = None) -> None:
        self._seconds = seconds
        self._idle = time.monotonic() + seconds
        self._patience = patience
        self._before = patience.waited
        self._within = within
        self._lengthened = 0.0

    def left(self) -> float:
        """Give the seconds that are left; none, or less, where it has passed.

        Raises
        ------
        SandboxError
            Where the machine is so busy that it proves nothing.
        NotebookTimeoutError
            Where it lies within a budget that is used up.
        """
        left = self.rest()
        if left <= 0:
            self._patience.look()
            left = self.rest()
        if self._patience.waited - self._before > (_MOST_TIMES - 1) * max(self._seconds, _LEAST):
            raise SandboxError("the machine is too busy: an answer waited for a processor most of the time")
        return left if self._within is None else min(left, self._within.left())

    def lengthen(self, seconds: float) -> None:
        """Add what was done meanwhile for whom it limits, up to its own time; one that it lies within stays."""
        more = min(seconds, self._seconds - self._lengthened)
        self._lengthened += more
        self._idle += more

    def rest(self) -> float:
        """Give what is left of this one alone, as far as is known without a look."""
        return self._idle + self._patience.glance() - self._before - time.monotonic()

    def is_half_over(self) -> bool:
        """Tell whether half of its time has passed, or of that of the one that it lies within."""
        if self.rest() < self._seconds / 2:
            return True
        return isinstance(self._within, Deadline) and self._within.is_half_over()


class Budget:
    """What is left of the time that one submission may take in all: a deadline whose clock stands still in between.

    It counts what is done with the submission's answers: what candidates take to run its definitions and its test
    cells, every time they do, and what trusted code takes on what they sent; not work of ours that is done once.

    Parameters
    ----------
    seconds : float
        On an idle machine.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds
        self._running: Deadline | None = None

    def begin(self, patience: Patience) -> bool:
        """Let the clock run until `end`, and later for what is waited; tell whether it stood still."""
        if self._running is not None:
            return False
        self._running = Deadline(self._left, patience)
        return True

    def end(self) -> None:
        """Stop the clock, where it runs."""
        if self._running is not None:
            self._left = self._running.rest()
            self._running = None

    def left(self) -> float:
        """Give the seconds that are left.

        Raises
        ------
        NotebookTimeoutError
            Where there are none.
        """
        left = self._left if self._running is None else self._running.left()
        if left <= 0:
            raise NotebookTimeoutError("the time for the whole notebook is used up")
        return left

    @property
    def is_half_spent(self) -> bool:
        """Whether so much is gone that nothing is done that costs no marks when it is left undone."""
        return (self._left if self._running is None else self._running.rest()) < self._seconds / 2

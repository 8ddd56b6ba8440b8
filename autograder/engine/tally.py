"""How far a run is: what a person sees while it works, and at its end."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_SLOWEST = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    done, total : int
        Submissions.
    kept : int
        Those of them that an earlier run had graded.
    seconds : float
        Since the beginning.
    rate : float
        Submissions a second, those kept left out; 0 before the first one.
    remaining : float or None
        Seconds that the rest will take; None while nothing tells.
    verdicts : dict of str to int
        Functions by verdict.
    slowest : tuple of (float, str)
        The slowest submissions of this run and their seconds, the slowest first.
    """

    done: int
    total: int
    kept: int
    seconds: float
    rate: float
    remaining: float | None
    verdicts: dict[str, int]
    slowest: tuple[tuple[float, str], ...]


@dataclass(slots=True)
class Tally:
    """Counts what is done; it keeps counts only, so many submissions take no more memory than few.

    Parameters
    ----------
    total : int
        Submissions.
    clock : callable
        Gives seconds.
    """

    total: int
    clock: Callable[[], float] = time.monotonic
    _done: int = 0
    _fresh: int = 0
    _kept: int = 0
    _verdicts: Counter[str] = field(default_factory=Counter)
    _slowest: list[tuple[float, str]] = field(default_factory=list)
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def add(self, name: str, seconds: float, verdicts: Iterable[str], *, fresh: bool = True) -> None:
        """Count a submission.

        Parameters
        ----------
        name : str
        seconds : float
            That grading it took.
        verdicts : iterable of str
            Of its functions.
        fresh : bool
            False where an earlier run had graded it.
        """
        self._done += 1
        self._verdicts.update(verdicts)
        if not fresh:
            self._kept += 1
            return
        self._fresh += 1
        self._slowest = heapq.nlargest(_SLOWEST, [*self._slowest, (seconds, name)])

    def pass_over(self) -> None:
        """Count a submission that could not be graded at all."""
        self._done += 1

    def progress(self) -> Progress:
        """Say how far it is."""
        seconds = self.clock() - self._began
        rate = self._fresh / seconds if seconds > 0 else 0.0
        remaining = (self.total - self._done) / rate if rate else None
        verdicts = dict(self._verdicts.most_common())
        return Progress(self._done, self.total, self._kept, seconds, rate, remaining, verdicts, tuple(self._slowest))

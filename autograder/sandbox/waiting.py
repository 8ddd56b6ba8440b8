"""How long a process has run, and how long it has waited for a processor, as the system counts it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_NANOSECONDS = 1e-9


class Turns(NamedTuple):
    """Of one thread, in seconds; all 0 where nobody counts.

    Parameters
    ----------
    ran : float
    waited : float
        Ready to run, and without a processor.
    """

    ran: float
    waited: float


def turns_here() -> Turns:
    """Give those of the calling thread."""
    return _turns("thread-self")


def turns_inside(pid: int) -> Turns:
    """Give those of a candidate, or of its child that serves a test cell, since its birth.

    Parameters
    ----------
    pid : int
        As the fork-server knows it.

    Returns
    -------
    Turns
        Where there are several children, which an honest candidate has none of, those of the one that waited least.
    """
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        children = []
    return min((_turns(name) for name in children or [str(pid)]), key=lambda turns: turns.waited)


def _turns(name: str) -> Turns:
    try:
        ran, waited, _ = Path(f"/proc/{name}/schedstat").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return Turns(0.0, 0.0)
    return Turns(int(ran) * _NANOSECONDS, int(waited) * _NANOSECONDS)

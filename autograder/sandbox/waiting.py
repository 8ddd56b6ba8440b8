"""How long a process has run, and how long it has waited for a processor, as the system counts it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
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


_NONE = Turns(0.0, 0.0)


def turns_here() -> Turns:
    """Give those of the calling thread."""
    return _turns("thread-self")


def turns_by_process(pid: int) -> dict[str, Turns]:
    """Give those of a candidate's children that serve a test cell, or else its own, by process, since its birth.

    Parameters
    ----------
    pid : int
        As the fork-server knows it.
    """
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        children = []
    return {name: _turns(name) for name in children or [str(pid)]}


def turns_inside(pid: int, before: Mapping[str, Turns] = MappingProxyType({})) -> Turns:
    """Give those of a candidate, or of its child that serves a test cell.

    Parameters
    ----------
    pid : int
        As the fork-server knows it.
    before : mapping of str to Turns
        What `turns_by_process` gave at the time since which they count; else that is a process's birth.

    Returns
    -------
    Turns
        Where there are several children, which an honest candidate has none of, those of the one that waited least.
    """
    turns = (_since(now, before.get(name, _NONE)) for name, now in turns_by_process(pid).items())
    return min(turns, key=lambda turns: turns.waited)


def _since(now: Turns, before: Turns) -> Turns:
    # Of a process that has ended nothing is known any more.
    return Turns(max(now.ran - before.ran, 0.0), max(now.waited - before.waited, 0.0))


def _turns(name: str) -> Turns:
    try:
        ran, waited, _ = Path(f"/proc/{name}/schedstat").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return _NONE
    return Turns(int(ran) * _NANOSECONDS, int(waited) * _NANOSECONDS)

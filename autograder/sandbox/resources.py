"""Resource limits, and the descriptors that a candidate keeps."""

from __future__ import annotations

import math
import os
import resource
from collections.abc import Iterable
from pathlib import Path

from autograder.limits import Limits

# The candidate, and the child of a test cell.
OWN_PROCESSES = 2
# Where the user is the caller's own: so many more than run already.
_MORE_PROCESSES = 256
_MB = 2**20
# A process may run so many cells, each for as long as a limit lets it, on all its threads: what ends an answer are the
# examiner's deadlines, and processor time only ends what outlives examiner and fork-server.
_CELLS = 100
_MAX_DESCRIPTORS = 64


def limit(limits: Limits, processes: int | None) -> None:
    """Set the limits of this process and of what it forks.

    Parameters
    ----------
    limits : Limits
    processes : int or None
        How many its user may run; None leaves that as it is.
    """
    wanted = {
        resource.RLIMIT_AS: limits.memory_mb * _MB,
        resource.RLIMIT_FSIZE: limits.file_mb * _MB,
        resource.RLIMIT_CPU: _processor_seconds(limits),
        resource.RLIMIT_NOFILE: _MAX_DESCRIPTORS,
        resource.RLIMIT_CORE: 0,
    }
    if processes is not None:
        wanted[resource.RLIMIT_NPROC] = processes
    for kind, amount in wanted.items():
        _, hard = resource.getrlimit(kind)
        ceiling = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (ceiling, ceiling))


def _processor_seconds(limits: Limits) -> int:
    threads = OWN_PROCESSES + limits.processes
    return math.ceil(_CELLS * threads * (limits.seconds_to_define + limits.seconds_per_cell))


def shared_processes(user: int) -> int:
    """Give how many processes a user may run who runs others too.

    Parameters
    ----------
    user : int
    """
    running = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == user:
                # The kernel counts threads.
                running += sum(1 for _ in (folder / "task").iterdir())
        except OSError:
            continue
    return running + _MORE_PROCESSES


def close_all_but(keep: Iterable[int]) -> None:
    """Close all descriptors but some and the standard streams, which are the null device."""
    low = 3
    for descriptor in sorted(keep):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))

"""What a candidate gives up before it sees a byte of the student's."""

from __future__ import annotations

import os
import resource
import sys

from autograder.limits import Limits

LEVEL = "none"
LAYERS = ("own process group", "resource limits", "closed descriptors", "empty environment", "own scratch folder")

_MB = 2**20
_GRACE_SECONDS = 5


def confine(limits: Limits, scratch: str, keep: tuple[int, int]) -> None:
    """Confine this process.

    Parameters
    ----------
    limits : Limits
    scratch : str
        The folder that becomes the working folder.
    keep : (int, int)
        The descriptors of the channel; all others but the standard streams, which are the null device, are closed.
    """
    os.setsid()
    os.chdir(scratch)
    os.environ.clear()
    os.environ.update(PATH="/usr/bin:/bin", HOME=scratch, TMPDIR=scratch, OPENBLAS_NUM_THREADS="1")
    low, high = sorted(keep)
    os.closerange(3, low)
    os.closerange(low + 1, high)
    os.closerange(high + 1, os.sysconf("SC_OPEN_MAX"))
    cpu = int(max(limits.seconds_per_cell, limits.seconds_to_define)) + _GRACE_SECONDS
    for kind, amount in (
        (resource.RLIMIT_AS, limits.memory_mb * _MB),
        (resource.RLIMIT_FSIZE, limits.file_mb * _MB),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (ceiling, ceiling))
    sys.dont_write_bytecode = True

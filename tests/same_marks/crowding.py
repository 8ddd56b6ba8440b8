"""A machine that is busy with other things."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def crowded(others: int) -> Iterator[None]:
    """Share one processor with programs that want it all."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    # Each in a session of its own, as candidates are, which the system gives an equal share.
    spinning = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True) for _ in range(others)
    ]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()
        os.sched_setaffinity(0, before)

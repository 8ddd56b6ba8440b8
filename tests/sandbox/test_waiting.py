"""What is waited for a processor is not what is slept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.sandbox import turns_here, turns_inside

SPINS = "while True: pass"
pytestmark = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not count it")


@contextmanager
def crowded(others: int) -> Iterator[None]:
    """Share one processor with programs that want it all."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    # Each in a session of its own, which the system gives an equal share.
    spinning = [subprocess.Popen([sys.executable, "-c", SPINS], start_new_session=True) for _ in range(others)]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()
        os.sched_setaffinity(0, before)


def computed(seconds: float) -> float:
    """Take so many seconds of a processor; give what was waited meanwhile."""
    before, until = turns_here().waited, time.thread_time() + seconds
    while time.thread_time() < until:
        pass
    return turns_here().waited - before


def test_whoever_shares_a_processor_waits_for_it():
    with crowded(3):
        assert computed(0.3) > 0.3


def test_whoever_sleeps_does_not():
    before = turns_here().waited
    time.sleep(0.5)
    assert turns_here().waited - before < 0.4


def test_a_candidate_waits_as_its_child_does():
    script = f"import os\nif not os.fork():\n    {SPINS}\nos.wait()"
    with crowded(2), subprocess.Popen([sys.executable, "-c", script]) as parent:
        time.sleep(1.5)
        turns = turns_inside(parent.pid)
        parent.kill()
    assert min(turns) > 0.1


def test_who_is_gone_waits_no_more():
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    assert turns_inside(ended.pid) == (0, 0)

"""What is waited for a processor is not what is slept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from crowding import crowded

from autograder.sandbox import turns_here, turns_inside

SPINS = "while True: pass"
PATIENCE = 30
pytestmark = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not count it")


def soon(holds: Callable[[], bool]) -> bool:
    """Look, without a rest, until something holds; not for ever."""
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        pass
    return holds()


def test_whoever_shares_a_processor_waits_for_it():
    before = turns_here().waited
    with crowded(3):
        assert soon(lambda: turns_here().waited - before > 0.5)


def rests(pid: int) -> bool:
    before = turns_inside(pid)
    time.sleep(0.1)
    return turns_inside(pid) == before != (0, 0)


def test_whoever_sleeps_does_not():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as sleeper:
        # It has to start first.
        rested = soon(lambda: rests(sleeper.pid))
        sleeper.kill()
    assert rested


def test_a_candidate_waits_as_its_child_does():
    script = f"import os\nif not os.fork():\n    {SPINS}\nos.wait()"
    with crowded(2), subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as parent:
        shared = soon(lambda: min(turns_inside(parent.pid)) > 0.2)
        os.killpg(parent.pid, signal.SIGKILL)
    assert shared


def test_who_is_gone_waits_no_more():
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    assert turns_inside(ended.pid) == (0, 0)

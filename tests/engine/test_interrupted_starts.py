"""A request to end that comes while a worker is being started does not leave it with half of what it is to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# What a worker is sent is made before it is started. It sleeps while it reads, and a pipe does not hold the rest.
PROGRAM = """
import os, signal, sys, threading, time
from autograder.cli.stopping import take_interrupts
from autograder.engine import local_processes

class Asleep:
    def __reduce__(self):
        return time.sleep, (2,)

class Received:
    def __init__(self, *parts):
        pass

    def __call__(self):
        pass

class Setup:
    def __reduce__(self):
        threading.Timer(0.5, os.kill, [os.getpid(), getattr(signal, sys.argv[1])]).start()
        return Received, (Asleep(), bytes(1_000_000))

if __name__ == "__main__":
    take_interrupts()
    try:
        with local_processes(2, Setup()) as pool:
            try:
                pool.submit(int).result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except KeyboardInterrupt:
        print("stopped")
"""


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_worker_that_is_being_started_says_nothing(tmp_path: Path, ending: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    # Coverage warns of its own in a process that it measures.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    started = [sys.executable, program, ending]
    done = subprocess.run(started, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path, env=plain)
    assert done.stderr == ""
    assert done.stdout == "stopped\n"

"""Workers of an audit: one that dies takes no other piece of work with it, and none outlives Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.api.auditing import audit as audited

SECONDS = 60
COMMAND = (sys.executable, "-c", "from autograder.cli import run; run()")

DEADLY = """
import multiprocessing, os, signal
from pathlib import Path

_ORDER = Path(__file__).with_name("die")
if multiprocessing.parent_process() is not None and _ORDER.exists():
    _ORDER.unlink(missing_ok=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_an_audit_goes_on_after_the_death_of_a_worker(course, audit):
    root = course("assert mean(np.array([1.0, 3.0, 5.0])) == 3")
    reference = root / "reference" / "toy.py"
    reference.write_text(reference.read_text() + DEADLY)
    order = root / "reference" / "die"
    order.touch()
    ended = audit(root, "toy", "--jobs", "2")
    assert not order.exists()
    assert ended.returncode in {0, 1}, ended.stderr


ENDLESS = """
import multiprocessing, os, time
from pathlib import Path

if multiprocessing.parent_process() is not None:
    with Path(__file__).with_name("at_work").open("a") as begun:
        begun.write(f"{os.getpid()}\\n")
    time.sleep(600)
"""


@pytest.mark.slow
def test_an_audit_tells_each_stage_from_its_beginning_to_its_end(course):
    told = {}
    root = course("assert mean(np.array([1.0, 3.0, 5.0])) == 3")
    audited(root, "toy", 1, lambda stage, *steps: told.setdefault(stage, []).append(steps))
    assert list(told) == ["making answers", "judging answers", "grading answers", "asking survivors"]
    for steps in told.values():
        total = steps[0][1]
        assert steps == [(done, total) for done in range(total + 1)]


@pytest.mark.slow
def test_ctrl_c_ends_an_audit_and_what_its_workers_are_at(course):
    root = course("assert mean(np.array([1.0, 3.0, 5.0])) == 3")
    reference = root / "reference" / "toy.py"
    reference.write_text(reference.read_text() + ENDLESS)
    begun = root / "reference" / "at_work"
    command = [*COMMAND, "audit", "toy", "--jobs", "2", "--course", root]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as audit:
        try:
            while audit.poll() is None and not (begun.exists() and begun.read_text().endswith("\n")):
                time.sleep(0.05)
            # As a terminal does: to all of them.
            os.killpg(audit.pid, signal.SIGINT)
            _, told = audit.communicate(timeout=SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(audit.pid, signal.SIGKILL)
    assert (audit.returncode, told.splitlines()[-1], "Traceback" in told) == (130, "Stopped.", False)
    assert not any(Path("/proc", worker).exists() for worker in begun.read_text().split())

"""A worker that dies during an audit takes no other piece of work with it."""

from __future__ import annotations

import pytest

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

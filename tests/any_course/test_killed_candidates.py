"""A candidate is killed from outside at any moment, as a machine without memory does it: every mark stays."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from any_patterns import NAMES, needs, write
from frail_course import children, fork_servers

pytestmark = pytest.mark.slow

# Parts of the time that the notebook takes undisturbed. Candidates of all patterns are kept by the same code: each
# pattern has some of these, and the next one the others.
MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)


def kill_one_candidate(over: threading.Event) -> None:
    """Kill the first candidate that is seen; the fork-servers of this process are their parents."""
    while not over.is_set():
        for candidate in (candidate for server in fork_servers() for candidate in children(server)):
            # It may have ended by now.
            with contextlib.suppress(ProcessLookupError):
                os.kill(candidate, signal.SIGKILL)
                return
        time.sleep(0.0005)


@contextlib.contextmanager
def one_candidate_killed(after: float) -> Iterator[None]:
    over = threading.Event()

    def killer() -> None:
        if not over.wait(after):
            kill_one_candidate(over)

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("pattern", NAMES)
def test_a_candidate_that_is_killed_costs_nothing(pattern, grader, tmp_path):
    needs(pattern)
    path = write(pattern, tmp_path)
    grader.score(path, pattern)
    undisturbed = grader.score(path, pattern)
    for moment in MOMENTS[NAMES.index(pattern) % 2 :: 2]:
        with one_candidate_killed(moment * undisturbed.seconds):
            assert grader.score(path, pattern).functions == undisturbed.functions

"""How many processes of this machine share some tasks, and how many threads each of them has."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from autograder.engine import WORTH_A_POOL, local_processes, processes


@pytest.fixture
def pinned() -> Iterator[None]:
    """Let this process have one of the machine's processors."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


@pytest.mark.usefixtures("pinned")
def test_a_process_that_has_one_processor_of_many_starts_no_others() -> None:
    assert processes(100, None) == 1


@pytest.mark.parametrize(
    ("tasks", "jobs", "chosen"),
    [(100, 3, 3), (2, 3, 2), (0, 3, 1), (WORTH_A_POOL - 1, None, 1)],
    ids=["as many as asked for", "no more than tasks", "never none", "too few for a pool"],
)
def test_how_many_there_are(tasks: int, jobs: int | None, chosen: int) -> None:
    assert processes(tasks, jobs) == chosen


def threads_beside_pythons() -> int:
    """Count the threads that libraries have, once there was enough for them to do."""
    square = np.ones((500, 500))
    square @ square
    return len([*Path("/proc/self/task").iterdir()]) - threading.active_count()


def test_what_a_worker_computes_it_computes_in_one_thread() -> None:
    with local_processes(1) as pool:
        assert pool.submit(threads_beside_pythons).result() == 0


@pytest.mark.parametrize("theirs", [{}, {"OPENBLAS_NUM_THREADS": "2"}], ids=["nothing set", "a number of their own"])
def test_who_starts_workers_keeps_the_environment(theirs: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    for name, number in theirs.items():
        monkeypatch.setenv(name, number)
    before = dict(os.environ)
    with ThreadPoolExecutor(4) as starters, contextlib.ExitStack() as open_pools:
        pools = [open_pools.enter_context(local_processes(1)) for _ in range(4)]
        told = starters.map(lambda pool: pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result(), pools)
        assert list(told) == ["1"] * 4
    assert dict(os.environ) == before

"""How many processes of this machine share some tasks."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from autograder.engine import WORTH_A_POOL, processes


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

"""Executors on this machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class InProcessExecutor(Executor):
    """Runs each task at once in the calling thread: what a few notebooks need, without the start of a pool."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run the task; its exception, if any, stands in the future."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future carries whatever its task raised
            future.set_exception(error)
        return future


def local_processes(jobs: int) -> Executor:
    """Give a pool of worker processes, each of which keeps its own warm fork-server.

    Parameters
    ----------
    jobs : int
    """
    # Spawned, not forked: a worker must not inherit the terminal's, the database's or another candidate's descriptors.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))

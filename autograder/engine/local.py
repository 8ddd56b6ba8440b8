"""Executors on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Setup = Callable[[], None]

WORTH_A_POOL = 16
"""Below this many tasks the start of worker processes costs more than they save."""


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


def processes(tasks: int, jobs: int | None, least: int = WORTH_A_POOL) -> int:
    """Choose how many processes share some tasks.

    Parameters
    ----------
    tasks : int
    jobs : int or None
        As many, unless there are fewer tasks; None is one for each processor that this process may use.
    least : int
        Where nobody asks for more, fewer tasks than this have one process.
    """
    if jobs is None:
        jobs = 1 if tasks < least else len(os.sched_getaffinity(0))
    return min(jobs, max(tasks, 1))


def local_processes(jobs: int, setup: Setup | None = None) -> Executor:
    """Give a pool of worker processes, each of which keeps its own warm fork-server.

    Parameters
    ----------
    jobs : int
    setup : callable, optional
        Run once in each worker, before its first task; what it carries goes to each worker once.
    """
    # Spawned, not forked: a worker must not inherit the terminal's, the database's or another candidate's descriptors.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(setup,))


def _begin(setup: Setup | None) -> None:
    # Ctrl-C in a terminal is for the driver, which lets what has begun come to its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    if setup is not None:
        setup()


def _end_with_driver() -> None:
    """End this worker when its driver has been killed; a pool's workers would wait for the next task for ever."""
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        os._exit(1)

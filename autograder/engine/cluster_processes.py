"""What a worker of a Dask cluster grades with: a process for each of its threads.

So a submission that ends its process ends no worker, and a time limit that is a signal reaches a main thread.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from typing import Any, TypeVar

from distributed import Worker, WorkerPlugin, get_worker

from autograder.engine.local import Setup, local_processes
from autograder.engine.run import KILLER

R = TypeVar("R")

_LIVES = 2


class Processes(WorkerPlugin):
    """The processes of one worker, one a thread.

    Parameters
    ----------
    begin : callable
        Run once in each process.
    """

    def __init__(self, begin: Setup) -> None:
        self._begin = begin
        self._open: dict[int, Executor] = {}

    def setup(self, worker: Worker) -> None:
        """Allow the worker to have processes, which a nanny forbids it; Dask calls it when the worker is there."""
        del worker
        multiprocessing.current_process().daemon = False

    def teardown(self, worker: Worker) -> None:
        """End the processes; Dask calls it when the run ends, or the worker closes."""
        del worker
        for executor in self._open.values():
            executor.shutdown(wait=False, cancel_futures=True)

    def run(self, fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:  # noqa: ANN401 - whatever the task takes
        """Run a task in this thread's process.

        Raises
        ------
        RuntimeError
            The process died, also when it was tried again.
        """
        thread = threading.get_ident()
        for _ in range(_LIVES):
            if thread not in self._open:
                self._open[thread] = local_processes(1, self._begin)
            try:
                return self._open[thread].submit(fn, *args, **kwargs).result()
            except BrokenExecutor:
                del self._open[thread]
        raise RuntimeError(KILLER)


def in_process(name: str, fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:  # noqa: ANN401
    """Run a task in this worker, in the processes that are registered under a name."""
    processes = get_worker().plugins[name]
    assert isinstance(processes, Processes)  # noqa: S101 - registered under this name
    return processes.run(fn, *args, **kwargs)

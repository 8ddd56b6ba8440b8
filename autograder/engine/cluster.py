"""A Dask cluster as an executor; needs the extra ``cluster``.

A worker of the cluster grades nothing itself: each of its threads keeps a process for that, as `local_processes` makes
them. So a submission that ends its process ends no worker, and a time limit that is a signal reaches a main thread.
What the tasks need in common goes to each worker once, also to those that join later. A worker that is lost is the
scheduler's affair: it gives the worker's tasks to another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, ParamSpec, TypeVar

from distributed import Client, Worker, WorkerPlugin, get_worker

from autograder.engine.local import Setup, local_processes
from autograder.engine.run import KILLER
from autograder.errors import UsageError

P = ParamSpec("P")
R = TypeVar("R")

_PATIENCE = "10s"
# A worker that was just started has a good deal to load.
_SECONDS_WITHOUT_WORKER = 30.0
_NO_WORKER = (
    "The Dask scheduler at {address} has no worker. Start one with `dask worker {address}` on each machine that is to "
    "grade, then run it again."
)
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


class ClusterExecutor(Executor):
    """Hands tasks to the processes of a cluster's workers.

    Parameters
    ----------
    client : distributed.Client
    name : str
        Of the plugin that keeps the processes.
    """

    def __init__(self, client: Client, name: str) -> None:
        self._dask = client.get_executor(pure=False, retries=0)
        self._name = name

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand over a task."""
        future: Future[R] = self._dask.submit(_in_process, self._name, fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks."""
        self._dask.shutdown(wait=wait and not cancel_futures)


@contextlib.contextmanager
def cluster(address: str, setup: Setup) -> Iterator[Executor]:
    """Connect to a cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    setup : callable
        Run once in each process of each worker, before its first task.

    Raises
    ------
    UsageError
        No scheduler answers there, or it has no worker.
    """
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {address}: {error}. Start one with `dask scheduler`.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS_WITHOUT_WORKER)
        except TimeoutError:
            raise UsageError(_NO_WORKER.format(address=address)) from None
        # Several runs may share a cluster, each with a set-up of its own.
        name = f"autograder-{uuid.uuid4().hex}"
        client.register_plugin(Processes(setup), name=name)
        try:
            yield ClusterExecutor(client, name)
        finally:
            # Where the cluster is gone, so are the processes.
            with contextlib.suppress(OSError):
                client.unregister_worker_plugin(name)


def _in_process(name: str, fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:  # noqa: ANN401
    processes = get_worker().plugins[name]
    assert isinstance(processes, Processes)  # noqa: S101 - registered under this name
    return processes.run(fn, *args, **kwargs)

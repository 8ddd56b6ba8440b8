"""A Dask cluster as an executor; needs the extra ``cluster``.

A worker of the cluster grades nothing itself: see `autograder.engine.cluster_processes`. What the tasks need in common
goes to each worker once, also to those that join later. A worker that is lost is the scheduler's affair: it gives the
worker's tasks to another. A scheduler that is lost, or the last worker, ends the run.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

from distributed import Client

from autograder.engine.cluster_processes import Processes, in_process
from autograder.engine.local import Setup
from autograder.errors import ClusterError, UsageError
from autograder.waiting import SECONDS_UNTIL_TOLD, tell, waiting_for

P = ParamSpec("P")
R = TypeVar("R")

_PATIENCE = "10s"
# A worker that was just started has a good deal to load.
_SECONDS_WITHOUT_WORKER = 30.0
_SECONDS_BETWEEN_LOOKS = 1.0
_NO_WORKER = (
    "The Dask scheduler at {address} has no worker. Start one with `dask worker {address}` on each machine that is to "
    "grade, then run it again."
)
_LOST = (
    "The Dask scheduler at {address} was lost: it has ended, or cannot be reached any more. Start one with `dask "
    "scheduler`, and its workers, then run it again."
)
_SCHEDULER = "the Dask scheduler at {address}"
_WORKER = "a worker of the Dask scheduler at {address}"


class ClusterExecutor(Executor):
    """Hands tasks to the processes of a cluster's workers.

    Parameters
    ----------
    client : distributed.Client
    name : str
        Of the plugin that keeps the processes.
    when_lost : str
        What to say where the scheduler is lost.
    """

    def __init__(self, client: Client, name: str, when_lost: str) -> None:
        self._dask = client.get_executor(pure=False, retries=0)
        self._name = name
        self._when_lost = when_lost
        self._open: set[Future[Any]] = set()
        self._lost = ""
        self._lock = threading.Lock()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand over a task; where the cluster is lost the future has a `ClusterError`."""
        future: Future[R] = Future()
        with self._lock:
            if self._lost:
                future.set_exception(ClusterError(self._lost))
                return future
            self._open.add(future)
        theirs = self._dask.submit(in_process, self._name, fn, *args, **kwargs)
        theirs.add_done_callback(partial(self._hand_on, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks."""
        if not self._lost:
            self._dask.shutdown(wait=wait and not cancel_futures)

    def give_up(self, reason: str) -> None:
        """End all tasks that have no result, and those to come, with a `ClusterError`."""
        with self._lock:
            self._lost = self._lost or reason
            left, self._open = self._open, set()
        for future in left:
            future.set_exception(ClusterError(self._lost))

    def _hand_on(self, future: Future[Any], theirs: Future[Any]) -> None:
        # Cancelled are all that a client has open when it loses its scheduler, also where it finds it again at once.
        if theirs.cancelled():
            self.give_up(self._when_lost)
            return
        with self._lock:
            if future not in self._open:
                return
            self._open.remove(future)
        error = theirs.exception()
        if error is None:
            future.set_result(theirs.result())
        else:
            future.set_exception(error)


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
    ClusterError
        The scheduler is lost meanwhile. Where it is lost later, or has no worker for half a minute, the tasks' futures
        have this error.
    """
    # Several runs may share a cluster, each with a set-up of its own.
    name = f"autograder-{uuid.uuid4().hex}"
    with _silent_client(), _connected(address) as client:
        try:
            with waiting_for(_WORKER.format(address=address)):
                client.wait_for_workers(1, timeout=_SECONDS_WITHOUT_WORKER)
            client.register_plugin(Processes(setup), name=name)
        except TimeoutError:
            raise UsageError(_NO_WORKER.format(address=address)) from None
        except OSError:
            raise ClusterError(_LOST.format(address=address)) from None
        executor = ClusterExecutor(client, name, _LOST.format(address=address))
        try:
            with _watched(client, executor, address):
                yield executor
        finally:
            # Where the scheduler is gone, so are the processes.
            if _has_scheduler(client):
                with contextlib.suppress(OSError):
                    client.unregister_worker_plugin(name)


@contextlib.contextmanager
def _silent_client() -> Iterator[None]:
    """Keep from the terminal what Dask logs of a scheduler that is lost, in forty lines: ours says so in one."""
    log = logging.getLogger("distributed.client")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def _connected(address: str) -> Client:
    try:
        with waiting_for(_SCHEDULER.format(address=address)):
            return Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {address}: {error}. Start one with `dask scheduler`.") from None


@contextlib.contextmanager
def _watched(client: Client, executor: ClusterExecutor, address: str) -> Iterator[None]:
    """Have an executor give up when its cluster is lost, of which Dask itself would tell its tasks nothing."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(client, executor, address, over), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join(_SECONDS_WITHOUT_WORKER)


def _watch(client: Client, executor: ClusterExecutor, address: str, over: threading.Event) -> None:
    seen, told = time.monotonic(), False
    while not over.wait(_SECONDS_BETWEEN_LOOKS):
        if not _has_scheduler(client):
            executor.give_up(_LOST.format(address=address))
            return
        if _has_worker(client):
            seen, told = time.monotonic(), False
        without = time.monotonic() - seen
        if without > _SECONDS_WITHOUT_WORKER:
            executor.give_up(_NO_WORKER.format(address=address))
            return
        if without > SECONDS_UNTIL_TOLD and not told:
            tell(_WORKER.format(address=address))
            told = True


def _has_scheduler(client: Client) -> bool:
    return bool(client.status == "running")


def _has_worker(client: Client) -> bool:
    # A scheduler that does not answer is lost, and the client will know it soon.
    with contextlib.suppress(OSError):
        return bool(client.nthreads())
    return False

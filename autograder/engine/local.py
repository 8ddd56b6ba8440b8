"""Executors on this machine."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Setup = Callable[[], None]

_OF_TERMINALS = signal.SIGINT, signal.SIGHUP
# What NumPy and its like hear of before they are loaded. A worker is one of several that share the processors, and the
# limit on its processor time counts all of its threads together.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# What a worker does at its end may hang, or the worker be where Python answers no signal; it does not live on for that.
_SECONDS_TO_END = 60.0

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
    """Give a pool of worker processes, each of which computes in one thread and keeps its own warm fork-server.

    Parameters
    ----------
    jobs : int
    setup : callable, optional
        Run once in each worker, before its first task; what it carries goes to each worker once.
    """
    # Spawned, not forked: a worker must not inherit the terminal's, the database's or another candidate's descriptors.
    context = multiprocessing.get_context("spawn")
    return _Pool(jobs, context, setup)


def end_workers(executor: Executor) -> None:
    """End the workers of a pool of this machine at once: nobody wants any more what they are at.

    Parameters
    ----------
    executor : Executor
        May be closed already, and its workers still be at their last tasks; one without workers here is left as it is.
    """
    if isinstance(executor, _Pool):
        executor.end_workers()


@contextlib.contextmanager
def ended_early(opening: Callable[[], AbstractContextManager[Executor]]) -> Iterator[Executor]:
    """Open an executor whose workers end at once where what it is opened for is broken off: nothing of it is kept.

    Parameters
    ----------
    opening : callable
        Gives an executor.
    """
    with opening() as executor:
        try:
            yield executor
        except BaseException:
            end_workers(executor)
            raise


class _OneThreadEach(contextlib.AbstractContextManager[None]):
    """The environment for workers, which is this process's own while any of them is started: in several threads, too.

    A worker may load NumPy with the program that it is started from, before anything of ours runs in it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._starts = 0
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        with self._lock:
            if not self._starts:
                self._before = {name: os.environ.get(name) for name in _ONE_THREAD}
                os.environ.update(_ONE_THREAD)
            self._starts += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._starts -= 1
            if self._starts:
                return
            for name, value in self._before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


_one_thread_each = _OneThreadEach()


class _Pool(ProcessPoolExecutor):
    """A pool whose workers are started whole: one that got half of what it is to read says so in a traceback."""

    def __init__(self, jobs: int, context: BaseContext, setup: Setup | None) -> None:
        super().__init__(jobs, context, _begin, (setup,))
        # A pool that is closed forgets them, and does not wait.
        self._workers: Mapping[int, BaseProcess] = self._processes

    def end_workers(self) -> None:
        """End them amid their tasks; each does what it is to do at its end."""
        for worker in list(self._workers.values()):
            worker.terminate()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand over a task; the first starts the workers."""
        with _uninterrupted(), _one_thread_each:
            return super().submit(fn, *args, **kwargs)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Answer a request to end afterwards; and keep it from what is started meanwhile, until that has an answer."""
    if threading.current_thread() is not threading.main_thread():
        # Python answers signals in the main thread only.
        yield
        return
    came: list[int] = []
    answers = {number: signal.getsignal(number) for number in (*_OF_TERMINALS, signal.SIGTERM)}
    ours = {number: answer for number, answer in answers.items() if callable(answer)}
    for number in ours:
        signal.signal(number, lambda number, _: came.append(number))
    # A program inherits it.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, answer in ours.items():
            signal.signal(number, answer)
        if came:
            signal.raise_signal(came[0])


def _begin(setup: Setup | None) -> None:
    # What a terminal sends to all, Ctrl-C and its end, is for the driver, which lets what has begun come to its end.
    for number in _OF_TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _OF_TERMINALS)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    if setup is not None:
        setup()


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End this worker at once, but not without what it is to do at its end: files that it made for itself go.

    An exception would be taken for the outcome of its task. An alarm that the task has set may still raise one here,
    but only once, where it is stopped. From then on the alarm is for an end that does not come, and asks no Python.
    """
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        try:
            signal.signal(number, signal.SIG_IGN)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_END)
            atexit._run_exitfuncs()  # noqa: SLF001 - Python has no public way
        finally:
            os._exit(1)


def _end_with_driver() -> None:
    """End this worker when its driver has been killed; a pool's workers would wait for the next task for ever."""
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        # In the thread that grades, so that it begins nothing anew meanwhile.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        # It may be where Python answers no signal.
        time.sleep(_SECONDS_TO_END)
        os._exit(1)

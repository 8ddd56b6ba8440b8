"""One pass over many tasks, in which no task can take another down."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from autograder.errors import ClusterError

Task = TypeVar("Task")
Result = TypeVar("Result")
Opening = Callable[[], AbstractContextManager[Executor]]

_AHEAD = 16
# Runs of a task alone that may each end its worker, before the task is held to be the reason.
_LIVES = 2
KILLER = "the worker process that graded it died, each time it was tried"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of a task.

    Parameters
    ----------
    task : object
    result : object or None
    failure : str
        Why there is no result: a fault of ours, never the student's. Empty where there is one.
    """

    task: Task
    result: Result | None
    failure: str = ""


def run_all(
    open_executor: Opening, work: Callable[[Task], Result], tasks: Iterable[Task], ahead: int = _AHEAD
) -> Iterator[Outcome[Task, Result]]:
    """Run every task, and give each outcome as soon as it is there.

    A worker that dies may take the tasks of its whole pool with it. Those that were in flight are tried again, each
    alone in a new pool: so one that ends its worker is told from those that it took along. Then all go on together.

    Parameters
    ----------
    open_executor : callable
        Gives a fresh executor; asked again when a worker's death has broken the last one.
    work : callable
    tasks : iterable
        Read as they are needed: many take no more memory than few.
    ahead : int
        Tasks in flight at any time.

    Yields
    ------
    Outcome
        One a task, in the order of completion.

    Raises
    ------
    ClusterError
        The executor has lost those that work for it, all of them.
    """
    waiting = iter(tasks)
    for first in waiting:
        suspects = yield from _together(open_executor, work, itertools.chain([first], waiting), ahead)
        yield from _alone(open_executor, work, suspects)


def _together(
    open_executor: Opening, work: Callable[[Task], Result], waiting: Iterator[Task], ahead: int
) -> Generator[Outcome[Task, Result], None, list[Task]]:
    """Run tasks side by side; give those that were in flight when the executor broke."""
    running: dict[Future[Result], Task] = {}
    stranded: list[Task] = []
    with open_executor() as executor:
        try:
            while not stranded:
                for task in itertools.islice(waiting, ahead - len(running)):
                    future = _submitted(executor, work, task)
                    running[future] = task
                    if future.done():  # it ran here, at once: its outcome shall not wait for the next
                        break
                if not running:
                    return []
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    if isinstance(future.exception(), BrokenExecutor):
                        stranded.append(task)
                    else:
                        yield _outcome(task, future)
        except BaseException:
            # Ctrl-C: what has not begun shall not begin.
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    # The executor is closed: whatever was still running has its result or the executor's end.
    for future, task in running.items():
        if isinstance(future.exception(), BrokenExecutor):
            stranded.append(task)
        else:
            yield _outcome(task, future)
    return stranded


def _alone(
    open_executor: Opening, work: Callable[[Task], Result], suspects: list[Task]
) -> Iterator[Outcome[Task, Result]]:
    """Run tasks with one in flight at a time; an executor is replaced only when a task has broken it."""
    waiting = [(task, _LIVES) for task in reversed(suspects)]
    while waiting:
        with open_executor() as executor:
            while waiting:
                task, lives = waiting.pop()
                future = _submitted(executor, work, task)
                if not isinstance(future.exception(), BrokenExecutor):
                    yield _outcome(task, future)
                    continue
                if lives > 1:
                    waiting.append((task, lives - 1))
                else:
                    yield Outcome(task, None, KILLER)
                break


def _submitted(executor: Executor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    """Submit a task; where the executor is broken already, the future says so, like those submitted before."""
    try:
        return executor.submit(work, task)
    except BrokenExecutor as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _outcome(task: Task, future: Future[Result]) -> Outcome[Task, Result]:
    error = future.exception()
    if isinstance(error, ClusterError):
        raise error
    if error is not None:
        return Outcome(task, None, f"{type(error).__name__}: {error}")
    return Outcome(task, future.result())

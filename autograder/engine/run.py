"""One pass over many tasks, in which no task can take another down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 64


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
    open_executor: Callable[[], AbstractContextManager[Executor]],
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
) -> Iterator[Outcome[Task, Result]]:
    """Run every task, and give each outcome as soon as it is there.

    Parameters
    ----------
    open_executor : callable
        Gives a fresh executor; asked again when a worker's death has broken the first one.
    work : callable
    tasks : sequence

    Yields
    ------
    Outcome
        One a task, in the order of completion.
    """
    stranded: list[Task] = []
    with open_executor() as executor:
        try:
            for task, future in _completed(executor, work, tasks):
                try:
                    yield _outcome(task, future)
                except BrokenExecutor:
                    stranded.append(task)
        except BaseException:
            # Ctrl-C: what has not begun shall not begin.
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    # A dead worker takes the tasks of its whole pool with it. Each is run again alone: only the killer stays out.
    yield from _one_by_one(open_executor, work, stranded)


def _completed(
    executor: Executor, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[Task, Future[Result]]]:
    """Give tasks as they are done; only some are submitted ahead, so that a large class takes no more memory."""
    waiting = deque(tasks)
    running: dict[Future[Result], Task] = {}
    while waiting or running:
        while waiting and len(running) < _AHEAD and not any(future.done() for future in running):
            task = waiting.popleft()
            running[_submit(executor, work, task)] = task
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future


def _one_by_one(
    open_executor: Callable[[], AbstractContextManager[Executor]],
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
) -> Iterator[Outcome[Task, Result]]:
    """Run tasks with one in flight at a time; an executor is replaced only when a task has broken it."""
    waiting = deque(tasks)
    while waiting:
        with open_executor() as executor:
            while waiting:
                task = waiting.popleft()
                try:
                    yield _outcome(task, _submit(executor, work, task))
                except BrokenExecutor:
                    yield Outcome(task, None, "the worker process that graded it died, twice")
                    break


def _submit(executor: Executor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    """Submit a task; where the executor is broken already, the future says so, like those submitted before."""
    try:
        return executor.submit(work, task)
    except BrokenExecutor as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _outcome(task: Task, future: Future[Result]) -> Outcome[Task, Result]:
    error = future.exception()
    if isinstance(error, BrokenExecutor):
        raise error
    if error is not None:
        return Outcome(task, None, f"{type(error).__name__}: {error}")
    return Outcome(task, future.result())

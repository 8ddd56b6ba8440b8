"""Every task has one outcome, whatever becomes of the process that works on it."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator
from concurrent.futures import Executor

import pytest

from autograder.engine import KILLER, InProcessExecutor, Outcome, local_processes, run_all
from autograder.errors import ClusterError, CourseError

pool = functools.partial(local_processes, 2)


def square(number: int) -> int:
    return number * number


def fails_on_odd(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number


def dies_on_two(number: int) -> int:
    if number == 2:
        os._exit(3)
    return number


def has_faults(_: int) -> int:
    raise CourseError(["first fault", "second fault"])


class Slow(list[int]):
    """Tasks that come so slowly that the pool has broken before the last is submitted."""

    def __iter__(self) -> Iterator[int]:
        for task in super().__iter__():
            yield task
            time.sleep(0.5)


def by_task(outcomes: Iterator[Outcome[int, int]]) -> dict[int, Outcome[int, int]]:
    found = list(outcomes)
    assert len({outcome.task for outcome in found}) == len(found)
    return {outcome.task: outcome for outcome in found}


@pytest.mark.parametrize("executor", [InProcessExecutor, pool], ids=["in process", "pool"])
def test_every_task_has_its_result(executor: functools.partial[Executor]) -> None:
    outcomes = by_task(run_all(executor, square, range(20)))
    assert outcomes == {n: Outcome(n, n * n) for n in range(20)}


@pytest.mark.parametrize("executor", [InProcessExecutor, pool], ids=["in process", "pool"])
def test_a_failure_is_an_outcome_of_its_own_task_only(executor: functools.partial[Executor]) -> None:
    outcomes = by_task(run_all(executor, fails_on_odd, range(3)))
    assert outcomes == {0: Outcome(0, 0), 1: Outcome(1, None, "ValueError: 1 is odd"), 2: Outcome(2, 2)}


def test_a_worker_that_dies_costs_its_own_task_only() -> None:
    outcomes = by_task(run_all(pool, dies_on_two, range(6)))
    assert outcomes.pop(2) == Outcome(2, None, KILLER)
    assert outcomes == {n: Outcome(n, n) for n in (0, 1, 3, 4, 5)}


def test_a_worker_that_dies_before_all_is_submitted_costs_its_own_task_only() -> None:
    outcomes = by_task(run_all(functools.partial(local_processes, 1), dies_on_two, Slow([2, 3, 4])))
    assert {n: outcome.result for n, outcome in outcomes.items()} == {2: None, 3: 3, 4: 4}


def test_a_task_is_run_twice_alone_before_it_is_given_up_and_the_others_share_a_pool() -> None:
    opened: list[Executor] = []

    def opening() -> Executor:
        opened.append(local_processes(1))
        return opened[-1]

    by_task(run_all(opening, dies_on_two, [2, 3, 4, 5, 6]))
    # All together, the killer and those beside it alone, the killer once more, then the rest alone.
    assert len(opened) <= 4


def test_faults_of_a_course_arrive_as_they_were() -> None:
    (outcome,) = run_all(pool, has_faults, [1])
    assert outcome.failure == "CourseError: first fault\nsecond fault"


def test_a_lost_cluster_is_no_outcome_of_a_task() -> None:
    def lost(_: int) -> int:
        raise ClusterError("no worker")

    with pytest.raises(ClusterError, match="no worker"):
        list(run_all(InProcessExecutor, lost, [1]))


def test_no_task_is_no_outcome() -> None:
    assert list(run_all(InProcessExecutor, square, [])) == []


def test_in_process_the_caller_can_interrupt() -> None:
    def interrupted(_: int) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_all(InProcessExecutor, interrupted, [1]))

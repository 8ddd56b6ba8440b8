"""A worker that is told to end ends, and its files go, whatever its task has set an alarm for."""

from __future__ import annotations

import functools
import multiprocessing
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from autograder.engine import InProcessExecutor, end_workers, ended_early, local_processes

SECONDS = 30
BEGUN = """
import atexit, dis, os, signal, sys, time
from autograder.engine import local

def ring(number, frame):
    raise TimeoutError

def end():
    try:
        signal.raise_signal(signal.SIGTERM)
    except TimeoutError:  # taken for the outcome of a task
        pass
    os._exit(7)

def end_for_ever():
    local._SECONDS_TO_END = 0.2
    atexit.register(time.sleep, 600)
    end()

def end_while_an_alarm_rings():
    # Python looks for signals where something is called.
    def trace(frame, event, argument):
        if frame.f_code is local._end.__code__:
            frame.f_trace_opcodes = True
            called = dis.opname[frame.f_code.co_code[frame.f_lasti]].startswith("CALL")
            if event == "opcode" and called and signal.getitimer(signal.ITIMER_REAL)[1]:
                signal.raise_signal(signal.SIGALRM)
            return trace

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 600, 600)
    sys.settrace(trace)
    end()

local._begin(None)
atexit.register(os.write, 1, b"cleared")
"""


def ended(how: str) -> subprocess.CompletedProcess[str]:
    """Run a worker's beginning, then its end."""
    command = [sys.executable, "-c", f"{BEGUN}\n{how}()"]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


@pytest.mark.parametrize("how", ["end", "end_while_an_alarm_rings"])
def test_it_does_what_is_to_be_done_at_its_end(how: str) -> None:
    done = ended(how)
    assert (done.returncode, done.stdout) == (1, "cleared")


def test_one_whose_end_does_not_come_is_ended() -> None:
    assert ended("end_for_ever").returncode == -signal.SIGALRM


DRIVER = """
import os, time
from autograder.engine import local_processes

pool = local_processes(1)
pool.submit(time.sleep, 0).result()
pool.submit(os.write, 1, b"at work").result()
pool.submit(time.sleep, 600).result()
"""


def test_it_ends_with_its_driver_amid_a_task() -> None:
    with subprocess.Popen([sys.executable, "-c", DRIVER], stdout=subprocess.PIPE) as driver:
        assert driver.stdout is not None
        assert driver.stdout.read(7) == b"at work"
        driver.kill()
        # The worker has the same standard output; it is closed when both have ended.
        assert driver.communicate(timeout=SECONDS) == (b"", None)


def at_work() -> tuple[Executor, Future[None]]:
    """Give a pool whose worker has begun, and a task of it that does not end by itself."""
    pool = local_processes(1)
    pool.submit(int).result()
    sleeping = pool.submit(time.sleep, 600)
    while not sleeping.running():
        time.sleep(0.001)
    return pool, sleeping


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_workers_of_a_pool_are_ended_amid_their_tasks(*, closed: bool) -> None:
    pool, sleeping = at_work()
    if closed:
        pool.shutdown(wait=False, cancel_futures=True)
    end_workers(pool)
    assert isinstance(sleeping.exception(SECONDS), BrokenExecutor)


def test_workers_that_are_only_starting_are_ended_too() -> None:
    pool = local_processes(1)
    sleeping = pool.submit(time.sleep, 600)
    end_workers(pool)
    assert isinstance(sleeping.exception(SECONDS), BrokenExecutor)


def test_a_pool_whose_workers_were_ended_can_be_closed() -> None:
    pool, _ = at_work()
    end_workers(pool)
    pool.shutdown()
    assert not multiprocessing.active_children()


def test_what_is_broken_off_early_ends_with_what_its_workers_are_at() -> None:
    sleeping: list[Future[None]] = []

    def broken_off() -> None:
        with ended_early(functools.partial(local_processes, 1)) as pool:
            sleeping.append(pool.submit(time.sleep, 600))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert isinstance(sleeping[0].exception(SECONDS), BrokenExecutor)


def test_where_tasks_run_here_there_are_no_workers_to_end() -> None:
    executor = InProcessExecutor()
    end_workers(executor)
    assert executor.submit(abs, -1).result() == 1

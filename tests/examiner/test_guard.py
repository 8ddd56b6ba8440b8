"""The examiner's own limits."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import resource
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from autograder.errors import CandidateMemoryError, CandidateTimeoutError
from autograder.examiner import guard
from autograder.examiner.guard import briefly, guarded, is_of_means, timely, undisturbed
from autograder.examiner.patience import Deadline, Patience


def test_what_never_ends_is_ended():
    with pytest.raises(CandidateTimeoutError), guarded(0.05, 1000):
        sum(1 for _ in iter(int, 1))


def test_what_asks_for_all_memory_gets_none():
    with pytest.raises(CandidateMemoryError), guarded(5, 100):
        np.ones(10**8)


def test_ordinary_work_is_left_alone():
    with guarded(5, 200):
        assert np.ones(10**6).sum() == 10**6


def test_the_limits_are_put_back():
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)
    with pytest.raises(ValueError, match="x"), guarded(5, 100):
        raise ValueError("x")
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.parametrize("error", [MemoryError(), OSError(errno.ENOSPC, "full"), OSError(errno.EMFILE, "many")])
def test_what_the_machine_has_no_more_of_is_no_doing_of_the_code(error):
    assert is_of_means(error)


@pytest.mark.parametrize("error", [OSError("no archive"), OSError(errno.ENAMETOOLONG, "long"), ValueError("x")])
def test_what_else_is_raised_is_the_codes_doing(error):
    assert not is_of_means(error)


def in_a_thread(work):
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result()


def test_what_can_be_done_without_is_not_begun_where_nothing_would_end_it():
    begun = []

    def work():
        with briefly(5, Patience()):
            begun.append(1)

    with pytest.raises(TimeoutError, match="main thread"):
        in_a_thread(work)
    assert begun == []


def test_other_threads_are_guarded_without_signals():
    seen = []

    def work():
        with guarded(5, 200):
            seen.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [1]


def left() -> float:
    return signal.getitimer(signal.ITIMER_REAL)[0]


def test_a_limit_within_another_gives_the_outer_one_back():
    with timely(Deadline(60, Patience())):
        with timely(Deadline(5, Patience())):
            pass
        assert 5 < left() <= 60


def test_a_limit_within_another_cannot_be_longer():
    with timely(Deadline(5, Patience())), timely(Deadline(60, Patience())):
        assert 0 < left() <= 5


def test_a_limit_within_another_may_be_shorter():
    with timely(Deadline(60, Patience())), timely(Deadline(5, Patience())):
        assert 0 < left() <= 5


def test_a_limit_that_is_reached_within_another_leaves_the_outer_one():
    with timely(Deadline(60, Patience())):
        with pytest.raises(CandidateTimeoutError), timely(Deadline(0.05, Patience())):
            sum(1 for _ in iter(int, 1))
        assert left() > 1
    assert left() == 0


def test_an_alarm_of_the_callers_is_given_back():
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with timely(Deadline(5, Patience())):
            assert left() <= 5
        assert 5 < left() <= 60
        assert signal.getsignal(signal.SIGALRM) == signal.SIG_IGN
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_profiler_of_the_callers_goes_on():
    signal.setitimer(signal.ITIMER_PROF, 60)
    try:
        with timely(Deadline(5, Patience())):
            assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def test_work_of_ours_is_not_cut_short():
    done = []
    with timely(Deadline(0.05, Patience())), contextlib.suppress(CandidateTimeoutError):
        with undisturbed():
            time.sleep(0.2)
            done.append("ours")
        time.sleep(10)
        done.append("theirs")
    assert done == ["ours"]


def never_out_of_c() -> None:
    guard._SECONDS_IN_C = 0.2
    with timely(Deadline(0.1, Patience())):
        sum(range(10**15))


def long_in_c() -> None:
    guard._SECONDS_IN_C = 0.2
    with timely(Deadline(0.2, Patience())):
        sum(range(10**6))
    sum(range(3 * 10**7))


@pytest.mark.parametrize(("work", "ended_by"), [(never_out_of_c, signal.SIGPROF), (long_in_c, 0)])
def test_a_worker_that_stays_in_c_long_after_its_deadline_is_ended(work, ended_by):
    # Of a daemon nothing is left, nor is it waited for, where nothing has ended it.
    worker = multiprocessing.get_context("spawn").Process(target=work, daemon=True)
    worker.start()
    worker.join(60)
    assert worker.exitcode == -ended_by

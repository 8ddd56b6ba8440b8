"""Limits for the examiner itself, while trusted code works on what a candidate sent.

A test or a reference is honest, but its arguments may not be: ``range(10**15)`` never ends, and a small array can ask
for a huge one.
"""

from __future__ import annotations

import errno
import multiprocessing
import resource
import signal
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType, TracebackType

from autograder.errors import CandidateError, CandidateMemoryError, CandidateTimeoutError, SandboxError
from autograder.examiner.patience import Budget, Deadline, Patience

_MB = 2**20
_OF_THE_MACHINE = frozenset(
    {errno.EAGAIN, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EROFS}
)
_TICK = 1e-3
# An alarm that code has swallowed rings again.
_AGAIN = 1.0
# Of processor time, of all threads together: what a single call into C may take beyond a deadline, where the process
# can be replaced. Who starts such a process lets libraries have one thread.
_SECONDS_IN_C = 60.0


# Those that are in force, from the outermost.
_deadlines: list[Deadline] = []


class AlarmError(CandidateTimeoutError):
    """The time is over that code has here: not the code's own doing, so that who gets over what code raises lets it by.

    Nor are `NotebookTimeoutError` and `SandboxError`, which an alarm may raise as well.
    """


def guarded(
    seconds: float, memory_mb: int, patience: Patience | None = None, budget: Budget | None = None
) -> AbstractContextManager[None]:
    """Let code have so much time, and so much memory more than now.

    Time is limited in the main thread only, where Python handles signals.

    Parameters
    ----------
    seconds : float
    memory_mb : int
    patience : Patience or None
        Of the candidate that the code talks to, where it does.
    budget : Budget or None
        Of the submission that the code works on; what it takes is spent.

    Raises
    ------
    CandidateTimeoutError
        From within the code, where the time is over. A single call into C is waited for; in a worker process for a
        minute of processor time, of all its threads together, then the kernel ends the worker, and who waits for it
        sets the submission aside.
    MemoryError
        From within the code, where it asks for more.
    CandidateMemoryError
        Where the code does not handle that.
    """
    return _Guarded(seconds, memory_mb * _MB, patience or Patience(), budget)


def timely(deadline: Deadline) -> AbstractContextManager[None]:
    """Let code have time until a deadline, or one around this where that is sooner.

    Parameters
    ----------
    deadline : Deadline

    Raises
    ------
    CandidateTimeoutError
        From within the code, where the time is over, and in the main thread only.
    """
    return _Timely(deadline)


def briefly(seconds: float, patience: Patience) -> AbstractContextManager[None]:
    """Let code that can be done without have so much time; outside the main thread, where none ends, it has none.

    Parameters
    ----------
    seconds : float
    patience : Patience
        One serves many calls.

    Raises
    ------
    TimeoutError
        From around the code, where that time is over; in the place of the code outside the main thread.
    CandidateTimeoutError
        From within the code, where a deadline around this is over.
    """
    return _Briefly(seconds, patience)


def alarms_reach_us() -> bool:
    """Tell whether time can be limited here: in the main thread only, where Python handles signals."""
    return threading.current_thread() is threading.main_thread()


def undisturbed() -> AbstractContextManager[None]:
    """Let work of our own come to its end, however little time is left to the code that needed it."""
    return _Undisturbed()


def unsplit(manager: AbstractContextManager[None]) -> AbstractContextManager[None]:
    """Enter and leave a context manager of our own as a whole; only what runs within is ended by an alarm.

    Parameters
    ----------
    manager : context manager
        One that changes what outlasts a test cell, such as a generator that `contextlib` makes one of.
    """
    return _Unsplit(manager)


def is_of_means(error: BaseException) -> bool:
    """Tell whether the machine has run out of something, or fails.

    Any other `OSError` is the doing of the code that it comes of: what unpacks finds no archive, a name is too long.
    """
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _OF_THE_MACHINE)


def out_of_means(error: MemoryError | OSError) -> CandidateError:
    """Say whose fault it is that the examiner ran out of something.

    Returns
    -------
    CandidateError
        `CandidateMemoryError` where the limit of `guarded` is what it ran into, which is tighter than the machine's
        own; else `SandboxError`, a fault of ours.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if isinstance(error, MemoryError) and soft != hard:
        return CandidateMemoryError("what it asked for took too much memory")
    return SandboxError(f"the examiner ran out of means: {type(error).__name__} {error}".strip())


# Classes, and no generators: an alarm that rings in a method of theirs, at its first bytecode too, waits for its end
# (`_is_ours`), while contextlib's own code could be left before a generator of ours has gone on.
class _Timely(AbstractContextManager[None]):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._depth = 0
        self._borrowed: _Borrowed | None = None

    def __enter__(self) -> None:
        if not alarms_reach_us():
            return
        self._depth = len(_deadlines)
        if not self._depth:
            self._borrowed = _Borrowed()
        _deadlines.append(self._deadline)
        _arm()

    def __exit__(self, *_: object) -> None:
        if not alarms_reach_us():
            return
        del _deadlines[self._depth :]
        _arm()
        if self._borrowed is not None:
            self._borrowed.give_back()


class _Briefly(AbstractContextManager[None]):
    def __init__(self, seconds: float, patience: Patience) -> None:
        # What was waited before is not this code's.
        patience.glance()
        self._seconds = seconds
        self._time = _Timely(Deadline(seconds, patience))

    def __enter__(self) -> None:
        if not alarms_reach_us():
            raise TimeoutError("it has no time outside the main thread, where nothing would end it")
        self._time.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._time.__exit__(kind, error, trace)
        # It was the deadline of this one, unless one around it is over.
        if isinstance(error, CandidateTimeoutError) and all(deadline.left() > 0 for deadline in _deadlines):
            raise TimeoutError(f"it has not ended after {self._seconds:g} seconds") from error


class _Undisturbed(AbstractContextManager[None]):
    def __init__(self) -> None:
        self._put_off: list[Deadline] = []

    def __enter__(self) -> None:
        if alarms_reach_us():
            self._put_off = _deadlines[:]
            _deadlines.clear()
            _arm()

    def __exit__(self, *_: object) -> None:
        if alarms_reach_us():
            _deadlines[:] = self._put_off
            _arm()


class _Unsplit(AbstractContextManager[None]):
    def __init__(self, manager: AbstractContextManager[None]) -> None:
        self._manager = manager

    def __enter__(self) -> None:
        self._manager.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._manager.__exit__(kind, error, trace)


class _Guarded(AbstractContextManager[None]):
    def __init__(self, seconds: float, memory: int, patience: Patience, budget: Budget | None) -> None:
        self._memory = memory
        self._patience, self._budget = patience, budget
        self._time = _Timely(Deadline(seconds, patience, budget))
        self._counts = False
        self._before = resource.getrlimit(resource.RLIMIT_AS)

    def __enter__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _address_space() + self._memory
        caps = [limit for limit in (wanted, *self._before) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(caps), self._before[1]))
        self._counts = self._budget is not None and self._budget.begin(self._patience)
        self._time.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._time.__exit__(kind, error, trace)
        if self._budget is not None and self._counts:
            self._budget.end()
        try:
            # While the limit is in force, which tells whose fault it is.
            if isinstance(error, MemoryError) and not hasattr(error, "raised"):
                raise out_of_means(error) from error
        finally:
            resource.setrlimit(resource.RLIMIT_AS, self._before)


class _Borrowed:
    """The alarm, borrowed from whoever has set it."""

    def __init__(self) -> None:
        self._timer, self._started = signal.setitimer(signal.ITIMER_REAL, 0), time.monotonic()
        self._handler = signal.signal(signal.SIGALRM, _ring)

    def give_back(self) -> None:
        """Put handler and timer back; no deadline is in force and no alarm to come, for the default ends a process."""
        signal.signal(signal.SIGALRM, self._handler)
        left, interval = self._timer
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self._started), _TICK), interval)


def _arm() -> None:
    """Set the alarm to the first deadline; never raises, not even what a deadline does, but rings for it."""
    # `sum(range(10**15))` lets no handler of Python's run, and nothing handles this timer's signal, which ends the
    # process. Elsewhere the timer is the host's, for a profiler.
    can_be_replaced = multiprocessing.parent_process() is not None
    if not _deadlines:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if can_be_replaced:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return
    try:
        left = min(deadline.left() for deadline in _deadlines)
    except CandidateError:
        left = 0.0
    signal.setitimer(signal.ITIMER_REAL, max(left, _TICK), _AGAIN)
    if can_be_replaced:
        signal.setitimer(signal.ITIMER_PROF, max(left, 0.0) + _SECONDS_IN_C)


def _ring(_number: int, frame: FrameType | None) -> None:
    if not _deadlines:
        # Nobody is waited for any more.
        return
    if _is_ours(frame):
        # What is set up or put back there shall not be left half done.
        signal.setitimer(signal.ITIMER_REAL, _TICK, _AGAIN)
    elif min(deadline.left() for deadline in _deadlines) <= 0:
        raise AlarmError("what it asked for took too long")
    else:
        # The machine was busy, so that the deadline is later now; or the code has just come to its end.
        _arm()


def _is_ours(frame: FrameType | None) -> bool:
    """Tell whether code of this file is at work; what is guarded runs beside it, never below it."""
    while frame is not None:
        if frame.f_code.co_filename == _ring.__code__.co_filename:
            return True
        frame = frame.f_back
    return False


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()

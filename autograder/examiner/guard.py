"""Limits for the examiner itself, while trusted code works on what a candidate sent.

A test or a reference is honest, but its arguments may not be: ``range(10**15)`` never ends, and a small array can ask
for a huge one.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from autograder.errors import CandidateError, CandidateMemoryError, CandidateTimeoutError, SandboxError
from autograder.examiner.patience import Deadline, Patience

_MB = 2**20
_TICK = 1e-3


# Those that are in force, from the outermost.
_deadlines: list[Deadline] = []


@contextlib.contextmanager
def guarded(seconds: float, memory_mb: int, patience: Patience | None = None) -> Iterator[None]:
    """Let code have so much time, and so much memory more than now.

    Time is limited in the main thread only, where Python handles signals.

    Parameters
    ----------
    seconds : float
    memory_mb : int
    patience : Patience or None
        Of the candidate that the code talks to, where it does.

    Raises
    ------
    CandidateTimeoutError
        From within the code, where the time is over; a single call into NumPy is waited for.
    MemoryError
        From within the code, where it asks for more.
    CandidateMemoryError
        Where the code does not handle that.
    """
    with _less_memory(memory_mb * _MB), timely(Deadline(seconds, patience or Patience())):
        yield


@contextlib.contextmanager
def timely(deadline: Deadline) -> Iterator[None]:
    """Let code have time until a deadline, or one around this where that is sooner.

    Parameters
    ----------
    deadline : Deadline

    Raises
    ------
    CandidateTimeoutError
        From within the code, where the time is over, and in the main thread only.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with contextlib.nullcontext() if _deadlines else _our_alarm():
        _deadlines.append(deadline)
        try:
            _arm()
            yield
        finally:
            _deadlines.pop()
            _arm()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let work of our own come to its end, however little time is left to the code that needed it."""
    if not _deadlines or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        _arm()


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


@contextlib.contextmanager
def _less_memory(more: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _address_space() + more
    caps = [limit for limit in (wanted, *before) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(caps), before[1]))
    try:
        yield
    except MemoryError as error:
        if hasattr(error, "raised"):
            raise
        raise out_of_means(error) from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextlib.contextmanager
def _our_alarm() -> Iterator[None]:
    """Borrow the alarm from whoever has set it, and give it back."""
    theirs, started = signal.getitimer(signal.ITIMER_REAL)[0], time.monotonic()
    handler = signal.signal(signal.SIGALRM, _ring)
    try:
        yield
    finally:
        # Whatever an alarm has interrupted.
        _deadlines.clear()
        signal.signal(signal.SIGALRM, handler)
        if theirs:
            signal.setitimer(signal.ITIMER_REAL, max(theirs - (time.monotonic() - started), _TICK))


def _arm() -> None:
    left = min((deadline.left() for deadline in _deadlines), default=None)
    signal.setitimer(signal.ITIMER_REAL, 0 if left is None else max(left, _TICK))


def _ring(_number: int, _frame: FrameType | None) -> None:
    if _deadlines and min(deadline.left() for deadline in _deadlines) <= 0:
        raise CandidateTimeoutError("what it asked for took too long")
    # The machine was busy, so that the deadline is later now; or the code has just come to its end.
    _arm()


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()

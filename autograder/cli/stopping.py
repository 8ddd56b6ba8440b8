"""What is said after Ctrl-C, or where the machine goes down: each command knows by itself what it leaves."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from autograder.errors import ClusterError

_AGAIN = 0.05
_STDERR = 2
_REQUESTS_TO_END = signal.SIGTERM, signal.SIGHUP
# The interrupt that waits, if one does, and what will send it again.
_waiting: list[tuple[int, threading.Timer]] = []


class Stopped(BaseException):
    """The caller has stopped a command; its text says what that means."""


@contextlib.contextmanager
def stopping(meaning: str) -> Iterator[None]:
    """Say of an interrupt meanwhile, or of a cluster that is lost, what it means.

    One that has to wait for an import is answered at the end at the latest: what comes after has another meaning.
    """
    try:
        yield
        _answer_what_waits()
    except KeyboardInterrupt:
        raise Stopped(f"Stopped. {meaning}") from None
    except ClusterError as error:
        raise ClusterError(f"{error} {meaning}") from None


def take_interrupts() -> None:
    """Have Ctrl-C end what the program does, but no import: some swallow it, or make another error of it.

    Nor is it lost in what Python calls where no exception can go on, as when an object goes away. A request to end, as
    before a reboot, and a terminal that is closed are taken as one: what the program made for itself goes in any case.
    Who sends both, as systemd may, does not break off the removal that the first has begun; a second Ctrl-C does.
    """
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # under nohup it outlives its terminal
        signal.signal(signal.SIGHUP, _interrupt)
    sys.unraisablehook = _bring_back


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _imports(frame):
        _say_that_it_waits()
        _send_again(number)
    else:
        if number in _REQUESTS_TO_END:
            for one in _REQUESTS_TO_END:
                signal.signal(one, signal.SIG_IGN)
        _waiting.clear()
        raise KeyboardInterrupt


def _answer_what_waits() -> None:
    if _waiting:
        number, later = _waiting[0]
        later.cancel()
        signal.raise_signal(number)


@functools.cache  # once, for it is sent again until the import is done
def _say_that_it_waits() -> None:
    # Straight to the terminal: a stream may be amid a write of its own, and knows letters that others lack.
    with contextlib.suppress(OSError):
        if os.isatty(_STDERR):
            # In the place of a spinner's line, which is drawn anew below.
            os.write(_STDERR, b"\r\x1b[2Kstopping ...\n")


def _bring_back(ignored: sys.UnraisableHookArgs) -> None:
    if issubclass(ignored.exc_type, KeyboardInterrupt):
        _send_again(signal.SIGINT)
    else:
        sys.__unraisablehook__(ignored)


def _send_again(number: int) -> None:
    # To this very thread, so that it wakes where it sleeps by then.
    later = threading.Timer(_AGAIN, signal.pthread_kill, (threading.get_ident(), number))
    later.daemon = True
    _waiting[:] = [(number, later)]
    later.start()


def _imports(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False

"""What is said after Ctrl-C, or where the machine goes down: each command knows by itself what it leaves."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


class Stopped(BaseException):
    """The caller has stopped a command; its text says what that means."""


@contextlib.contextmanager
def stopping(meaning: str) -> Iterator[None]:
    """Say of a Ctrl-C meanwhile what it means; a request to end, as before a reboot, is taken as one."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(f"Stopped. {meaning}") from None
    finally:
        signal.signal(signal.SIGTERM, before)

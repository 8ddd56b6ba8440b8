"""What is said after Ctrl-C: each command knows by itself what it leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class Stopped(BaseException):
    """The caller has stopped a command; its text says what that means."""


@contextlib.contextmanager
def stopping(meaning: str) -> Iterator[None]:
    """Say of a Ctrl-C meanwhile what it means."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(f"Stopped. {meaning}") from None

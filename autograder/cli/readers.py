"""Whether anybody still reads what a command prints."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterator

_PRINTED_TO = (1, 2)


@contextlib.contextmanager
def watching_readers() -> Iterator[Callable[[], bool]]:
    """Watch the readers of standard output and standard error.

    Yields
    ------
    callable
        Tells whether one of them has left.
    """
    with contextlib.ExitStack() as stack:
        poll = select.poll()
        for number in _PRINTED_TO:
            with contextlib.suppress(OSError):  # it is closed
                # A copy: rich puts the null device in the place of one whose reader has left.
                copy = os.dup(number)
                stack.callback(os.close, copy)
                poll.register(copy, select.POLLERR)
        yield lambda: any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))

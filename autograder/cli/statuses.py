"""What commands exit with; 0 is done, whatever the marks."""

from __future__ import annotations

import enum


class Status(enum.IntEnum):
    """Why a command has not ended with 0."""

    FOUND = 1
    """`audit` or `build --check` has found what they look for."""
    MISTAKE = 2
    """The caller's."""
    FAULT_OF_OURS = 3
    INTERRUPTED = 130
    """As shells have it after Ctrl-C; SIGTERM and SIGHUP end a command as that does."""
    UNREAD = 141
    """As shells have it where the reader of a pipe has left."""

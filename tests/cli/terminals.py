"""Commands on a terminal of their own, which both of their streams are on."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

ROWS, COLUMNS = 40, 80
# Rich hides the cursor as long as a bar or a spinner is drawn again and again.
BAR_IS_GONE = "\x1b[?25h"
COMMAND = (sys.executable, "-c", "from autograder.cli import run; run()")


@contextmanager
def on_terminal(command: Sequence[object]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a program on a terminal; give it, and where to read what it writes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {name: text for name, text in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    try:
        try:
            # A session of its own: nothing that the terminal sends meets the tests.
            process = subprocess.Popen([*map(str, command)], env=environment, start_new_session=True, **streams)
        finally:
            os.close(theirs)
        with process:
            try:
                yield process, ours
            finally:
                process.kill()
    finally:
        os.close(ours)


def all_of(terminal: int) -> str:
    """Read what is written on a terminal, until nobody has it any more."""
    written = bytearray()
    with suppress(OSError):
        while piece := os.read(terminal, 65536):
            written += piece
    return written.decode()


def seen(*arguments: object) -> str:
    """Give a command to a terminal; give all that it writes there."""
    with on_terminal([*COMMAND, *arguments]) as (_, terminal):
        return all_of(terminal)

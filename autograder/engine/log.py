"""The log of a run that a machine can read: one JSON object a line."""

from __future__ import annotations

import fcntl
import json
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO


class RunLog:
    """Appends what happens to a file; a context manager. Each line has ``at`` (UTC), ``event``, and the event's own.

    Parameters
    ----------
    path : Path

    Attributes
    ----------
    alone : bool
        Whether no other run had it open at the beginning.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A line at a time: a machine that goes down takes none with it. A folder's name may have bytes that are no
        # text; so escaped they are what JSON makes of them too.
        self._file = path.open("a", buffering=1, encoding="utf-8", errors="backslashreplace")
        self.alone = _held(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, event: str, **about: object) -> None:
        """Write a line.

        Parameters
        ----------
        event : str
            ``begin``, ``graded``, ``aside``, ``end``.
        **about : object
            What JSON can say.
        """
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **about}
        self._file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")


def _held(file: TextIO) -> bool:
    """Hold a file until it is closed, or the process ends; tell whether nobody else does."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some file systems have no locks: nothing tells of another run there.
        return True
    return True

"""What nbgrader logs: into a file of the course, and its errors kept, for they alone say what went wrong."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

# Of SQLAlchemy's exceptions.
_APPENDICES = ("[SQL: ", "[parameters: ", "(Background on this error")
# What follows is the error's name, its text, and a traceback in one line. nbgrader's own exception has no text.
_OF_KERNEL = "Runtime error from the kernel:"


class LastWords(logging.Handler):
    """Keeps the errors that nbgrader logs: what it raises in the end only says that there were some."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.raised: list[str] = []
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the exception of a traceback, or a message in one line; called by `logging`."""
        lines = [line.strip() for line in record.getMessage().splitlines() if line.strip()]
        lines = [line for line in lines if not line.startswith(_APPENDICES)]
        if lines and lines[0] == _OF_KERNEL:
            name, text = lines[1], " ".join(lines[2:-1])
            raised = f"{name}: {text}" if text else name
            self.raised.append(f"a cell that was run for the AUTOTEST comments raised {raised}")
        elif lines and lines[0].startswith("Traceback"):
            self.raised.append(lines[-1])
        elif lines:
            self.said.append(" ".join(lines))

    def forget(self) -> None:
        """Begin anew, for the next step."""
        self.raised.clear()
        self.said.clear()

    def cause(self) -> str:
        """Return the first exception, or else the first message; empty when nothing was logged."""
        return next(iter([*self.raised, *self.said]), "")


class _File(logging.FileHandler):
    """A log on a disk that may be full: what it does not take is lost, for a step tells by itself why it failed."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Do nothing; called by `logging`."""

    def close(self) -> None:
        """Close the file, whatever becomes of its last lines."""
        with contextlib.suppress(OSError):
            super().close()


@contextlib.contextmanager
def course_log(path: Path) -> Iterator[tuple[logging.Logger, LastWords]]:
    """Give a log that goes to the file of a course and nowhere else, and what keeps the errors in it."""
    # A logger of this call alone: one that `logging` knows would outlive it, and hand on to the terminal.
    log = logging.Logger("nbgrader", logging.INFO)  # noqa: LOG001
    handler, last_words = _File(path, encoding="utf-8", delay=True), LastWords()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.addHandler(last_words)
    # nbgrader's database tells its failures to Tornado's log, and that one tells the terminal.
    database = logging.getLogger("tornado.application")
    propagate, database.propagate = database.propagate, False
    database.addHandler(handler)
    try:
        yield log, last_words
    finally:
        database.removeHandler(handler)
        database.propagate = propagate
        handler.close()

"""The two consoles: results on standard output, everything else on standard error.

Everything else is how far a command is, what it warns of, and who has no result or waits for a person.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.markup import escape

from autograder.results import one_line

_LONGEST = 4096

output = Console(soft_wrap=False, highlight=False, emoji=False)
errors = Console(stderr=True, highlight=False, emoji=False)


def literal(text: str) -> str:
    """Give a name or message that others chose as text that the terminal shows and does not obey."""
    return escape(one_line(text, _LONGEST))


def is_stdout(target: object) -> bool:
    """Tell whether a file that the caller names is standard output: ``-``, as a text or as a path."""
    return str(target) == "-"


def place_of(target: object) -> str:
    """Say where to a caller's file was written."""
    return "on standard output" if is_stdout(target) else f"in {target}"


def beside(target: object) -> Console:
    """Give where to speak of what is written to a target: beside ``-``, which is standard output, nothing else goes."""
    return errors if is_stdout(target) else output


@contextlib.contextmanager
def doing(what: str) -> Iterator[Callable[[str], None]]:
    """Show what a command is at; names in it are shown and not obeyed.

    Yields
    ------
    callable
        To be called with what it is at next.
    """
    with errors.status(literal(what)) as status:
        yield lambda step: status.update(literal(step))


def warn(text: str) -> None:
    """Print a warning; names and messages in it are shown and not obeyed."""
    errors.print(literal(text), style="yellow")


class _Warning(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Print what a room warns of while it works, such as what it waits for; called by `logging`."""
        # A path that is folded cannot be copied.
        errors.print(literal(record.getMessage()), style="yellow", soft_wrap=True)


_rooms = _Warning(logging.WARNING)


def show_warnings_of_rooms() -> None:
    """Print, from now on, what any room warns of; added once only, however often it is called."""
    logging.getLogger("autograder").addHandler(_rooms)

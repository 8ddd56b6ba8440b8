"""What checks measure on the way to their verdict, for whoever listens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from autograder.results import Measure

# A test cell calls the checks without knowing who runs it, so the listener cannot be an argument.
_listening: ContextVar[list[Measure] | None] = ContextVar("listening", default=None)
# A test that measures in a loop shall not fill the records of a class.
_MOST = 32


@contextlib.contextmanager
def recording() -> Iterator[list[Measure]]:
    """Collect what the checks measure within.

    Yields
    ------
    list of Measure
        It grows as the checks are called, up to 32.
    """
    found: list[Measure] = []
    before = _listening.set(found)
    try:
        yield found
    finally:
        _listening.reset(before)


def measured(measure: Measure) -> None:
    """Note a measure, if anybody listens."""
    found = _listening.get()
    if found is not None and len(found) < _MOST:
        found.append(measure)

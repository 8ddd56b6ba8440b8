"""Telling of a step that waits for something else, a lock or another machine, where that takes long."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

SECONDS_UNTIL_TOLD = 2.0

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def waiting_for(what: str) -> Iterator[None]:
    """Warn of a step that is not done after two seconds, once.

    Parameters
    ----------
    what : str
        What is waited for, as a name in a sentence.
    """
    late = threading.Timer(SECONDS_UNTIL_TOLD, tell, [what])
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


def tell(what: str) -> None:
    """Say what is waited for, to whom the log is shown."""
    _log.warning("Waiting for %s.", what)

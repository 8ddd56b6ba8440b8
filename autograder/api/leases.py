"""A worker's folder of trusted files. A worker that is killed cannot remove its own, so the next one does."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from pathlib import Path

_PREFIX = "autograder-worker-"
_LEASE = ".lease"


class LeasedFolder:
    """A temporary folder that goes with `close`; or, where its process is killed, with the next one that is made.

    The system gives a lock up with the process that holds it, however that ends: what nobody holds is nobody's.
    """

    def __init__(self) -> None:
        _clear()
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX)
        self.path = Path(self._folder.name)
        # It has its name only when it is held: a lease that can be seen and taken is one of a process that is gone.
        nameless = self.path / ".taking"
        self._lease = nameless.open("w")
        try:
            fcntl.flock(self._lease, fcntl.LOCK_EX)
        except OSError:
            # Some file systems have no locks: nobody clears a folder without a lease.
            return
        nameless.rename(self.path / _LEASE)

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        self._folder.cleanup()
        self._lease.close()


def _clear() -> None:
    for lease in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LEASE}"):
        # Another user's, or one that is held, or gone by now.
        with contextlib.suppress(OSError), lease.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lease.parent)

"""What candidates have sent does not stay in the examiner when nobody needs it any more."""

from __future__ import annotations

import gc

# Bytes.
_MUCH = 64 * 2**20


class Sweep:
    """Looks for what only itself holds, once much has come from the candidates of one submission or of several.

    The functions of a test cell and the names that they read hold each other, with all that a function that counts its
    calls was called with. Python looks for such by the number of objects, however large they are.
    """

    def __init__(self) -> None:
        self._seen = self._since_look = self._since_end = 0

    def begin(self) -> None:
        """Begin with other candidates."""
        self._seen = 0

    def look(self, received: int) -> None:
        """Sweep between test cells, where it is time to.

        Parameters
        ----------
        received : int
            The bytes that the candidates have sent so far.
        """
        self._since_look += received - self._seen
        self._since_end += received - self._seen
        self._seen = received
        if self._since_look > _MUCH:
            self._since_look = 0
            gc.collect()

    def end(self) -> None:
        """Sweep at the end of a submission, where it is time to: then nothing of it is needed."""
        if self._since_end > _MUCH:
            self._since_look = self._since_end = 0
            gc.collect()

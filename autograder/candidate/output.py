"""What a student's code prints, as far as there is room for it."""

from __future__ import annotations

import io


class Capped(io.TextIOBase):
    """Keeps the first characters that are written and drops the rest.

    Parameters
    ----------
    room : int
        In characters.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._parts: list[str] = []

    def write(self, text: str, /) -> int:
        """Keep what there is room for; called by ``print``."""
        kept = text[: self._room]
        self._room -= len(kept)
        if kept:
            self._parts.append(kept)
        return len(text)

    def writable(self) -> bool:
        """Tell ``print`` that it may write."""
        return True

    def text(self) -> str:
        """Give what was kept, without what UTF-8 cannot say."""
        return "".join(self._parts).encode("utf-8", "replace").decode()

"""A disk that takes no more: by an error's number, and by its words, which are all that nbgrader hands on of it."""

from __future__ import annotations

import errno
import os

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_WORDS = {**{os.strerror(number): number for number in NO_ROOM}, "database or disk is full": errno.ENOSPC}


def tells_of_no_room(text: str) -> int:
    """Give the number of the error whose text says that nothing more can be written there; else 0."""
    return next((number for words, number in _WORDS.items() if words in text), 0)

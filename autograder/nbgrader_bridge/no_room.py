"""No room on the disk: by an error's number, and by its words, which are all that nbgrader hands on of it."""

from __future__ import annotations

import errno
import os

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_WORDS = (*map(os.strerror, NO_ROOM), "database or disk is full")


def tells_of_no_room(text: str) -> bool:
    """Tell whether the text of an error says that nothing more can be written there."""
    return any(words in text for words in _WORDS)

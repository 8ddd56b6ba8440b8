"""Names of files as people read them."""

from __future__ import annotations

import unicodedata


def spelled(name: str) -> str:
    """Give a name as people read it: some systems write it in capitals, and take a letter and its accent apart."""
    return unicodedata.normalize("NFC", name).casefold()

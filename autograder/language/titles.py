"""What a test cell says that it tests, as a student's page quotes it."""

from __future__ import annotations

import re

_FIRST_COMMENT = re.compile(r"^#+\s*(?:Hidden:\s*)?([^#\s].*)$", re.MULTILINE)


def title_of(source: str) -> str:
    """Give the first comment of a test cell, empty where it has none.

    Parameters
    ----------
    source : str
    """
    comment = _FIRST_COMMENT.search(source)
    return comment[1] if comment else ""

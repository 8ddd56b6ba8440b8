"""How much one text is like another, in a time that grows with their length only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_ALIKE = 0.6


def lines_of(text: str) -> Counter[str]:
    """Count the lines of a text, but for empty ones and for white space at their ends."""
    return Counter(line.strip() for line in text.splitlines() if line.strip())


def most_alike(lines: Counter[str], candidates: Mapping[int, Counter[str]]) -> int | None:
    """Give the key of the candidate that has most lines in common with a text; None where none has 60 %.

    Parameters
    ----------
    lines : Counter of str
        Of the text.
    candidates : mapping of int to Counter of str
    """
    best, most = None, _ALIKE
    for key, others in candidates.items():
        size = lines.total() + others.total()
        ratio = 2 * (lines & others).total() / size if size else 0.0
        if ratio >= most:
            best, most = key, ratio
    return best

"""How much one text is like another, in a time that grows with their length only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_ALIKE = 0.6


def most_alike(text: str, candidates: Mapping[int, str]) -> int | None:
    """Give the key of the candidate that has most lines in common with a text; None where none has 60 %.

    Parameters
    ----------
    text : str
    candidates : mapping of int to str
    """
    lines = _lines(text)
    best, most = None, _ALIKE
    for key, candidate in candidates.items():
        others = _lines(candidate)
        size = lines.total() + others.total()
        ratio = 2 * (lines & others).total() / size if size else 0.0
        if ratio >= most:
            best, most = key, ratio
    return best


def _lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip())

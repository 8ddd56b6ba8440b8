"""How much one text is like another, within bounds of time."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

_ALIKE = 0.7
_CHARACTERS = 3000
_CANDIDATES = 300


def most_alike(text: str, candidates: Mapping[int, str]) -> int | None:
    """Give the key of the candidate that is most like a text; None where none is like it.

    Parameters
    ----------
    text : str
    candidates : mapping of int to str
        Only the first 300 are looked at, and of each 3000 characters: nobody may make it long.
    """
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(text[:_CHARACTERS])
    best, ratio = None, _ALIKE
    for key, candidate in list(candidates.items())[:_CANDIDATES]:
        matcher.set_seq1(candidate[:_CHARACTERS])
        if matcher.real_quick_ratio() > ratio and matcher.quick_ratio() > ratio and matcher.ratio() > ratio:
            best, ratio = key, matcher.ratio()
    return best

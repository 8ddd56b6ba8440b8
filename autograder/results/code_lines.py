"""A long value of Python's on several lines."""

from __future__ import annotations

import ast
import textwrap

_WIDEST = 60
# Of what is not broken in a long value, with room for the margin and for what stands before and behind its brackets.
_MOST_KEPT = _WIDEST - 16
# In the place of a space at which no line ends; no code has it.
_KEPT = "\0"


def on_lines(text: str) -> str:
    """Write a long value on several lines, an entry of a dictionary on each; it stays whole where it cannot be broken.

    All breaks are in brackets, so what stands before a line does not matter.
    """
    if len(text) <= _WIDEST:
        return text
    try:
        value = ast.parse(text, mode="eval")
        broken = "\n".join(_lines(text, value.body))
        return broken if ast.dump(ast.parse(broken, mode="eval")) == ast.dump(value) else text
    except SyntaxError:  # no text of Python's, or none between whose words a line may end
        return text


def _lines(text: str, value: ast.expr) -> list[str]:
    if not isinstance(value, ast.Dict):
        return _wrapped(text)
    entries = [
        f"{ast.get_source_segment(text, key)}: {ast.get_source_segment(text, one)},"
        for key, one in zip(value.keys, value.values, strict=True)
        if key is not None
    ]
    return ["{", *(f"    {line}" for entry in entries for line in _wrapped(entry)), "}"]


def _wrapped(text: str) -> list[str]:
    """Break a text at its spaces, but in no brackets whose content has room on a line."""
    wrapped = textwrap.TextWrapper(_WIDEST, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return [line.replace(_KEPT, " ") for line in wrapped.wrap(_joined(text))]


def _joined(text: str) -> str:
    """Put a mark in the place of each space that stays; brackets in texts do no harm, for the caller compares."""
    opened: list[int] = []
    joined = text
    for place, character in enumerate(text):
        if character in "([{":
            opened.append(place)
        elif character in ")]}" and opened:
            first = opened.pop()
            if opened and place - first <= _MOST_KEPT:
                joined = joined[:first] + joined[first:place].replace(" ", _KEPT) + joined[place:]
    return joined

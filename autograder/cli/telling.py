"""Answers of one line, such as a refusal or where something was written."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.console import Console

from autograder.results import one_line

# A word, with the blanks before it.
_WORDS = re.compile(r"\s*\S+")
_LONGEST = 4096


def tell(console: Console, text: str, style: str | None = None) -> None:
    """Print an answer; markup in it is shown and not obeyed.

    A terminal would break a longer line than it has columns in the middle of a word: there it is broken at blanks, and
    what has none, such as a path that is to be copied, stays whole. Where no terminal is, every line stays whole.
    """
    if console.is_terminal:
        text = "\n".join(_wrapped(line, console.width) for line in text.split("\n"))
    console.print(text, style=style, markup=False, soft_wrap=True)


def tell_of(console: Console, text: str, style: str | None = None) -> None:
    """Print an answer that has names or messages of others: one line, whatever they hold, which the terminal shows."""
    tell(console, one_line(text, _LONGEST), style)


def _wrapped(line: str, columns: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    lines = [""]
    for word in _WORDS.findall(line):
        if lines[-1] and cell_len(lines[-1] + word) > columns:
            lines.append(indent + word.lstrip())
        else:
            lines[-1] += word
    return "\n".join(lines)

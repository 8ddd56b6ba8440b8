"""Tokens of what students write, whether Python can read it or not."""

from __future__ import annotations

import builtins
import functools
import io
import keyword
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence

from autograder.statements import without_magics

Token = tokenize.TokenInfo

_LAYOUT = frozenset({tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})
LANGUAGE = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins)})
# Longer ones are no code that a person wrote; Python's tokenizer may take for ever over them.
_LONGEST_LINE = 1000
_LONGEST_CELL = 200_000
# Each begins to read anew; what is left behind the last is passed over.
_MOST_UNREADABLE = 20
_DEFINITION = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)


@functools.lru_cache(maxsize=4)
def tokens(text: str) -> tuple[Token, ...]:
    """Give the tokens of a cell without its layout; a line whose tokens cannot be told apart is passed over."""
    lines = without_magics(text[:_LONGEST_CELL]).splitlines(keepends=True)
    lines = [line if len(line) <= _LONGEST_LINE else "\n" for line in lines]
    found: list[Token] = []
    for _ in range(_MOST_UNREADABLE):
        last = 0
        try:
            for token in _with_whole_texts(tokenize.generate_tokens(io.StringIO("".join(lines)).readline), lines):
                last = token.end[0]
                if token.type not in _LAYOUT:
                    found.append(token)
        except (tokenize.TokenError, SyntaxError):
            lines = lines[max(last, 1) :]
        else:
            break
    return tuple(found)


def _with_whole_texts(found: Iterable[Token], lines: Sequence[str]) -> Iterator[Token]:
    """Give an f-string as one token, as Python 3.11 does: newer ones take it apart, and its words were code."""
    begun: list[Token] = []
    for token in found:
        name = tokenize.tok_name[token.type]
        if name.endswith("STRING_START"):
            begun.append(token)
        elif name.endswith("STRING_END"):
            first = begun.pop()
            if not begun:
                text = _between(lines, first.start, token.end)
                yield Token(tokenize.STRING, text, first.start, token.end, first.line)
        elif not begun:
            yield token


def _between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Give what stands between two places, of rows from 1 and columns from 0."""
    rows = list(lines[start[0] - 1 : end[0]])
    rows[-1] = rows[-1][: end[1]]
    rows[0] = rows[0][start[1] :]
    return "".join(rows)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Split a cell at the definitions at its margin.

    Yields
    ------
    name : str
        Of the function or class; empty for what stands before the first.
    text : str
    """
    starts = list(_DEFINITION.finditer(text))
    places = [found.start() for found in starts] + [len(text)]
    before = text[: places[0]]
    if before.strip():
        yield "", before
    for found, end in zip(starts, places[1:], strict=True):
        yield found[1], text[found.start() : end]


def build(text: str) -> tuple[str, ...]:
    """Give the tokens of a piece of code without comments, texts and layout; a name is the number of its first use.

    Parameters
    ----------
    text : str
        Renaming variables in it changes nothing in the outcome.
    """
    numbers: dict[str, str] = {}
    found, before = [], ""
    for token in tokens(text):
        if token.type == tokenize.COMMENT:
            continue
        if token.type == tokenize.STRING:
            found.append('""')
        elif token.type == tokenize.NAME and before != "." and token.string not in LANGUAGE:
            found.append(numbers.setdefault(token.string, f"#{len(numbers)}"))
        else:
            found.append(token.string)
        before = token.string
    return tuple(found)


def words(text: str) -> str:
    """Give all tokens of a piece of code, comments included, apart from its layout."""
    return " ".join(token.string for token in tokens(text))


def own_names(text: str) -> Iterator[str]:
    """Give the names in a piece of code, but for attributes and the names of arguments in calls."""
    before, depth = "", 0
    found = tokens(text)
    for place, token in enumerate(found):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        elif token.type == tokenize.NAME and before != ".":
            after = found[place + 1].string if place + 1 < len(found) else ""
            if not (depth > 0 and after == "="):
                yield token.string
        before = token.string


def comments(text: str) -> Iterator[str]:
    """Give the comments of a cell as plain text."""
    for token in tokens(text):
        if token.type == tokenize.COMMENT:
            yield " ".join(token.string.lstrip("#").split())

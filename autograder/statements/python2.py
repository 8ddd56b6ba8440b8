"""Statements of Python 2 that Python 3 does not read, written as it does.

Legacy notebooks have ``print "cost", cost`` in the middle of an answer; nothing else of the answer is wrong.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator

_LIKE_FUNCTIONS = ("print", "exec")
_VALUES = (tokenize.STRING, tokenize.NUMBER, tokenize.NAME)
_OPERATORS_IN_WORDS = frozenset({"and", "or", "in", "is", "if", "else", "for"})
_ENDS = (tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.COMMENT)
_INVISIBLE = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
_TAB = 8

Edit = tuple[tuple[int, int], int, str]
"""Where, how many characters go there, and what comes in their place."""


def modernized(text: str) -> str:
    """Write ``print``, ``exec``, ``raise`` and ``except`` of Python 2 as Python 3 has them, and tabs as blanks.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The same where there is nothing of the kind; lines stay where they are.
    """
    text = text.expandtabs(_TAB)
    lines = text.split("\n")
    for (row, column), length, new in sorted(_edits(text), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + new + line[column + length :]
    return "\n".join(lines)


def _edits(text: str) -> Iterator[Edit]:
    for statement in _statements(text):
        first, rest = statement[0], statement[1:]
        if first.string in _LIKE_FUNCTIONS and rest and _is_argument(first, rest):
            yield (first.end, rest[0].start[1] - first.end[1] if rest[0].start[0] == first.end[0] else 0, "(")
            yield rest[-1].end, 0, ")"
        elif first.string == "raise" and (comma := _comma(rest)) is not None:
            yield comma.start, 1, "("
            yield rest[-1].end, 0, ")"
        elif first.string == "except" and (comma := _comma(rest)) is not None:
            yield comma.start, 1, " as "


def _is_argument(word: tokenize.TokenInfo, rest: list[tokenize.TokenInfo]) -> bool:
    """Tell whether what follows ``print`` is what it prints, with a value first or a bracket that is not the end."""
    first = rest[0]
    if first.string == "(":
        # ``print ("%d") % n``: the bracket is a part of the argument.
        return word.end != first.start and _closing(rest) < len(rest) - 1
    return first.type in _VALUES and first.string not in _OPERATORS_IN_WORDS


def _closing(tokens: list[tokenize.TokenInfo]) -> int:
    depth = 0
    for number, token in enumerate(tokens):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if not depth:
            return number
    return len(tokens)


def _comma(tokens: list[tokenize.TokenInfo]) -> tokenize.TokenInfo | None:
    depth = 0
    for token in tokens:
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == "," and not depth:
                return token
    return None


def _statements(text: str) -> Iterator[list[tokenize.TokenInfo]]:
    """Give the tokens of each simple statement, and of each head of a compound one."""
    statement: list[tokenize.TokenInfo] = []
    depth = 0
    for token in _tokens(text):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        at_end = token.type in _ENDS or (depth <= 0 and token.string in {":", ";"})
        if at_end and statement and depth <= 0:
            yield statement
            statement = []
        elif not at_end and token.type not in _INVISIBLE:
            statement.append(token)


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """Give the tokens up to the first that is none."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):
        return

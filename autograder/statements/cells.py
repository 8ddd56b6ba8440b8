"""From a cell as a notebook takes it to text that Python can read."""

from __future__ import annotations

import re
import symtable

from autograder.statements.python2 import modernized

UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)

# Cell magics whose body is another language, or goes elsewhere. What any other runs (%%time, %%capture, %%memit) is
# the notebook's own Python.
_FOREIGN = frozenset(
    [
        "!",
        "HTML",
        "R",
        "SVG",
        "bash",
        "bigquery",
        "cmd",
        "cython",
        "file",
        "html",
        "javascript",
        "js",
        "julia",
        "latex",
        "markdown",
        "perl",
        "pypy",
        "python",
        "python2",
        "python3",
        "ruby",
        "script",
        "sh",
        "sql",
        "svg",
        "sx",
        "system",
        "writefile",
    ]
)
_CELL_MAGIC = re.compile(r"\s*%%(\w+|!)")
# Possessive blanks: else a line of very many would be tried in very many ways.
_LINE_MAGIC = re.compile(r"^(\s*+)(?:[%!]{1,2}\s?[A-Za-z_.~/]|\?|[\w.]+\?+\s*$|[\w.,\s]+=\s*[%!][A-Za-z_])")
# The one magic whose line is run as the notebook's own: what it assigns stays.
_TIMED = re.compile(r"^(\s*)%time[ \t]+(?=\S)")
_MOST_PIECES = 2000
# What is pasted from a console.
_PROMPTS = (re.compile(r"^\s*(?:>>>|\.\.\.)(?: |$)"), re.compile(r"^\s*(?:In \[\d+\]:|\.{3,}:)(?: |$)"))
# A line in column 0 that begins a statement: no continuation (else, except, a closing bracket) and no comment.
_BEGINNING = re.compile(r"(?!else\b|elif\b|except\b|finally\b)[^\s#)\]}'\"]")


def reads(text: str) -> bool:
    """Tell whether Python can read a text."""
    try:
        symtable.symtable(text, "cell", "exec")
    except UNREADABLE:
        return False
    return True


def pieces(text: str) -> tuple[list[tuple[int, str]], bool]:
    """Take a cell as a whole if Python can read it, without what only a notebook takes if not, and in pieces at last.

    Returns
    -------
    pieces : list of (int, str)
        How many lines of the cell stand before each, and its text.
    old : bool
        Whether something had to be read as Python 2.
    """
    if reads(text):
        return [(0, text)], False
    python = without_magics(text)
    if reads(python):
        return [(0, python)], False
    if reads(modern := modernized(python)):
        return [(0, modern)], True
    # One unfinished function must not cost the others in its cell; nor a magic a line that only looks like one.
    chosen = [(start, *_readable(piece)) for start, piece in _cut(_dedented(text))]
    return [(start, piece) for start, piece, _ in chosen], any(old for _, _, old in chosen)


def _readable(piece: str) -> tuple[str, bool]:
    python = without_magics(piece)
    for text, old in ((piece, False), (python, False), (modernized(python), True)):
        if reads(text):
            return text, old
    return python, False


def without_magics(text: str) -> str:
    """Blank out the lines that only IPython understands, prompts and common indentation; line numbers stay."""
    head = _CELL_MAGIC.match(text)
    if head and head[1] in _FOREIGN:
        return ""
    lines = text.split("\n")
    if head:
        lines[text.count("\n", 0, head.end())] = ""
    for number, line in enumerate(lines):
        if timed := _TIMED.match(line):
            lines[number] = timed[1] + line[timed.end() :]
        elif _LINE_MAGIC.match(line):
            lines[number] = _LINE_MAGIC.sub(r"\1pass  # \g<0>", line)
            _blank_continuation(lines, number)
    return _dedented("\n".join(lines))


def _blank_continuation(lines: list[str], number: int) -> None:
    """Take away the lines that a shell command goes on in, behind a backslash."""
    while lines[number].rstrip().endswith("\\") and number + 1 < len(lines):
        number += 1
        lines[number] = "# " + lines[number]


def _dedented(text: str) -> str:
    """Take off prompts, and the indentation of the first line from all lines, as IPython does."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    for prompt in _PROMPTS:
        if prompt.match(first):
            return "\n".join(prompt.sub("", line) for line in lines)
    indentation = first[: len(first) - len(first.lstrip())]
    return "\n".join(line.removeprefix(indentation) for line in lines) if indentation else text


def _cut(text: str) -> list[tuple[int, str]]:
    """Cut before every line that begins a statement in column 0; tell how many lines stand before each piece."""
    lines = text.split("\n")
    inside = _inside_strings(lines)
    starts = [n for n, line in enumerate(lines) if _BEGINNING.match(line) and n not in inside]
    # A decorator belongs to the definition below it.
    starts = [n for i, n in enumerate(starts) if i == 0 or not lines[starts[i - 1]].startswith("@")]
    # The rest of a cell with more pieces than anybody writes is one.
    starts = starts[:_MOST_PIECES]
    ends = [*starts[1:], len(lines)]
    return [(start, "\n".join(lines[start:end])) for start, end in zip(starts, ends, strict=True)] or [(0, text)]


def _inside_strings(lines: list[str]) -> set[int]:
    """Give the numbers of lines that begin inside a triple-quoted string, as far as text that is no Python tells."""
    inside, quotes = set(), ""
    for number, line in enumerate(lines):
        if quotes:
            inside.add(number)
        for mark in re.findall(r"\"{3}|'{3}", line):
            quotes = mark if not quotes else "" if mark == quotes else quotes
    # A string that is never closed is what is broken; what stands behind it may be sound.
    return set() if quotes else inside

"""Where in the student's code an exception came from: the line, the part of it that failed, and what it worked on."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

import numpy as np

UNKNOWN = object()
"""Stands for a value that cannot be had without running code of the student's."""
# What nbgrader writes above the `raise` in the place of a solution.
_MARK = "# YOUR CODE HERE"


@dataclass(frozen=True, slots=True)
class Place:
    """The last line of the student's own that an exception passed through.

    Parameters
    ----------
    line : str
        Without its indentation.
    text : str
        The part of it that failed; empty where that is not known.
    node : ast.AST or None
        The same, read.
    frame : FrameType
    last : bool
        Whether the exception was raised there, and not in a function that the line calls.
    above : str
        The nearest line above it in its function that says something; empty where there is none.
    function : tuple of str
        The lines of the function, or of the cell, that it is in.
    """

    line: str
    text: str
    node: ast.AST | None
    frame: FrameType
    last: bool
    above: str = ""
    function: tuple[str, ...] = ()

    def value(self, node: ast.AST) -> Any:  # noqa: ANN401
        """Give the value of an expression as far as it can be had by looking only, else `UNKNOWN`."""
        if isinstance(node, ast.Name):
            return self.frame.f_locals.get(node.id, self.frame.f_globals.get(node.id, UNKNOWN))
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Attribute) and node.attr == "T":
            array = self.value(node.value)
            return array.T if type(array) is np.ndarray else UNKNOWN
        if isinstance(node, ast.Subscript):
            return _entry(self.value(node.value), self.value(node.slice))
        return UNKNOWN


def place_of(error: BaseException, lines: Mapping[str, list[str]]) -> Place | None:
    """Find the place of an exception.

    Parameters
    ----------
    error : BaseException
    lines : mapping of str to list of str
        The lines of each cell, by the name that tracebacks use.
    """
    found, trace = None, error.__traceback__
    while trace is not None:
        of_cell = lines.get(trace.tb_frame.f_code.co_filename, [])
        if 0 < trace.tb_lineno <= len(of_cell):
            found = trace, of_cell
        trace = trace.tb_next
    if found is None:
        return None
    trace, of_cell = found
    text = _failing(trace, of_cell)
    line = of_cell[trace.tb_lineno - 1].strip()
    code = trace.tb_frame.f_code
    end = max(number or 0 for _, _, number in code.co_lines())
    above = _above(of_cell[code.co_firstlineno - 1 : trace.tb_lineno - 1])
    function = tuple(of_cell[code.co_firstlineno - 1 : end])
    return Place(line, text, _read(text), trace.tb_frame, trace.tb_next is None, above, function)


def _above(lines: Sequence[str]) -> str:
    """Find the last line of what is written so far; empty where a docstring or the def line ends there."""
    told = (line.strip() for line in reversed(lines[1:]))
    above = next((line for line in told if line and line != _MARK), "")
    return "" if above.endswith(('"""', "'''")) or not re.search(r"\w", above) else above


def _failing(trace: TracebackType, lines: list[str]) -> str:
    """Give the text of the expression that the failed instruction belongs to."""
    spans = islice(trace.tb_frame.f_code.co_positions(), trace.tb_lasti // 2, None)
    first, last, start, end = next(spans, (None, None, None, None))
    if first is None or last is None or start is None or end is None or not 0 < first <= last <= len(lines):
        return ""
    chosen = [line.encode() for line in lines[first - 1 : last]]
    chosen[-1] = chosen[-1][:end]
    chosen[0] = chosen[0][start:]
    return b"\n".join(chosen).decode(errors="replace")


def _read(text: str) -> ast.AST | None:
    try:
        (statement,) = ast.parse(textwrap.dedent(text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return statement.value if isinstance(statement, ast.Expr) else statement


def _entry(holder: Any, key: Any) -> Any:  # noqa: ANN401
    # Exact types only: an object of the student's may do anything when it is asked for an entry.
    if type(holder) is dict and type(key) in {str, int}:
        return holder.get(key, UNKNOWN)
    if type(holder) in {list, tuple} and type(key) is int and -len(holder) <= key < len(holder):
        return holder[key]
    return UNKNOWN

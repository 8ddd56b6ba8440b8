"""Cells that were split in the middle of a function."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from autograder.notebook.records import Cell

_RETURN = re.compile(r"^[ \t]+return\b", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class)\b", re.MULTILINE)


def joined(cells: Sequence[Cell]) -> tuple[list[Cell], list[int]]:
    """Put cells back together of which the second is the rest of a function that the first begins.

    Parameters
    ----------
    cells : sequence of Cell

    Returns
    -------
    cells : list of Cell
        The joined one has the metadata of the first.
    where : list of int
        Numbers, from 1, of the cells that were taken into the ones before them.
    """
    whole: list[Cell] = []
    where: list[int] = []
    for number, cell in enumerate(cells, 1):
        if whole and cell.kind == "code" and whole[-1].kind == "code" and _goes_on(whole[-1].source, cell.source):
            whole[-1] = replace(whole[-1], source=f"{whole[-1].source.rstrip()}\n{cell.source.strip(chr(10))}")
            where.append(number)
        else:
            whole.append(cell)
    return whole, where


def _goes_on(text: str, rest: str) -> bool:
    """Tell whether a text begins inside the function that another one ends in.

    Indented as a whole is also what IPython would take for a cell of its own; a ``return`` that belongs to no function
    of the cell tells that it is none.
    """
    first = next((line for line in rest.split("\n") if line.strip()), "")
    last = next((line for line in reversed(text.split("\n")) if line.strip()), "")
    inside = last[:1].isspace() or last.rstrip().endswith(":")
    before = rest[: found.start()] if (found := _RETURN.search(rest)) else ""
    return bool(first[:1].isspace() and inside and found and not _DEFINITION.search(before) and "def " in text)

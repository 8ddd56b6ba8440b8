"""Cells that were split in the middle of a function."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from autograder.notebook.records import Cell

_RETURN = re.compile(r"^[ \t]+return\b", re.MULTILINE)
# At any margin, classes too: whatever a ``return`` below it may belong to.
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
    groups: list[list[Cell]] = []
    where: list[int] = []
    defines = False
    for number, cell in enumerate(cells, 1):
        if defines and _goes_on(groups[-1][-1], cell):
            groups[-1].append(cell)
            where.append(number)
        else:
            groups.append([cell])
            # Once a group: a long first cell is not searched again for each that follows.
            defines = bool(_DEFINITION.search(cell.source))
    return [_whole(group) for group in groups], where


def _whole(parts: Sequence[Cell]) -> Cell:
    first, *others = parts
    if not others:
        return first
    texts = [first.source.rstrip(), *(part.source.strip("\n") for part in others)]
    return replace(first, source="\n".join(texts))


def _goes_on(cell: Cell, rest: Cell) -> bool:
    """Tell whether a cell begins inside the function that another one ends in.

    Indented as a whole is also what IPython would take for a cell of its own; a ``return`` that belongs to no function
    of the cell tells that it is none.
    """
    found = _RETURN.search(rest.source)
    if not found or {cell.kind, rest.kind} != {"code"} or _DEFINITION.search(rest.source, 0, found.start()):
        return False
    first = next((line for line in rest.source.split("\n") if line.strip()), "")
    last = next((line for line in reversed(cell.source.split("\n")) if line.strip()), "")
    return first[:1].isspace() and (last[:1].isspace() or last.rstrip().endswith(":"))

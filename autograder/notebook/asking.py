"""What grading reads of a source notebook."""

from __future__ import annotations

from typing import Any

import msgspec

from autograder.notebook.reading import parse_document
from autograder.notebook.records import Cell

_ENCODER = msgspec.json.Encoder(order="sorted")


def without_prose(data: bytes) -> bytes:
    """Give a notebook with the cells that are code or that nbgrader knows, and nothing of what they once printed.

    Two sources that differ in the rest, in prose between the cells or because somebody has run and saved one of them,
    ask the same, and give the same bytes.

    Parameters
    ----------
    data : bytes
        Of a notebook of any version.

    Returns
    -------
    bytes
        One of version 4.5.

    Raises
    ------
    NotebookError
        Where it is no notebook.
    """
    cells = [_cell(cell) for cell in parse_document(data).cells if cell.kind == "code" or cell.nbgrader]
    return _ENCODER.encode({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _cell(cell: Cell) -> dict[str, Any]:
    known: dict[str, Any] = {"cell_type": cell.kind, "source": cell.source, "metadata": {}}
    if cell.kind == "code":
        known |= {"execution_count": None, "outputs": []}
    if cell.nbgrader:
        known |= {"id": cell.id, "metadata": cell.metadata}
        if cell.kind == "markdown":
            known["attachments"] = cell.attachments
    return known

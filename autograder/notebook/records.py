"""A notebook as it is graded: its cells, and nothing of what they once printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CodeCell:
    """One code cell.

    Parameters
    ----------
    source : str
    nbgrader : mapping
        nbgrader's metadata of the cell; empty where there is none.
    edited : bool
        Whether it is what a student made of a locked cell.
    """

    source: str
    nbgrader: Mapping[str, Any]
    edited: bool = False

    @property
    def grade_id(self) -> str:
        """Name of the cell for nbgrader, or an empty string."""
        return str(self.nbgrader.get("grade_id", ""))


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells of a notebook, in order."""

    cells: tuple[CodeCell, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of any kind.

    Parameters
    ----------
    kind : {"code", "markdown", "raw"}
    source : str
    metadata : mapping
    id : str
        Empty where the file has none.
    attachments : mapping
        Pictures of a Markdown cell.
    """

    kind: str
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def nbgrader(self) -> Mapping[str, Any]:
        """What nbgrader's metadata of the cell claims; empty where there is none."""
        claimed = self.metadata.get("nbgrader")
        return claimed if isinstance(claimed, dict) else {}


@dataclass(frozen=True, slots=True)
class Document:
    """A whole notebook without its outputs.

    Parameters
    ----------
    cells : tuple of Cell
    metadata : mapping
        Of the notebook.
    notices : tuple of str
        What was odd about the file, and how it was read.
    """

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def notebook(self) -> Notebook:
        """Give the code cells alone."""
        return Notebook(tuple(CodeCell(cell.source, cell.nbgrader) for cell in self.cells if cell.kind == "code"))

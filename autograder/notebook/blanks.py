"""The cells that nbgrader knows, as they were released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from autograder.notebook.margins import functions_of
from autograder.notebook.records import Cell

_HIDDEN = ("HIDDEN TESTS", "MARK SCHEME")


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that nbgrader knows, as it was released.

    Parameters
    ----------
    cell : Cell
        With the metadata that it has by right, in schema version 3.
    """

    cell: Cell

    @property
    def grade_id(self) -> str:
        """Name of the cell for nbgrader."""
        return str(self.cell.nbgrader.get("grade_id", ""))

    @property
    def locked(self) -> bool:
        """Whether its text is the instructor's: a given cell, a test, or the wording of a task."""
        return not self.cell.nbgrader.get("solution")

    @property
    def manual(self) -> bool:
        """Whether a person grades what stands in it."""
        about = self.cell.nbgrader
        return bool(about.get("task") or (about.get("solution") and about.get("grade")))

    @property
    def functions(self) -> frozenset[str]:
        """The functions that an answer in it defines."""
        return frozenset() if self.locked else frozenset(functions_of(self.cell.source))


def blanks_of(cells: Iterable[Cell]) -> tuple[Blank, ...]:
    """Give the cells that nbgrader knows, without hidden tests and mark schemes.

    Parameters
    ----------
    cells : iterable of Cell
        Of the source or the release.
    """
    return tuple(
        Blank(replace(cell, source=without_hidden(cell.source))) for cell in cells if cell.nbgrader.get("grade_id")
    )


def without_hidden(text: str) -> str:
    """Leave hidden tests and mark schemes out of a cell's text; one without an end stays."""
    kept: list[str] = []
    end = ""
    for line in text.split("\n"):
        if end:
            end = "" if end in line else end
            continue
        end = next((f"END {name}" for name in _HIDDEN if f"BEGIN {name}" in line), "")
        if not end:
            kept.append(line)
    return text if end else "\n".join(kept)

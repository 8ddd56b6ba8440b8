"""Cells that end the whole process: a candidate that is begun later is not given them again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from autograder.examiner.mentions import bound
from autograder.wire import Cell

# Each costs a candidate that has run all that stands above it.
_MOST = 5
REASON = "Its cell ended the whole process, twice, and was left out from then on."


class Deadly:
    """Finds the cells, by their places, during which candidates break off.

    Once may be the machine's doing, which kills what it has no memory for; twice in a row is the cell's own.

    Attributes
    ----------
    left_out : frozenset of int
    suspects : frozenset of int
        During one of these the last candidate broke off, and none has come through since.
    """

    def __init__(self) -> None:
        self.left_out: frozenset[int] = frozenset()
        self.suspects: frozenset[int] = frozenset()

    def broke_off(self, places: Sequence[int]) -> None:
        """Learn that a candidate broke off during some cells."""
        if len(places) == 1 and self.suspects.issuperset(places) and len(self.left_out) < _MOST:
            self.left_out |= self.suspects & {*places}
        self.suspects = frozenset(places)

    def came_through(self) -> None:
        """Learn that a candidate has come through all cells, those that are left out apart."""
        self.suspects = frozenset()

    def without(self, cells: Sequence[Cell], places: Sequence[int]) -> list[Cell]:
        """Give the cells of some places; those that are left out are empty, so that the others keep their numbers."""
        return [Cell("", given=cells[n].given) if n in self.left_out else cells[n] for n in places]

    def bound(self, cells: Sequence[Cell], names: Collection[str]) -> frozenset[str]:
        """Give those of some names that the cells that are left out would have bound."""
        return frozenset(name for place in self.left_out for name in bound(cells[place].source, names))

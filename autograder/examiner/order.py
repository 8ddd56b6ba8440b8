"""The cells of a submission in its own order, and where its test cells stand among them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable

from autograder.course import Paper, TestCell
from autograder.examiner.mentions import mentioned
from autograder.notebook import Notebook
from autograder.statements import needed, statements_of
from autograder.wire import Cell


class Order:
    """The cells of a submission in its own order, with the instructor's words for those that are locked.

    Parameters
    ----------
    paper : Paper
    notebook : Notebook

    Attributes
    ----------
    cells : list of Cell
        Without test cells.
    places : dict of str to int
        How many of them stand above each test cell; one that the submission lacks stands at its end.
    """

    def __init__(self, paper: Paper, notebook: Notebook) -> None:
        given = {cell.grade_id: cell.source for cell in paper.cells if cell.kind == "given"}
        tests = {cell.grade_id for cell in paper.cells if cell.kind == "test"}
        present = {cell.grade_id for cell in notebook.cells}
        self.cells = [Cell(source, given=True) for name, source in given.items() if name not in present]
        self.places: dict[str, int] = {}
        for cell in notebook.cells:
            if cell.grade_id in tests:
                self.places[cell.grade_id] = len(self.cells)
            elif cell.grade_id in given:
                self.cells.append(Cell(given[cell.grade_id], given=True))
            else:
                self.cells.append(Cell(cell.source, given=False))
        for name in tests - present:
            self.places[name] = len(self.cells)
        self._tests = {test.grade_id: test for function in paper.functions for test in function.tests}

    def between(self, first: int, last: int) -> list[Cell]:
        """Give the cells from one place to another, with what test cells among them leave behind for them.

        A kernel has run the test cells too: later cells may read what the visible part of one imports or binds.
        """
        cells = []
        for place in range(first, last):
            here = [self._tests[name] for name, number in self.places.items() if number == place]
            left = (_left_behind(test, self._read_from(place, _bound(test))) for test in here)
            cells += [Cell(text, given=True) for text in left if text]
            cells.append(self.cells[place])
        return cells

    def _read_from(self, place: int, names: Iterable[str]) -> frozenset[str]:
        return frozenset(name for name in names if self._last_places.get(name, -1) >= place)

    @functools.cached_property
    def _last_places(self) -> dict[str, int]:
        """The last cell that may read each name that a test cell binds."""
        names = frozenset[str]().union(*(_bound(test) for test in self._tests.values()))
        return {name: n for n, cell in enumerate(self.cells) for name in mentioned(cell.source, names)}


@functools.lru_cache(maxsize=1024)
def _bound(test: TestCell) -> frozenset[str]:
    """Give the names that the visible part of a test cell binds."""
    return frozenset().union(*(s.binds for s in statements_of(test.visible)))


@functools.lru_cache(maxsize=1024)
def _left_behind(test: TestCell, names: frozenset[str]) -> str:
    """Give the statements of a test cell that bind some names, and what these need, as the released cell has them."""
    return "\n".join(ast.unparse(s.node) for s in needed(statements_of(test.visible), names)) if names else ""

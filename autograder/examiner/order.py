"""The cells of a submission in its own order, and where its test cells stand among them."""

from __future__ import annotations

import ast
import functools

from autograder.course import Paper, TestCell
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
            here = [name for name, number in self.places.items() if number == place]
            left = (_left_behind(self._tests[name], self._read_from(place)) for name in here)
            cells += [Cell(text, given=True) for text in left if text]
            cells.append(self.cells[place])
        return cells

    def _read_from(self, place: int) -> frozenset[str]:
        return frozenset().union(*(_read(cell.source) for cell in self.cells[place:]))


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> frozenset[str]:
    return frozenset().union(*(statement.uses for statement in statements_of(text)))


@functools.lru_cache(maxsize=1024)
def _left_behind(test: TestCell, wanted: frozenset[str]) -> str:
    """Give the statements of a test cell that bind wanted names, and what these need, as the released cell has them."""
    statements = statements_of(test.visible)
    names = wanted & frozenset().union(*(s.binds for s in statements))
    return "\n".join(ast.unparse(s.node) for s in needed(statements, names)) if names else ""

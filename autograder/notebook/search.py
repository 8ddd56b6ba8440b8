"""Which cell of a submission is which of the assignment's: by text, by functions, by claim, by likeness, by place."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.notebook.blanks import Blank, without_hidden
from autograder.notebook.likeness import lines_of, most_alike
from autograder.notebook.margins import functions_of
from autograder.notebook.records import Cell

_TEMPLATE = re.compile(r"^[ \t]+raise NotImplementedError(?:\(\))?[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass
class Search:
    """One search.

    Parameters
    ----------
    cells : sequence of Cell
        The submission's.
    blanks : sequence of Blank
        The assignment's, in the release's order.

    Attributes
    ----------
    places : dict of str to int
        Number of the cell as which each blank was found, by grade_id.
    edited : set of int
        Numbers of locked cells that the student changed.
    again, merged : set of str
        Answers that are given more than once, and that stand in one cell with another.
    """

    cells: Sequence[Cell]
    blanks: Sequence[Blank]
    places: dict[str, int] = field(default_factory=dict)
    edited: set[int] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)
    _taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        # Each text is looked through once, and not once a blank: it may be long.
        self._bare = [bare(cell.source) for cell in self.cells]
        self._functions = [frozenset(functions_of(cell.source)) for cell in self.cells]
        self._defined = frozenset[str]().union(*self._functions)
        self._answers = {blank.grade_id: blank for blank in self.blanks if blank.functions}
        self._lines: dict[int, Counter[str]] = {}
        # The last first, as nbgrader takes them.
        self._claims: dict[str, list[int]] = {}
        for number in reversed(range(len(self.cells))):
            self._claims.setdefault(claim_of(self.cells[number]), []).append(number)

    @property
    def legacy(self) -> bool:
        """Whether no cell claims to be one of the assignment's, as in templates of other years."""
        known = {blank.grade_id for blank in self.blanks}
        return self._claims.keys().isdisjoint(known)

    def run(self) -> None:
        """Look for every blank, with the surest sign first."""
        signs = [self._find_copy, self._find_answer, self._find_claim, self._find_alike, self._find_between]
        if self.legacy:
            # What is only like a cell of another year is the student's own text.
            signs.remove(self._find_alike)
        for find in signs:
            for blank in self.blanks:
                if blank.grade_id not in self.places:
                    find(blank)

    def _take(self, blank: Blank, number: int) -> None:
        self.places[blank.grade_id] = number
        self._taken.add(number)

    def _find_copy(self, blank: Blank) -> None:
        """Find a locked cell by its text."""
        if not blank.locked:
            return
        text = _released(blank.cell.source)
        same = [n for n, own in enumerate(self._bare) if own == text and n not in self._taken]
        claimed = [n for n in self._claims.get(blank.grade_id, ()) if n in same]
        # An empty cell is like any other.
        if claimed or (same and text):
            self._take(blank, (claimed or same)[0])

    def _find_answer(self, blank: Blank) -> None:
        """Find an answer by its functions: the last cell that defines one counts, as in Python."""
        wanted = blank.functions
        defining = [n for n, defined in enumerate(self._functions) if wanted & defined]
        code = [n for n in defining if self.cells[n].kind == "code"] or defining
        # One that is needed as another answer is taken where nothing else is there.
        code = [n for n in code if not self._is_anothers(n, blank)] or code
        # Who answers in another cell leaves the template where it was.
        code = [n for n in code if not _TEMPLATE.search(self.cells[n].source)] or code
        if len(code) > 1:
            self.again.add(blank.grade_id)
        if code and code[-1] in self._taken:
            self.merged.add(blank.grade_id)
        elif code:
            self._take(blank, code[-1])

    def _is_anothers(self, number: int, blank: Blank) -> bool:
        """Tell whether a cell says of itself that it is another answer, and defines that, or nothing does."""
        other = self._answers.get(claim_of(self.cells[number]))
        if other is None or other is blank:
            return False
        return bool(other.functions & self._functions[number]) or other.functions.isdisjoint(self._defined)

    def _find_claim(self, blank: Blank) -> None:
        """Find what says of itself that it is a blank, unless it holds somebody's answer."""
        graded = {name for other in self.blanks for name in other.functions}
        for number in self._claims.get(blank.grade_id, ()):
            if number in self._taken or (blank.locked and graded & self._functions[number]):
                continue
            self._take(blank, number)
            if blank.locked:
                self.edited.add(number)
            return

    def _find_alike(self, blank: Blank) -> None:
        """Find a locked cell that lost its claim and was changed as well."""
        if not blank.locked:
            return
        self._lines = self._lines or {n: lines_of(cell.source) for n, cell in enumerate(self.cells)}
        kind = blank.cell.kind
        free = {n: self._lines[n] for n, c in enumerate(self.cells) if n not in self._taken and c.kind == kind}
        number = most_alike(lines_of(blank.cell.source), free)
        if number is not None:
            self._take(blank, number)
            self.edited.add(number)

    def _find_between(self, blank: Blank) -> None:
        """Find what a person grades as the one cell of its kind between the neighbours that were found."""
        if not blank.manual:
            return
        order = [other.grade_id for other in self.blanks]
        at = order.index(blank.grade_id)
        above = [self.places[name] for name in order[:at] if name in self.places]
        below = [self.places[name] for name in order[at + 1 :] if name in self.places]
        start, end = (above[-1] + 1 if above else 0), (below[0] if below else len(self.cells))
        between = [n for n in range(start, end) if n not in self._taken and self.cells[n].kind == blank.cell.kind]
        if len(between) == 1:
            self._take(blank, between[0])


@functools.lru_cache(maxsize=512)
def _released(text: str) -> str:
    """Give the bare text of a cell as it was released, which is the same for every submission."""
    return bare(text)


def claim_of(cell: Cell) -> str:
    """Give the grade_id that a cell says it has; empty where there is none."""
    claim = cell.nbgrader.get("grade_id")
    return claim if isinstance(claim, str) else ""


def bare(text: str) -> str:
    """Give a text without hidden tests and without the white space that editors add and take away."""
    return "\n".join(line.rstrip() for line in without_hidden(text).strip().splitlines())

"""Which test cells need answers only that the source plainly solves, so that these can tell a wrong test cell.

A course may ship its released notebook as the source: there nothing is solved, and every right test fails.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from autograder.course import Paper
from autograder.results import one_line
from autograder.statements import statements_of

_MAX_REASON = 300
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_BEGIN, _END = "BEGIN SOLUTION", "END SOLUTION"


def faults_of(paper: Paper, failing: Mapping[str, str]) -> dict[str, str]:
    """Say to the instructor what is wrong with test cells that the source's own solutions do not pass.

    Parameters
    ----------
    paper : Paper
    failing : mapping of str to str
        Why the source's answers do not pass a cell, whatever they are worth, by grade id.

    Returns
    -------
    dict of str to str
        By grade id; of cells that need plainly solved answers only.
    """
    answers = _Answers(paper)
    owners = {test.grade_id: function.name for function in paper.functions for test in function.tests}
    told = [name for name, owner in owners.items() if name in failing and answers.tell(name, owner)]
    return {name: _fault(paper.assignment, name, failing[name]) for name in told}


def _fault(assignment: str, grade_id: str, why: str) -> str:
    reason = one_line(why, _MAX_REASON)
    return (
        f"The test cell {grade_id} does not pass with the source's own solution ({reason}). "
        f"Mend one or the other in source/{assignment} and grade again."
    )


def is_unsolved(text: str) -> bool:
    """Tell whether an answer cell holds nothing but what students are given.

    Parameters
    ----------
    text : str
    """
    return _has_stub(text) or not _says_something(text)


class _Answers:
    """The source's answer cells, and what test cells need of them."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._statements = [statements_of(cell.source) for cell in paper.cells]

    def tell(self, grade_id: str, function: str) -> bool:
        """Tell whether all answers behind a test cell are solved, that of its function included.

        Parameters
        ----------
        grade_id : str
            Of the test cell.
        function : str
            That it belongs to.
        """
        (place,) = (n for n, cell in enumerate(self._paper.cells) if cell.grade_id == grade_id)
        texts = self._texts(self._needed(place))
        if function in self._paper.answers:
            texts.add(self._paper.answers[function])
        # A cell that reads none of them may need what they write.
        return all(map(_is_solved, texts or self._texts(range(len(self._paper.cells)))))

    def _texts(self, places: Iterable[int]) -> set[str]:
        """Give the answers among the cells of some places."""
        cells = [self._paper.cells[n] for n in places]
        return {cell.source for cell in cells if cell.kind == "student" and cell.grade_id}

    def _needed(self, place: int) -> set[int]:
        """Give the places of the cells whose names a cell reads, and so on."""
        found: set[int] = set()
        waiting = [place]
        while waiting:
            uses = frozenset().union(*(s.uses for s in self._statements[waiting.pop()]))
            fresh = {n for n, cell in enumerate(self._statements) if any(s.binds & uses for s in cell)} - found
            found |= fresh
            waiting += fresh
        return found


def _is_solved(text: str) -> bool:
    """Tell whether a cell has a solution between nbgrader's markers; without them it may be one, or nothing."""
    lines = text.split("\n")
    solutions = ["\n".join(lines[n] for n in region) for region in _regions(text)]
    return _BEGIN in text and all(map(_says_something, solutions)) and not _has_stub(text)


def _regions(text: str) -> Iterator[range]:
    """Give the lines, from 0, of each solution."""
    begin: int | None = None
    for number, line in enumerate(text.split("\n")):
        if _BEGIN in line:
            begin = number + 1
        elif _END in line and begin is not None:
            yield range(begin, number)
            begin = None


def _says_something(region: str) -> bool:
    """Tell whether a solution is more than what students are given in its place."""
    try:
        body = ast.parse(textwrap.dedent(region)).body
    except SyntaxError:
        return False
    return not all(map(_is_empty, body))


def _has_stub(text: str) -> bool:
    """Tell whether a function round or beside the solutions is left to write; what they hold is the instructor's."""
    solved = {n for region in _regions(text) for n in region}
    try:
        tree = ast.parse(text)
    except SyntaxError:
        # Magics, perhaps.
        return any("NotImplementedError" in line for n, line in enumerate(text.split("\n")) if n not in solved)
    # Not those of classes: a method that says nothing may be all that there is to say.
    return any(isinstance(node, _FUNCTION) and _is_empty(node) and node.lineno - 1 not in solved for node in tree.body)


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, _FUNCTION):
        return all(map(_is_empty, statement.body))
    if isinstance(statement, ast.Raise):
        return statement.exc is not None and "NotImplementedError" in ast.unparse(statement.exc)
    if isinstance(statement, ast.Return):
        return statement.value is None or (isinstance(statement.value, ast.Constant) and statement.value.value is None)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)

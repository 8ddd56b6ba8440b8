"""Which bindings come in time for the definitions that read them.

In a kernel a test runs below its answer and before the cells that follow: what those make of a name that it reads,
``np = n * p`` or another ``helper``, comes too late for it. What an answer lacks otherwise may stand anywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from autograder.statements import BUILTINS, Statement

# What nbgrader puts in the place of a solution; who raises it on purpose says what is not implemented.
_RELEASED = {"NotImplementedError", "NotImplementedError()"}


class Seen:
    """Keeps what definitions have seen of their global names.

    Parameters
    ----------
    statements : sequence of Statement
        In the order in which they will run.
    asked : collection of str
        The names that the tests need: of these the last definition counts, wherever it stands.
    """

    def __init__(self, statements: Sequence[Statement], asked: Collection[str]) -> None:
        self._asked = frozenset(asked)
        self._cells: dict[str, int] = {}
        self._last: dict[str, int] = {}
        # Bound too late, but for the first time: of these the last binding counts.
        self._lacking: set[str] = set()
        for statement in statements:
            cell = self._cells.setdefault(statement.file, len(self._cells))
            if statement.defines or statement.binds & self._asked:
                self._last.update(dict.fromkeys(statement.uses, cell))

    def too_late(self, statement: Statement, bound: Collection[str]) -> set[str]:
        """Name what a statement binds below the cells of all definitions that read it.

        Parameters
        ----------
        statement : Statement
            The next one to run.
        bound : collection of str
            The names that are bound before it runs.
        """
        cell = self._cells[statement.file]
        below = {name for name in statement.binds - self._asked if cell > self._last.get(name, cell)}
        # What an answer gives is nothing that another one is written with.
        result = not (statement.defines or statement.imports) and statement.uses & self._asked
        late = {name for name in below - self._lacking if result or name in bound or name in BUILTINS}
        self._lacking |= below - late
        return late


def is_template(statement: Statement) -> bool:
    """Tell whether a function is as it was released, or half written: it still raises `NotImplementedError`."""
    return isinstance(statement.node, ast.FunctionDef) and any(map(_is_released, ast.walk(statement.node)))


def _is_released(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and node.exc is not None and ast.unparse(node.exc) in _RELEASED

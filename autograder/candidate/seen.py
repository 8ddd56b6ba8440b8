"""Which bindings come in time for the definitions that read them.

In a kernel a test runs below its answer and before the cells that follow: what those make of a name that it reads,
``np = n * p`` or another ``helper``, comes too late for it. What an answer lacks otherwise may stand anywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence

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
    parts : mapping of str to int
        Which part of the notebook a cell stands in, by its name; tests stand between parts.
    """

    def __init__(self, statements: Sequence[Statement], asked: Collection[str], parts: Mapping[str, int]) -> None:
        self._asked = frozenset(asked)
        self._parts = parts
        self._last: dict[str, int] = {}
        # Bound too late, but for the first time: of these the last binding counts.
        self._lacking: set[str] = set()
        for statement in statements:
            if statement.defines or statement.binds & self._asked:
                self._last.update(dict.fromkeys(statement.uses, self._part(statement)))

    def too_late(self, statement: Statement, bound: Collection[str]) -> set[str]:
        """Name what a statement binds below the tests of all definitions that read it.

        Parameters
        ----------
        statement : Statement
            The next one to run.
        bound : collection of str
            The names that are bound before it runs.
        """
        part = self._part(statement)
        below = {name for name in statement.binds - self._asked if part > self._last.get(name, part)}
        # What an answer gives is nothing that another one is written with.
        result = not (statement.defines or statement.imports) and statement.uses & self._asked
        late = {name for name in below - self._lacking if result or name in bound or name in BUILTINS}
        self._lacking |= below - late
        return late

    def _part(self, statement: Statement) -> int:
        return self._parts.get(statement.file, 0)


def is_template(statement: Statement) -> bool:
    """Tell whether a function is as it was released, or half written: it still raises `NotImplementedError`."""
    return isinstance(statement.node, ast.FunctionDef) and any(map(_is_released, ast.walk(statement.node)))


def _is_released(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and node.exc is not None and ast.unparse(node.exc) in _RELEASED

"""Running what the tested names need, and no training cell."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from autograder.candidate.wording import HELPERS, notices, understood
from autograder.statements import Source, Statement, needed
from autograder.wire import Cell, Defined

_GIVEN = "<given cell"


@dataclass(slots=True)
class Definitions:
    """The student's global names after the needed statements have run.

    Parameters
    ----------
    namespace : dict
        The globals.
    source : Source
    asked : frozenset of str
        The names that the tests need.
    problems : dict of str to str
        For a name that a failed statement would have bound: what happened.
    dated : list of str
        Which words of older NumPys the student's statements use.
    """

    source: Source
    asked: frozenset[str]
    namespace: dict[str, Any] = field(
        default_factory=lambda: {"__name__": "__main__", "__builtins__": builtins, **HELPERS}
    )
    problems: dict[str, str] = field(default_factory=dict)
    dated: list[str] = field(default_factory=list)

    def run(self, statements: Iterable[Statement]) -> None:
        """Run statements in order; one that raises costs only itself."""
        for statement in statements:
            try:
                code = compile(ast.Module([understood(statement.node)], []), statement.file, "exec")
                exec(code, self.namespace)  # noqa: S102 - running student code is what this process is for
            except BaseException as error:  # noqa: BLE001 - SystemExit too is only this statement's
                text = f"{type(error).__name__}: {error}"
                self.problems.update(dict.fromkeys(statement.binds, text))

    def report(self, name: str) -> Defined:
        """Say what became of a name."""
        if name in self.namespace:
            return Defined(name, "function" if callable(self.namespace[name]) else "value", "")
        for text, reason in self.source.broken:
            if re.search(rf"\b(?:def|class)\s+{re.escape(name)}\b", text):
                return Defined(name, "broken", f"Python cannot read its definition: {reason}.")
        if name in self.problems:
            return Defined(name, "broken", f"Its definition failed: {self.problems[name]}.")
        return Defined(name, "absent", self._nearest(name))

    def _nearest(self, name: str) -> str:
        functions = [s.node.name for s in self.source.statements if isinstance(s.node, ast.FunctionDef)]
        strangers = [function for function in functions if function not in self.asked]
        near = difflib.get_close_matches(name, strangers, n=1, cutoff=0.8)
        return f"It defines {near[0]}: is that it, misspelt?" if near else ""


def define(cells: Iterable[Cell], names: Iterable[str], modules: str) -> Definitions:
    """Run what some names need.

    Parameters
    ----------
    cells : iterable of Cell
        The instructor's given cells first, then the student's: a later binding wins, as in a kernel.
    names : iterable of str
    modules : str
        A folder of helper modules to import from, or empty.

    Returns
    -------
    Definitions
    """
    if modules:
        sys.path.insert(0, modules)
    source = Source()
    for number, cell in enumerate(cells, 1):
        source.add(cell.source, f"{_GIVEN} {number}>" if cell.given else f"<cell {number}>")
    asked = frozenset(names)
    chosen = needed(source.statements, asked)
    dated = notices(statement.node for statement in chosen if not statement.file.startswith(_GIVEN))
    definitions = Definitions(source, asked, dated=dated)
    definitions.run(chosen)
    return definitions

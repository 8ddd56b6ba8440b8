"""What the names in a test cell mean.

In order: what test cells have bound; what the instructor's source imports (an import is mirrored, never taken from the
student); what the instructor's locked cells bind; Python's builtins; the reference's version of any other graded
function, so that one mistake costs once; and at last the candidate's.
"""

from __future__ import annotations

import ast
import builtins
import functools
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import CodeType
from typing import Any

from autograder.course import Function, Paper, TestCell
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.lending import lent
from autograder.examiner.remote import RemoteFunction
from autograder.notebook import Notebook
from autograder.statements import Statement, free_names, given_cell, needed, source_cell, statements_of

# What a cell lacks depends on which cells before it came to their end.
_MOST_SETS = 1000


class Names:
    """Resolves names for the test cells of one submission.

    Parameters
    ----------
    paper : Paper
    references : mapping of str to callable
        The reference's version of graded functions; may be empty.

    Attributes
    ----------
    asked : list of str
        The names that a submission is asked for.
    of_students : frozenset of str
        Those of them that the source has in cells that are the students' to write, and that are no graded function.
    """

    def __init__(self, paper: Paper, references: Mapping[str, Callable[..., Any]]) -> None:
        self._references = references
        cells = {c.source: statements_of(c.source, source_cell(number)) for number, c in enumerate(paper.cells, 1)}
        self._trusted = _trusted(paper, itertools.chain(*cells.values()))
        self._trusted_names = frozenset(name for statement in self._trusted for name in statement.binds)
        tests = [test.source for function in paper.functions for test in function.tests]
        free = {name for text in tests for name in free_names(text)}
        free |= {name for statement in self._trusted for name in statement.uses}
        graded = {function.name for function in paper.functions}
        self.asked = sorted((free - self._trusted_names - set(dir(builtins))) | graded)
        self.of_students = _bound_unlocked(paper, cells).intersection(self.asked) - graded
        self._lent = functools.cache(functools.partial(lent, references))
        self._space: dict[str, Any] = {}
        # Every test cell of every submission asks the same.
        self._uses = functools.cache(self._read_behind)
        self._codes = functools.lru_cache(_MOST_SETS)(self._compiled)

    def approach(self, test: TestCell, dialogue: Dialogue) -> None:
        """Do nothing: all definitions have run before the first test cell; see `OrderedNames.approach`."""

    def for_cell(self, test: TestCell, function: Function, dialogue: Dialogue) -> dict[str, Any]:
        """Give the globals for one test cell.

        Parameters
        ----------
        test : TestCell
        function : Function
            That the cell belongs to.
        dialogue : Dialogue

        Returns
        -------
        dict
            Fresh; give it back to `keep` after the run.
        """
        trusted = {name: f for name, f in self._references.items() if name != function.name}
        scope: dict[str, Any] = {"__name__": "__main__", **self._space}
        mine, others = self._missing(test.source, scope)
        # First, for the instructor's statements may call them.
        for name in sorted(others):
            if name in trusted:
                scope[name] = trusted[name]
            elif name in dialogue.defined:
                _bind_asked(name, scope, dialogue, self._lent(function.name))
        self._run_trusted(mine, scope)
        return scope

    def for_reference(self, source: str, answers: Mapping[str, Callable[..., Any]] | None = None) -> dict[str, Any]:
        """Give the globals for one test cell with trusted functions in the place of a candidate's.

        Parameters
        ----------
        source : str
            Of the test cell.
        answers : mapping of str to callable, optional
            What stands in the place of some of the reference's functions.

        Returns
        -------
        dict
        """
        trusted = {**self._references, **(answers or {})}
        scope: dict[str, Any] = {"__name__": "__main__", **self._space, **trusted}
        mine, _ = self._missing(source, scope)
        self._run_trusted(mine, scope)
        return scope

    def keep(self, scope: Mapping[str, Any]) -> None:
        """Carry what a test cell has bound over to the next ones."""
        kept = {name: value for name, value in scope.items() if not isinstance(value, RemoteFunction)}
        self._space.update({name: value for name, value in kept.items() if name not in self._references})
        self._space.pop("__builtins__", None)

    def restart(self, _notebook: Notebook | None = None) -> None:
        """Forget what the test cells of an earlier submission have bound."""
        self._space = {}

    def _missing(self, source: str, scope: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
        """Give the names that code needs, directly or through others, and a scope lacks: the trusted, and the rest."""
        lacking = frozenset(free_names(source) - scope.keys())
        behind = map(self._uses, lacking & self._trusted_names)
        lacking = frozenset(lacking.union(*behind) - scope.keys())
        return lacking & self._trusted_names, lacking - self._trusted_names

    def _read_behind(self, name: str) -> frozenset[str]:
        """Give what the instructor's statements behind a name read, and those behind what they read."""
        return frozenset().union(*(statement.uses for statement in needed(self._trusted, [name])))

    def _run_trusted(self, names: frozenset[str], scope: dict[str, Any]) -> None:
        """Run the instructor's statements behind some names: in the notebook's order, and each of them once."""
        for code in self._codes(names) if names else ():
            exec(code, scope)  # noqa: S102 - the instructor's own code

    def _compiled(self, names: frozenset[str]) -> list[CodeType]:
        return [compile(ast.Module([s.node], []), s.file, "exec") for s in needed(self._trusted, names)]


def _bind_asked(
    name: str, scope: dict[str, Any], dialogue: Dialogue, replacements: Mapping[str, Callable[..., Any]]
) -> None:
    kind = dialogue.defined[name].kind
    if kind == "function":
        scope[name] = RemoteFunction(dialogue, name, replacements)
    elif kind == "value":
        scope[name] = dialogue.fetch(name)


def _trusted(paper: Paper, statements: Iterable[Statement]) -> list[Statement]:
    """Give the imports among all of the source's statements, and everything in the locked cells."""
    imports = [s for s in statements if isinstance(s.node, (ast.Import, ast.ImportFrom)) and not s.star]
    locked = [s for number, text in enumerate(paper.given, 1) for s in statements_of(text, given_cell(number))]
    return imports + [s for s in locked if not isinstance(s.node, (ast.Import, ast.ImportFrom))]


def _bound_unlocked(paper: Paper, cells: Mapping[str, Sequence[Statement]]) -> frozenset[str]:
    """Give the names that the source binds in cells that are the students' to write."""
    locked = {*paper.given, *(test.source for function in paper.functions for test in function.tests)}
    return frozenset().union(*(s.binds for text, found in cells.items() if text not in locked for s in found))

"""What global names meant from one part of a notebook to the next.

In a kernel a test runs below its answer and before the cells that follow: what those make of a name that the answer
reads, ``np = n * p`` or another ``helper``, comes too late for it. What an answer lacks otherwise may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from autograder.statements import BUILTINS, Statement

UNBOUND: Any = object()
# Above all cells.
_BEFORE = -1


class _Binding(NamedTuple):
    part: int
    value: Any
    statement: Statement | None


class History:
    """Keeps each value that a name has had.

    Parameters
    ----------
    first : mapping of str to object
        What is bound before any statement runs.
    asked : collection of str
        The names that the tests need: of these the last definition counts, wherever it stands.
    """

    def __init__(self, first: Mapping[str, Any], asked: Collection[str]) -> None:
        self._asked = frozenset(asked)
        self._bindings = {name: [_Binding(_BEFORE, value, None)] for name, value in first.items()}

    def record(self, statement: Statement, part: int, namespace: Mapping[str, Any]) -> None:
        """Keep what a statement has just made of names; one that calls a function may bind other names than its own.

        Parameters
        ----------
        statement : Statement
        part : int
            Which tests stand above it.
        namespace : mapping of str to object
            All names, after it.
        """
        quiet = statement.defines or statement.imports
        for name in statement.binds if quiet else statement.binds | self._bindings.keys():
            bindings = self._bindings.setdefault(name, [_Binding(_BEFORE, UNBOUND, None)])
            value = namespace.get(name, UNBOUND)
            if value is not bindings[-1].value:
                bindings.append(_Binding(part, value, statement))

    def settled(self) -> dict[str, Any]:
        """Give the asked names: a function stays one where its name is given to its result, ``J = f = f(2, 4)``."""
        return {name: self._last(name).value for name in self._asked & self._bindings.keys()}

    def view(self, function: str, part: int) -> dict[str, Any]:
        """Give the names as they stood at a function's tests, but for the asked ones.

        Parameters
        ----------
        function : str
        part : int
            The part that its tests end. What it needs and stands below moves its tests down there.
        """
        changing = {name for name, bindings in self._bindings.items() if len(bindings) > 1} - self._asked
        if not changing:
            return {}
        part = self._lowest(function, part)
        return {name: self._at(name, part).value for name in changing}

    def _lowest(self, function: str, part: int) -> int:
        """Give the part in which the last thing that a function needs is bound."""
        part = max(part, self._last(function).part) if function in self._bindings else part
        seen, waiting = set[str](), [function]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self._bindings:
                continue
            seen.add(name)
            binding = self._last(name) if name in self._asked else self._at(name, part)
            if binding.part > part and name not in self._asked:
                return self._lowest(function, binding.part)
            waiting += binding.statement.uses if binding.statement else ()
        return part

    def _last(self, name: str) -> _Binding:
        bindings = self._bindings[name]
        return next((binding for binding in reversed(bindings) if callable(binding.value)), bindings[-1])

    def _at(self, name: str, part: int) -> _Binding:
        bindings = self._bindings[name]
        first, *later = bindings
        above = [binding for binding in later if binding.part <= part]
        lacking = first.value is UNBOUND and name not in BUILTINS
        return (above or (lacking and [each for each in later if not self._is_result(each)]) or bindings[:1])[-1]

    def _is_result(self, binding: _Binding) -> bool:
        """Tell whether it is what an answer has given, with which no answer is written."""
        statement = binding.statement
        if statement is None or statement.defines or statement.imports:
            return False
        return not statement.uses.isdisjoint(self._asked)

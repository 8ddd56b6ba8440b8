"""What ``globals()``, ``locals()``, ``vars()`` and ``dir()`` show a test cell: its own names and the candidate's."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

_LOOKING = frozenset({"globals", "locals", "vars", "dir"})


class GlobalNames(MutableMapping[str, Any]):
    """The examiner's namespace, and behind it what a candidate says that it has; changes are the examiner's own.

    Parameters
    ----------
    space : dict
        The examiner's namespace.
    find : callable
        Gives the value of a name that is not there; raises `KeyError`.
    known : callable
        Gives the names that it would find.
    """

    def __init__(self, space: dict[str, Any], find: Callable[[str], Any], known: Callable[[], set[str]]) -> None:
        self._space, self._find, self._known = space, find, known

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        """Give a value; the candidate is asked for those that are its own."""
        return self._space[name] if name in self._space else self._find(name)

    def __setitem__(self, name: str, value: object) -> None:
        """Bind a name for test cells, and in a student's place during calls."""
        self._space[name] = value

    def __delitem__(self, name: str) -> None:
        """Take a name away, a student's too; given again by binding it again."""
        self[name]
        del self._space[name]

    def __iter__(self) -> Iterator[str]:
        """Give all names."""
        return iter(self._space.keys() | self._known())

    def __len__(self) -> int:
        return len(self._space.keys() | self._known())

    def __contains__(self, name: object) -> bool:
        """Tell whether somebody has a name, without asking for its value."""
        return name in self._space or name in self._known()


def lookers(names: GlobalNames) -> dict[str, Callable[..., Any]]:
    """Give what stands for the built-in functions that look into a namespace."""

    def listed(*of: object) -> list[str]:
        return builtins.dir(*of) if of else sorted(names)

    def variables(*of: object) -> Any:  # noqa: ANN401
        return builtins.vars(*of) if of else names

    return {"globals": lambda: names, "locals": lambda: names, "dir": listed, "vars": variables}


def looked_for(statements: Sequence[ast.stmt]) -> frozenset[str]:
    """Give the names that a test cell may look for in a namespace: its strings, where it looks into one."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    if not any(isinstance(node, ast.Name) and node.id in _LOOKING for node in nodes):
        return frozenset()
    strings = (node.value for node in nodes if isinstance(node, ast.Constant))
    return frozenset(text for text in strings if isinstance(text, str) and text.isidentifier())

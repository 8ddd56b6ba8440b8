"""Which functions of the reference an answer may call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any


def lent(references: Mapping[str, Callable[..., Any]], judged: str) -> dict[str, Callable[..., Any]]:
    """Choose what stands in for the other graded functions while one is judged.

    Only what the reference of the judged one uses itself. Were all others lent, two answers that only ask each other
    would both be right, though neither is written; and through one that uses the judged one an answer could be the
    reference.

    Parameters
    ----------
    references : mapping of str to callable
    judged : str
        The graded function whose answer will be able to call them; where it has no reference, nothing is lent.

    Returns
    -------
    dict of str to callable
    """
    right = references.get(judged)
    if right is None:
        return {}
    used = _used(right)
    return {name: f for name, f in references.items() if name != judged and f in used and right not in _used(f)}


def _used(function: Callable[..., Any]) -> list[Any]:
    """List a function and all of the reference's own functions that its code can reach."""
    found: list[Any] = []
    waiting: list[Any] = [function]
    while waiting:
        one = waiting.pop()
        if isinstance(one, FunctionType) and one not in found:
            found.append(one)
            waiting += _named(one)
    return found


def _named(function: FunctionType) -> Iterator[Any]:
    """Give the functions that a function's code names, also as attributes of modules."""
    space = function.__globals__
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    modules = [vars(space[name]) for name in names if isinstance(space.get(name), ModuleType)]
    for scope in (space, *modules):
        for name in names & scope.keys():
            # None for methods that a module keeps as functions, as `random.random`.
            if str(getattr(scope[name], "__module__", None)).split(".")[0] == function.__module__.split(".")[0]:
                yield scope[name]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)

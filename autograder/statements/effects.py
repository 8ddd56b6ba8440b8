"""What statements do to objects that other statements have made: ``d[k] = v``, ``items.append(v)``, ``fill(d)``.

A statement that changes what an answer reads belongs to the answer, as one that binds it does.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from autograder.statements.parts import parts_of

# Methods that change their object wherever they are called; as a statement of its own, any call of a method may.
_CHANGING = frozenset(
    [
        "__setattr__",
        "__setitem__",
        "add",
        "append",
        "clear",
        "discard",
        "extend",
        "fill",
        "insert",
        "itemset",
        "partition",
        "pop",
        "popitem",
        "put",
        "remove",
        "resize",
        "reverse",
        "setdefault",
        "sort",
        "update",
    ]
)
# Functions that change their first argument.
_FILLING = frozenset(
    [
        "copyto",
        "delattr",
        "fill_diagonal",
        "heapify",
        "heappush",
        "next",
        "place",
        "put",
        "putmask",
        "setattr",
        "shuffle",
    ]
)
_ANY_NAME = frozenset({"exec", "globals", "locals", "vars"})
_BY_TEXT = _ANY_NAME | {"eval"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a statement does to objects that are there already.

    Parameters
    ----------
    stores : frozenset of str
        Names into whose objects it assigns.
    asks : frozenset of str
        Names a method of whose objects it calls, where that may change them.
    tells : frozenset of str
        For a class: names of its bases and its metaclass, which may keep it among those that they know.
    shares : frozenset of (str, str)
        ``a = b``: a change of the object of the first is one of the second's.
    hands : frozenset of (str, str)
        Functions that it calls, each with a name that it hands over; of a definition, its decorators.
    fills : bool
        For a function: whether it changes an object that it is given.
    inside : tuple of frozenset of str
        For a function: `stores` and `asks` of the global names in it, when it is called; what it declares global
        is stored.
    any_name : bool
        Whether it may bind any name at all.
    by_text : bool
        Whether it may read names that stand in texts, such as ``globals()["f"]``, also when it is called.
    texts : frozenset of str
        The texts in it: names, or code to run.
    """

    stores: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    shares: frozenset[tuple[str, str]] = frozenset()
    hands: frozenset[tuple[str, str]] = frozenset()
    fills: bool = False
    inside: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    any_name: bool = False
    by_text: bool = False
    texts: frozenset[str] = frozenset()


def effects_of(node: ast.stmt) -> Effects:
    """Look at one top-level statement."""
    parts = parts_of(node)
    if isinstance(node, _FUNCTIONS):
        found = _of_function(node, parts)
    elif isinstance(node, ast.ClassDef):
        found = _of_class(node)
    else:
        found = _of_statement(parts)
    by_text = any(isinstance(part, ast.Name) and part.id in _BY_TEXT for part in parts)
    texts = (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return replace(found, by_text=by_text, texts=frozenset(texts))


def _of_statement(parts: list[ast.AST]) -> Effects:
    calls = [part for part in parts if isinstance(part, ast.Call)]
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    return Effects(
        stores=frozenset(_stores(parts)),
        asks=frozenset(_asks(parts)),
        shares=frozenset(_shares(parts)),
        hands=frozenset(_hands(calls)),
        any_name=bool(names & _ANY_NAME),
    )


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef, parts: list[ast.AST]) -> Effects:
    stores, asks = _stores(parts), _asks(parts)
    arguments = {part.arg for part in parts if isinstance(part, ast.arg)}
    declared = {name for part in parts if isinstance(part, ast.Global) for name in part.names}
    bound = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    own = arguments | (bound - declared)
    return replace(
        _of_decorators(node.decorator_list),
        fills=bool((stores | asks) & arguments),
        inside=(frozenset(declared | (stores - own)), frozenset(asks - own)),
    )


def _of_class(node: ast.ClassDef) -> Effects:
    told = {_root(each) for each in (*node.bases, *(word.value for word in node.keywords))}
    return replace(_of_decorators(node.decorator_list), tells=frozenset(told - {""}))


def _of_decorators(decorators: list[ast.expr]) -> Effects:
    """Look at what runs where a definition stands: ``@rules.register(list)`` adds it to what ``rules`` has."""
    functions = [each.func if isinstance(each, ast.Call) else each for each in decorators]
    asked = {_root(each) for each in functions if _is_part(each)}
    called = {(each.id, "") for each in functions if isinstance(each, ast.Name)}
    return Effects(asks=frozenset(asked - {""}), hands=frozenset(called))


def _stores(parts: list[ast.AST]) -> set[str]:
    targets: list[ast.expr] = []
    for part in parts:
        if isinstance(part, (ast.Assign, ast.Delete)):
            targets += [each for target in part.targets for each in _each(target)]
        elif isinstance(part, (ast.AugAssign, ast.AnnAssign)):
            targets.append(part.target)
        elif isinstance(part, (ast.For, ast.AsyncFor, ast.comprehension)):
            targets += _each(part.target)
    return {root for target in targets if _is_part(target) and (root := _root(target))}


def _asks(parts: list[ast.AST]) -> set[str]:
    alone = {id(part.value) for part in parts if isinstance(part, ast.Expr)}
    asked = set()
    for part in parts:
        if not isinstance(part, ast.Call):
            continue
        name = _name(part.func)
        if _is_part(part.func) and (id(part) in alone or name in _CHANGING):
            asked.add(_root(part.func))
        if name in _FILLING and part.args:
            asked.add(_root(part.args[0]))
    return asked - {""}


def _shares(parts: list[ast.AST]) -> set[tuple[str, str]]:
    """Give the pairs of names of ``a = b``, ``a = b["k"]`` and ``a = b.k``, and of a loop over an object's parts."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for part in parts:
        if isinstance(part, ast.Assign):
            pairs += [(each, part.value) for target in part.targets for each in _each(target)]
        elif isinstance(part, ast.For):
            pairs += [(each, part.iter) for each in _each(part.target)]
    return {
        (target.id, _root(value))
        for target, value in pairs
        if isinstance(target, ast.Name) and isinstance(value, (ast.Name, ast.Subscript, ast.Attribute)) and _root(value)
    }


def _hands(calls: list[ast.Call]) -> set[tuple[str, str]]:
    return {
        (call.func.id, name)
        for call in calls
        if isinstance(call.func, ast.Name)
        for name in [_root(value) for value in (*call.args, *(word.value for word in call.keywords))] or [""]
    }


def _each(target: ast.expr) -> list[ast.expr]:
    """Take a target apart: ``a, (b, *c) = …``."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return [each for element in target.elts for each in _each(element)]
    return _each(target.value) if isinstance(target, ast.Starred) else [target]


def _is_part(target: ast.expr) -> bool:
    return isinstance(target, (ast.Subscript, ast.Attribute))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _root(target: ast.expr) -> str:
    while isinstance(target, (ast.Subscript, ast.Attribute, ast.Starred)):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""

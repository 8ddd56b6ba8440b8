"""Student code in words of older NumPys, read as it was meant.

What a newer NumPy has taken away besides names: methods of arrays, ``copy=False`` for "only where needed", and arrays
with one entry in the place of a number. Where the newest NumPy accepts the code, it means what it always did.
"""

from __future__ import annotations

import ast
import functools
import math
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import numpy as np

from autograder.candidate.legacy import OLD_NAMES
from autograder.statements import parts_of

_METHODS: dict[str, tuple[Callable[..., Any], str]] = {
    "ptp": (np.ptp, "np.ptp(a)"),
    "itemset": (lambda a, *args: a.__setitem__(args[:-1] or (0,) * a.ndim, args[-1]), "a[index] = value"),
    "newbyteorder": (lambda a, order="S": a.view(a.dtype.newbyteorder(order)), "a.view(a.dtype.newbyteorder(order))"),
    "tostring": (lambda a, order="C": a.tobytes(order), "a.tobytes()"),
}
_FUNCTIONS_OF_SEQUENCES = frozenset({"dist", "fsum", "prod", "sumprod"})
_FUNCTIONS_OF_NUMBERS = {
    f.__name__: f
    for f in (float, int, complex, *vars(math).values())
    if callable(f) and f.__name__ not in _FUNCTIONS_OF_SEQUENCES
}
_CALLED, _FORMATTED, _STORED, _METHOD, _IF_NEEDED = (
    f"__autograder_{name}__" for name in ("called", "formatted", "stored", "method", "if_needed")
)


def understood(statement: ast.stmt) -> ast.stmt:
    """Rewrite a statement so that it means on every NumPy what it meant on the older ones.

    Parameters
    ----------
    statement : ast.stmt
        Changed in place; its globals must have `HELPERS`.

    Returns
    -------
    ast.stmt
    """
    changed: ast.stmt = ast.fix_missing_locations(_Reader().visit(statement))
    return changed


def notices(statements: Iterable[ast.stmt], given: Iterable[ast.stmt] = ()) -> list[str]:
    """Tell which words of older NumPys some statements use, and how to write them today.

    Parameters
    ----------
    statements : iterable of ast.stmt
        As the student wrote them.
    given : iterable of ast.stmt
        The instructor's, in which NumPy may have been imported.

    Returns
    -------
    list of str
        One sentence a word, in alphabetic order: the same on every NumPy.
    """
    nodes = [node for statement in statements for node in parts_of(statement)]
    imports = [node for node in chain(nodes, *map(parts_of, given)) if isinstance(node, ast.Import)]
    modules = {a.asname or a.name for node in imports for a in node.names if a.name == "numpy"}
    taken = {a.name for n in nodes if isinstance(n, ast.ImportFrom) and n.module == "numpy" for a in n.names}
    found = {f"np.{name}": OLD_NAMES[name] for name in taken & OLD_NAMES.keys()}
    for node in nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in modules:
            if node.attr in OLD_NAMES:
                found[f"np.{node.attr}"] = OLD_NAMES[node.attr]
        elif node.attr in _METHODS:
            found[f"a.{node.attr}()"] = _METHODS[node.attr][1]
    return [
        f"It uses {old}, which newer versions of NumPy refuse; it was graded as {new}. Write that instead."
        for old, new in sorted(found.items())
    ]


class _Reader(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for keyword in node.keywords:
            if (name, keyword.arg, ast.unparse(keyword.value)) == ("array", "copy", "False"):
                keyword.value = _name(_IF_NEEDED)
        if name in _FUNCTIONS_OF_NUMBERS:
            # The call itself stays the student's own: a function that calls itself pays no frame for its name.
            node.func = ast.copy_location(ast.Call(_name(_CALLED), [node.func], []), node.func)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        left = node.left
        if isinstance(node.op, ast.Mod) and isinstance(left, ast.Constant) and isinstance(left.value, str):
            return ast.copy_location(ast.Call(_name(_FORMATTED), [left, node.right], []), node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr in _METHODS and isinstance(node.ctx, ast.Load):
            return ast.copy_location(ast.Call(_name(_METHOD), [node.value, ast.Constant(node.attr)], []), node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Subscript) or _has_slice(target.slice):
            return node
        # In the order in which Python evaluates the parts of an assignment.
        stored = ast.Call(_name(_STORED), [node.value, target.value, target.slice], [])
        return ast.copy_location(ast.Expr(stored), node)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _has_slice(index: ast.expr) -> bool:
    """Tell whether an index chooses more than one entry; such an assignment takes an array of one as it is."""
    return any(isinstance(part, (ast.Slice, ast.Starred)) for part in (index, *getattr(index, "elts", [])))


def _called(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give what to call for a function: one that wants a number takes an array of one."""
    return _TAKING_ARRAYS.get(id(function), function)


def _taking_arrays(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        for value in args:
            if isinstance(value, np.ndarray):
                return function(*map(_number, args), **kwargs)
        return function(*args, **kwargs)

    return call


def _formatted(text: str, values: object) -> str:
    """Format with ``%``, arrays of one as numbers where it takes nothing else."""
    try:
        return text % values
    except TypeError:
        return text % (tuple(map(_number, values)) if isinstance(values, tuple) else _number(values))


def _stored(value: Any, target: Any, index: Any) -> None:  # noqa: ANN401
    """Assign to an entry of an array, or to whatever else has entries."""
    try:
        target[index] = value
    except ValueError:
        if not isinstance(target, np.ndarray) or _number(value) is value:
            raise
        target[index] = _number(value)


def _number(value: Any) -> Any:  # noqa: ANN401
    """Give the one entry of an array that has no more, and anything else as it is."""
    return value.item() if isinstance(value, np.ndarray) and value.ndim and value.size == 1 else value


def _method(value: Any, name: str) -> Any:  # noqa: ANN401
    """Give a method, of an array also one that arrays have no more."""
    if isinstance(value, (np.ndarray, np.generic)) and not hasattr(value, name):
        return functools.partial(_METHODS[name][0], value)
    return getattr(value, name)


_TAKING_ARRAYS = {id(function): _taking_arrays(function) for function in _FUNCTIONS_OF_NUMBERS.values()}
# What rewritten code calls; names that no student takes.
HELPERS = {
    _CALLED: _called,
    _FORMATTED: _formatted,
    _STORED: _stored,
    _METHOD: _method,
    _IF_NEEDED: False if np.__version__.startswith("1.") else None,
}

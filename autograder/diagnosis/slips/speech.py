"""Formulas in words: what a student reads shows no line of the solution."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import ModuleType

UNSAID = "\0"
"""In a sentence, what there are no words for."""
_LONGEST = 60
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "plus",
    ast.Sub: "minus",
    ast.Mult: "times",
    ast.Div: "over",
    ast.MatMult: "times the matrix",
    ast.Pow: "to the power",
}
_FUNCTIONS = {
    "dot": "the product of {}",
    "matmul": "the product of {}",
    "sum": "the sum of {}",
    "mean": "the mean of {}",
    "square": "the square of {}",
    "sqrt": "the root of {}",
    "abs": "the size of {}",
    "norm": "the norm of {}",
    "max": "the largest entry of {}",
    "min": "the smallest entry of {}",
    "float": "{}",
    "copy": "a copy of {}",
}
_MODULES = frozenset({"np", "numpy", "math", "cmath", "statistics", "scipy", "linalg"})
_MARK = "_is_module"
_SIDES = {0: "the number of rows of {}", 1: "the number of columns of {}"}


def spoken(node: ast.expr) -> str:
    """Say an expression in words.

    Returns
    -------
    str
        Empty where it would be long, or where there are no words for it.
    """
    text = _spoken(node)
    return text if len(text) <= _LONGEST and UNSAID not in text else ""


def _spoken(node: ast.expr) -> str:  # noqa: PLR0911 - one return a kind of node
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return f"{node.value!r}"
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return f"{_spoken(node.left)} {_OPERATORS[type(node.op)]} {_spoken(node.right)}"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"minus {_spoken(node.operand)}"
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return f"the transpose of {_spoken(node.value)}"
    if isinstance(node, ast.Call):
        return _applied(node)
    if isinstance(node, ast.Compare):
        return f"the mask of {_spoken(node.left)}"
    if isinstance(node, ast.Subscript):
        return _part(node)
    return UNSAID


def _applied(node: ast.Call) -> str:
    """Say a call with what it is applied to; a method of which nothing is known may do anything."""
    words, given = _FUNCTIONS.get(called(node)), operands(node)
    known = isinstance(node.func, ast.Name) or (isinstance(node.func, ast.Attribute) and _of_module(node.func))
    if not given or not (words or known):
        return UNSAID
    return (words or f"{called(node)} of {{}}").format(" and ".join(_spoken(one) for one in given))


def operands(node: ast.Call) -> list[ast.expr]:
    """Give what a call is applied to: its arguments, and before them the object whose method it calls."""
    function = node.func
    method = isinstance(function, ast.Attribute) and not _of_module(function)
    return [function.value, *node.args] if isinstance(function, ast.Attribute) and method else list(node.args)


def _of_module(function: ast.Attribute) -> bool:
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and (root.id in _MODULES or hasattr(root, _MARK))


def mark_modules(tree: ast.AST, space: Mapping[str, object]) -> None:
    """Mark the names that stand for modules: what is called on these is no method.

    Parameters
    ----------
    tree : ast.AST
    space : mapping of str to object
        The globals of the code.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(space.get(node.id), ModuleType):
            setattr(node, _MARK, True)


def _part(node: ast.Subscript) -> str:
    side = node.slice.value if isinstance(node.slice, ast.Constant) else None
    of_shape = node.value.value if isinstance(node.value, ast.Attribute) and node.value.attr == "shape" else None
    if of_shape is not None and isinstance(side, int) and side in _SIDES:
        return _SIDES[side].format(_spoken(of_shape))
    if isinstance(side, str):
        return side
    return f"entry {_spoken(node.slice)} of {_spoken(node.value)}"


def called(node: ast.Call) -> str:
    """Give the name of the function that is called, without its module."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "a function")

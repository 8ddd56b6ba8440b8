"""Formulas in words: what a student reads shows no line of the solution."""

from __future__ import annotations

import ast

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
    "float": "{}",
    "copy": "a copy of {}",
}
_SIDES = {0: "the number of rows of {}", 1: "the number of columns of {}"}


def spoken(node: ast.expr) -> str:
    """Say an expression in words.

    Returns
    -------
    str
        Empty where it would be long, or where there are no words for it.
    """
    text = _spoken(node)
    return text if len(text) <= _LONGEST and "\0" not in text else ""


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
        words = _FUNCTIONS.get(called(node), f"{called(node)} of {{}}")
        return words.format(" and ".join(_spoken(argument) for argument in node.args))
    if isinstance(node, ast.Compare):
        return f"the mask of {_spoken(node.left)}"
    if isinstance(node, ast.Subscript):
        return _part(node)
    return "\0"


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

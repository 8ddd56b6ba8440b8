"""Expressions with blanks: `_a`, `_b` and `_c` stand for any expression."""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping

_BLANKS = frozenset({"_a", "_b", "_c"})

Found = dict[str, ast.expr]


def pattern(text: str) -> ast.expr:
    """Parse an expression with blanks."""
    return ast.parse(text, mode="eval").body


def labels(tree: ast.AST) -> frozenset[str]:
    """Give what any text has that a pattern fits to: the kinds of its nodes, and the names it takes from elsewhere."""
    return frozenset(label for node in ast.walk(tree) for label in _labels_of(node))


def _labels_of(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=name):
            return () if name in _BLANKS else (name,)
        case ast.Attribute(attr=name):
            return ("Attribute", name)
        case ast.expr_context():
            return ()
        case _:
            return (type(node).__name__,)


def match(wanted: ast.AST, node: ast.AST) -> Found | None:
    """Fit an expression to a pattern.

    Returns
    -------
    dict of str to expr or None
        What stands at each blank; None where the expression has another form. A blank that occurs twice must stand
        for the same text.
    """
    found: Found = {}
    return found if _fits(wanted, node, found) else None


def filled(text: str, found: Mapping[str, ast.expr]) -> ast.expr:
    """Write an expression with its blanks filled."""
    node: ast.expr = _Fill(found).visit(pattern(text))
    return node


def _fits(wanted: ast.AST, node: ast.AST, found: Found) -> bool:
    if isinstance(wanted, ast.Name) and wanted.id in _BLANKS:
        if not isinstance(node, ast.expr):
            return False
        before = found.setdefault(wanted.id, node)
        return before is node or ast.dump(before) == ast.dump(node)
    if type(wanted) is not type(node):
        return False
    return all(_same(getattr(wanted, name), getattr(node, name), found) for name in wanted._fields if name != "ctx")


def _same(wanted: object, value: object, found: Found) -> bool:
    if isinstance(wanted, list) and isinstance(value, list):
        return len(wanted) == len(value) and all(_same(*pair, found) for pair in zip(wanted, value, strict=True))
    if isinstance(wanted, ast.AST) and isinstance(value, ast.AST):
        return _fits(wanted, value, found)
    return type(wanted) is type(value) and wanted == value


class _Fill(ast.NodeTransformer):
    def __init__(self, found: Mapping[str, ast.expr]) -> None:
        self._found = found

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self._found[node.id]) if node.id in self._found else node

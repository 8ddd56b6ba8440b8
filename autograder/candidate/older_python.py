"""Words of Python 2 that legacy notebooks use, read as they were meant."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable
from typing import Any

from autograder.statements import parts_of

# Old names, what they are, and what is written for each of them today.
OLD_WORDS: dict[str, tuple[Any, str]] = {
    "basestring": (str, "str"),
    "long": (int, "int"),
    "raw_input": (input, "input"),
    "reduce": (functools.reduce, "functools.reduce"),
    "unichr": (chr, "chr"),
    "unicode": (str, "str"),
    "xrange": (range, "range"),
}
_METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values", "has_key": "__contains__"}
_METHOD = "__autograder_dictionary__"


def modern(statement: ast.stmt) -> ast.stmt:
    """Rewrite what Python 3 reads and understands otherwise: methods of dictionaries, formatted ``print`` statements.

    Parameters
    ----------
    statement : ast.stmt
        Changed in place; its globals must have `WORDS`.

    Returns
    -------
    ast.stmt
        New nodes have no place in the text: see `ast.fix_missing_locations`.
    """
    changed: ast.stmt = _Reader().visit(statement)
    return changed


def old_words(statements: Iterable[ast.stmt], names: Iterable[str]) -> list[str]:
    """Tell which words of Python 2 some statements use.

    Parameters
    ----------
    statements : iterable of ast.stmt
        As the student wrote them.
    names : iterable of str
        Global names that they read and that nothing in the notebook binds.

    Returns
    -------
    list of str
        One sentence a word, in alphabetic order.
    """
    found = {name: OLD_WORDS[name][1] for name in names if name in OLD_WORDS}
    for statement in statements:
        for node in parts_of(statement):
            if isinstance(node, ast.Attribute) and node.attr in _METHODS:
                found[f"d.{node.attr}()"] = "k in d" if node.attr == "has_key" else f"d.{_METHODS[node.attr]}()"
    return [
        f"It uses {old} of Python 2; it was graded as {new}. Write that instead." for old, new in sorted(found.items())
    ]


class _Reader(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        # ``print ("%f") % x``: in Python 3 it would be the None of ``print`` that is formatted, and always fail.
        match node.value:
            case ast.BinOp(left=ast.Call(func=ast.Name(id="print"), args=[text]) as call) as whole:
                whole.left, call.args = text, [whole]
                node.value = call
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr in _METHODS and isinstance(node.ctx, ast.Load):
            called = ast.Call(ast.Name(_METHOD, ast.Load()), [node.value, ast.Constant(node.attr)], [])
            return ast.copy_location(called, node)
        return node


def _method(value: Any, name: str) -> Any:  # noqa: ANN401
    """Give a method, of a dictionary also one that dictionaries have no more."""
    if isinstance(value, dict) and not hasattr(value, name):
        return getattr(value, _METHODS[name])
    return getattr(value, name)


WORDS = {_METHOD: _method, **{name: value for name, (value, _) in OLD_WORDS.items()}}
"""What the globals of a legacy notebook have beside its own."""

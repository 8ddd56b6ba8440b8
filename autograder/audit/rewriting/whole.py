"""Functions written otherwise as a whole."""

from __future__ import annotations

import ast
from collections.abc import Callable

from autograder.audit.rewriting.names import bound, bound_otherwise, parameters, present, unused

_AS_IT_IS = -1


def bare(function: ast.FunctionDef) -> None:
    """Leave out the docstring and the annotations."""
    if ast.get_docstring(function) is not None:
        del function.body[0]
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None


def own_names(function: ast.FunctionDef) -> None:
    """Give all local names another spelling."""
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names = present(function)
    other = {name: unused(f"my_{name}", names) for name in stored - bound_otherwise(function)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in other:
            node.id = other[node.id]


def more_parameters(function: ast.FunctionDef) -> None:
    """Take one more parameter, with a default, at the end."""
    # Where any number of arguments is taken, it would take the first of them.
    if function.args.vararg is not None:
        return
    function.args.args.append(ast.arg(unused("print_msg", present(function))))
    function.args.defaults.append(ast.Constant(value=False))


def concatenated(function: ast.FunctionDef) -> None:
    """Put names together with ``+`` and ``str`` in place of f-strings."""
    _Concatenate().visit(function)


def within(function: ast.FunctionDef) -> None:
    """Do the work in a function within the function."""
    # What a nested function assigns is its own: the arguments that it assigns again are handed over.
    assigned = frozenset(name for statement in function.body for name in bound(statement))
    handed = [name for name in parameters(function) if name in assigned]
    taken = ast.arguments([], [ast.arg(name) for name in handed], None, [], [], None, [])
    name = unused("work", present(function))
    inner = ast.FunctionDef(name=name, args=taken, body=function.body[:], decorator_list=[])
    inner.lineno = function.lineno
    given: list[ast.expr] = [ast.Name(one, ast.Load()) for one in handed]
    function.body = [inner, ast.Return(ast.Call(ast.Name(name, ast.Load()), given, []))]


class _Concatenate(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        written = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        # `str` knows no format, and nothing put together is no text.
        if not node.values or any(part.format_spec or part.conversion != _AS_IT_IS for part in written):
            return node
        parts: list[ast.expr] = []
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            text = isinstance(part, ast.FormattedValue)
            parts.append(ast.Call(ast.Name("str", ast.Load()), [inner], []) if text else inner)
        joined = parts[0]
        for part in parts[1:]:
            joined = ast.BinOp(joined, ast.Add(), part)
        return joined


RULES: tuple[tuple[str, Callable[[ast.FunctionDef], None]], ...] = (
    ("bare", bare),
    ("own-names", own_names),
    ("more-parameters", more_parameters),
    ("concatenated", concatenated),
    ("within", within),
)

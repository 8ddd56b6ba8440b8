"""Functions written otherwise as a whole."""

from __future__ import annotations

import ast
from collections.abc import Callable


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
    own = stored - {argument.arg for argument in function.args.args}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in own:
            node.id = f"my_{node.id}"


def more_parameters(function: ast.FunctionDef) -> None:
    """Take one more parameter, with a default, at the end."""
    function.args.args.append(ast.arg("print_msg"))
    function.args.defaults.append(ast.Constant(value=False))


def concatenated(function: ast.FunctionDef) -> None:
    """Put names together with ``+`` and ``str`` in place of f-strings."""
    _Concatenate().visit(function)


def within(function: ast.FunctionDef) -> None:
    """Do the work in a function within the function."""
    inner = ast.FunctionDef(
        name="work", args=ast.arguments([], [], None, [], [], None, []), body=function.body[:], decorator_list=[]
    )
    inner.lineno = function.lineno
    # What a nested function assigns is its own: arguments that are assigned again stay outside.
    function.body = [inner, ast.Return(ast.Call(ast.Name("work", ast.Load()), [], []))]


class _Concatenate(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
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

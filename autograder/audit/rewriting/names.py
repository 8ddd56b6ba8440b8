"""The names of a function: which it has, which it binds, and some that it does not have."""

from __future__ import annotations

import ast
import itertools


def present(tree: ast.AST) -> frozenset[str]:
    """Give all names that a text has: those that it binds, and those of variables."""
    return frozenset(
        name for node in ast.walk(tree) for name in ([node.id] if isinstance(node, ast.Name) else _bound_by(node))
    )


def unused(wanted: str, names: frozenset[str]) -> str:
    """Give a name that is none of some: the wanted one, or that with a number."""
    numbered = (f"{wanted}_{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([wanted], numbered) if name not in names)


def bound(tree: ast.AST) -> frozenset[str]:
    """Give all names that a text binds, at whatever depth: parameters, imports and definitions as well."""
    return frozenset(name for node in ast.walk(tree) for name in _bound_by(node))


def parameters(function: ast.FunctionDef) -> list[str]:
    """Give the names of all parameters."""
    return [node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)]


def bound_otherwise(function: ast.FunctionDef) -> frozenset[str]:
    """Give the names that are not bound as variables alone, so that more than its variables would have to change."""
    others = (node for node in ast.walk(function) if not isinstance(node, ast.Name))
    return frozenset(name for node in others for name in _bound_by(node))


def _bound_by(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Import(names=imported) | ast.ImportFrom(names=imported):
            return [one.asname or one.name.partition(".")[0] for one in imported]
        case ast.Global(names=declared) | ast.Nonlocal(names=declared):
            return list(declared)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return [name]
        case _:
            return []

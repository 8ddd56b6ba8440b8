"""Statements that do the same, one function a rule: each changes one place, or the whole function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.audit.rewriting.names import bound, present, unused

Block = list[ast.stmt]
# Given a statement and the function that it is in, the statements that may stand for it; neither is changed, but what
# stands for it may have parts of it.
Rule = Callable[[ast.stmt, ast.FunctionDef], Block | None]


def temporary(statement: ast.stmt, function: ast.FunctionDef) -> Block | None:
    """Give the left operand of an assigned operation a name of its own."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.BinOp(left=left, op=op, right=right)) as assign:
            name = unused("step", present(function))
            step = ast.Assign([ast.Name(name, ast.Store())], left, lineno=assign.lineno)
            rest = ast.BinOp(ast.Name(name, ast.Load()), op, right)
            return [step, ast.Assign(assign.targets, rest, lineno=assign.lineno)]
        case _:
            return None


def in_place(statement: ast.stmt, function: ast.FunctionDef) -> Block | None:
    """Work in place on an array that the function made: ``A = A * D / k`` as ``A *= D`` and ``A /= k``."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() as value) if name in _fresh(function):
            steps: Block = []
            left: ast.expr = value
            while isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Mult, ast.Div)):
                steps.insert(0, ast.AugAssign(ast.Name(name, ast.Store()), left.op, left.right))
                left = left.left
            return steps if isinstance(left, ast.Name) and left.id == name else None
        case _:
            return None


def counted_by_hand(statement: ast.stmt, function: ast.FunctionDef) -> Block | None:
    """Count with ``while`` in place of ``for … in range(…)``."""
    match statement:
        case ast.For(
            target=ast.Name(id=name),
            iter=ast.Call(func=ast.Name(id="range"), args=[_] | [_, _] as ends),
            body=body,
            orelse=[],
        ) if _countable(statement, name, ends[-1], function):
            start, stop = (ast.Constant(0), ends[0]) if len(ends) == 1 else (ends[0], ends[1])
            first = ast.Assign([ast.Name(name, ast.Store())], start, lineno=statement.lineno)
            test = ast.Compare(ast.Name(name, ast.Load()), [ast.Lt()], [stop])
            step = ast.AugAssign(ast.Name(name, ast.Store()), ast.Add(), ast.Constant(1))
            return [first, ast.While(test, [*body, step], [])]
        case _:
            return None


def _countable(loop: ast.For, number: str, stop: ast.expr, function: ast.FunctionDef) -> bool:
    """Tell whether a loop is the same with ``while``: its end stays, no round is cut short, none asks after."""
    changed = frozenset(name for statement in loop.body for name in bound(statement))
    if changed & {number, *_read(stop)} or any(isinstance(node, ast.Continue) for node in ast.walk(loop)):
        return False
    # Another loop with the same number sets it anew.
    loops = (node for node in ast.walk(function) if isinstance(node, ast.For))
    inside = sum(
        _read(statement).count(number)
        for node in loops
        if isinstance(node.target, ast.Name) and node.target.id == number
        for statement in node.body
    )
    return _read(function).count(number) == inside


def _read(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def listed(statement: ast.stmt, _: ast.FunctionDef) -> Block | None:
    """Loop over a list of the numbers."""
    match statement:
        case ast.For(target, ast.Call(func=ast.Name(id="range")) as numbers, body, orelse):
            made = ast.Call(ast.Name("list", ast.Load()), [numbers], [])
            return [ast.For(target, made, body, orelse, lineno=statement.lineno)]
        case _:
            return None


def named_result(statement: ast.stmt, function: ast.FunctionDef) -> Block | None:
    """Name a result before it is returned."""
    match statement:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Name):
            name = unused("outcome", present(function))
            named = ast.Assign([ast.Name(name, ast.Store())], value, lineno=statement.lineno)
            return [named, ast.Return(ast.Name(name, ast.Load()))]
        case _:
            return None


def dictionary_reversed(statement: ast.stmt, _: ast.FunctionDef) -> Block | None:
    """Write a dictionary in the opposite order."""
    if isinstance(statement, ast.For) or _dictionary(statement) is None:
        return None
    turned = copy.deepcopy(statement)
    if node := _dictionary(turned):
        node.keys.reverse()
        node.values.reverse()
    return [turned]


def _dictionary(statement: ast.stmt) -> ast.Dict | None:
    """Find a dictionary whose entries have an order."""
    found = (node for node in ast.walk(statement) if isinstance(node, ast.Dict) and len(node.keys) > 1)
    return next(found, None)


def dictionary_by_entries(statement: ast.stmt, function: ast.FunctionDef) -> Block | None:
    """Fill a returned dictionary entry by entry."""
    match statement:
        case ast.Return(value=ast.Dict(keys=[_, *_] as keys, values=values)):
            name = ast.Name(unused("filled", present(function)), ast.Load())
            block: Block = [ast.Assign([ast.Name(name.id, ast.Store())], ast.Dict([], []), lineno=statement.lineno)]
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    return None
                block.append(ast.Assign([ast.Subscript(name, key, ast.Store())], value, lineno=statement.lineno))
            return [*block, ast.Return(name)]
        case _:
            return None


def debugging(statement: ast.stmt, _: ast.FunctionDef) -> Block | None:
    """Print a value after it was computed, and forget the line there."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            shown = ast.Call(ast.Name("print", ast.Load()), [ast.Constant(name), ast.Name(name, ast.Load())], [])
            return [statement, ast.Expr(shown)]
        case _:
            return None


RULES: tuple[tuple[str, Rule], ...] = (
    ("temporary", temporary),
    ("in-place", in_place),
    ("while", counted_by_hand),
    ("listed", listed),
    ("named-result", named_result),
    ("dictionary-reversed", dictionary_reversed),
    ("dictionary-by-entries", dictionary_by_entries),
    ("debugging", debugging),
)


def _fresh(function: ast.FunctionDef) -> frozenset[str]:
    """Give the names whose arrays the function made itself by an operation: no argument shares their memory."""
    made: set[str] = set()
    other: set[str] = {argument.arg for argument in function.args.args}
    for name, value in _assigned(function):
        (made if isinstance(value, ast.BinOp) or _computed(value) else other).add(name)
    return frozenset(made - other)


def _computed(value: ast.expr) -> bool:
    """Tell whether a call gives a new array; a helper of the course may, a view never."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) in {"np.dot", "relu", "sigmoid", "np.matmul"}


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                for name in names:
                    if isinstance(name, ast.Name):
                        yield name.id, node.value if name is target else ast.Constant(None)

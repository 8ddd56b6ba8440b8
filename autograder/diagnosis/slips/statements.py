"""Slips in statements: a step left out, another entry changed, another name returned."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.diagnosis.slips.scope import Scope
from autograder.diagnosis.slips.speech import UNSAID, called, spoken

Found = tuple[ast.AST, str, str, int]


def _assignment(node: ast.Assign, scope: Scope) -> Iterator[Found]:
    target = node.targets[0]
    name = spoken(target) if isinstance(target, ast.Name) else ""
    read = {inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)}
    if name in read:
        yield ast.Module([ast.Pass()], []), "step-missing", f"the step that changes {name} is left out", 0
    if name and name in scope.local:
        negative = ast.Assign(node.targets, ast.UnaryOp(ast.USub(), node.value), lineno=node.lineno)
        yield ast.Module([negative], []), "sign", "the sign of the whole is wrong", 2
        for factor, words in ((2, "twice"), (0.5, "half")):
            value = ast.BinOp(node.value, ast.Mult(), ast.Constant(factor))
            changed = ast.Assign(node.targets, value, lineno=node.lineno)
            yield ast.Module([changed], []), "factor", f"the value is {words} what it should be", 2
        for text, words in (
            ("np.sqrt(np.abs(0))", "the root of the whole is taken"),
            ("np.square(0)", "the whole is squared"),
        ):
            changed = ast.Assign(node.targets, _wrapped(text, node.value), lineno=node.lineno)
            yield ast.Module([changed], []), "power", words, 3

    if isinstance(target, ast.Subscript):
        yield from _elsewhere(node, spoken(target.value) or "an array")


def _wrapped(text: str, value: ast.expr) -> ast.expr:
    """Put an expression in the place of the number in a text."""

    class Filled(ast.NodeTransformer):
        def visit_Constant(self, _: ast.Constant) -> ast.expr:
            return value

    filled: ast.expr = Filled().visit(ast.parse(text, mode="eval").body)
    return filled


def _elsewhere(node: ast.Assign | ast.AugAssign, what: str) -> Iterator[Found]:
    """Change another entry than the one of this round, or all of them."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if not isinstance(target, ast.Subscript):
        return
    index = target.slice.elts[0] if isinstance(target.slice, ast.Tuple) and target.slice.elts else target.slice
    if not isinstance(index, (ast.Name, ast.BinOp)):
        return
    places = {
        f"an entry of {what} is changed that is one too early": ast.BinOp(index, ast.Sub(), ast.Constant(1)),
        f"always the first entry of {what} is changed": ast.Constant(0),
        f"all entries of {what} are changed at once": ast.Slice(),
    }
    for words, place in places.items():
        rest = target.slice.elts[1:] if isinstance(target.slice, ast.Tuple) else []
        whole = ast.Tuple([place, *rest], ast.Load()) if rest else place
        changed = copy.deepcopy(node)
        store = ast.Subscript(target.value, whole, ast.Store())
        if isinstance(changed, ast.Assign):
            changed.targets = [store]
        else:
            changed.target = store
        yield ast.Module([changed], []), "wrong-index", words, 1


def _augmented(node: ast.AugAssign, _: Scope) -> Iterator[Found]:
    whole = node.target.value if isinstance(node.target, ast.Subscript) else node.target
    what, rest = spoken(whole) or "an array", spoken(node.value) or UNSAID
    yield ast.Module([ast.Pass()], []), "step-missing", f"the step that changes {what} is left out", 0
    swaps = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    other = swaps.get(type(node.op))
    if other:
        changed = ast.AugAssign(node.target, other(), node.value)
        yield ast.Module([changed], []), "sign", f"{rest} changes {what} in the wrong direction", 1
    yield from _elsewhere(node, what)
    plain = ast.Assign([node.target], node.value, lineno=node.lineno)
    yield ast.Module([plain], []), "operation", f"{what} is replaced by {rest} instead of changed by it", 2


def _expression(node: ast.Expr, _: Scope) -> Iterator[Found]:
    if isinstance(node.value, ast.Call) and called(node.value) == "seed":
        yield ast.Module([ast.Pass()], []), "random-stream", "the seed is not set", 0


def _loop(node: ast.For, scope: Scope) -> Iterator[Found]:
    seeds = ast.parse("np.random.seed(3)").body
    if scope.parameters:
        changed = ast.For(node.target, node.iter, [*seeds, *node.body], node.orelse, lineno=node.lineno)
        yield ast.Module([changed], []), "random-stream", "the seed is set again in every round of the loop", 1


def _returned(node: ast.Return, scope: Scope) -> Iterator[Found]:
    if isinstance(node.value, ast.Name):
        for other in scope.local:
            if other not in {node.value.id, *scope.mistaken(node.value.id)}:
                changed = ast.Return(ast.Name(other, ast.Load()))
                words = f"{other} is returned in the place of {node.value.id}"
                yield ast.Module([changed], []), "wrong-variable", words, 2


STATEMENTS: tuple[tuple[type[ast.AST], Callable[..., Iterator[Found]]], ...] = (
    (ast.Assign, _assignment),
    (ast.AugAssign, _augmented),
    (ast.Expr, _expression),
    (ast.For, _loop),
    (ast.Return, _returned),
)

"""Every rule at every place, everywhere at once, and several rules together."""

from __future__ import annotations

import ast
import functools
import random
from collections.abc import Callable, Iterator

from autograder.audit.rewriting import expressions, statements, whole
from autograder.audit.rewriting.patterns import filled, labels, match, pattern
from autograder.audit.variants import Variant, difference

_MIXED = 16
_RULES_A_MIX = 6
_EVERYWHERE = -1

# Given a text and the number of a place, or `_EVERYWHERE`: the changed module; None where there is no such place.
_Rewrite = Callable[[str, int], ast.Module | None]


def rewrites(source: str, function: str, mixed: int = _MIXED) -> tuple[Variant, ...]:
    """Write a right answer in other words.

    Parameters
    ----------
    source : str
        Text of the answer cell.
    function : str
        The graded function that it defines.
    mixed : int
        How many variants apply several rules at random places, always the same for the same text.

    Returns
    -------
    tuple of Variant
        No two of the same text. All compute what `source` computes, up to the last digits.
    """
    original = ast.unparse(ast.parse(source))
    seen = {original}
    found = []
    for name, text in [*_single(source), *_mixed(source, function, mixed)]:
        if text not in seen:
            seen.add(text)
            found.append(Variant(function, name, text, difference(original, text)))
    return tuple(found)


def _single(source: str) -> Iterator[tuple[str, str]]:
    for name, rewrite in _rewrites():
        place = 0
        while text := _rewritten(source, rewrite, place):
            yield f"{name}-{place + 1}", text
            place += 1
        if place > 1:
            yield f"{name}-everywhere", _rewritten(source, rewrite, _EVERYWHERE)


def _mixed(source: str, function: str, count: int) -> Iterator[tuple[str, str]]:
    stream = random.Random(function)  # noqa: S311 - no secret
    rules = _rewrites()
    for number in range(1, count + 1):
        text = source
        for _, rewrite in stream.sample(rules, len(rules)):
            if stream.random() * len(rules) < _RULES_A_MIX * 3:
                text = _rewritten(text, rewrite, stream.choice([_EVERYWHERE, 0, 1])) or text
        yield f"mixed-{number}", text


def _rewritten(source: str, rewrite: _Rewrite, place: int) -> str:
    tree = rewrite(source, place)
    return ast.unparse(tree) if tree else ""


@functools.cache
def _rewrites() -> tuple[tuple[str, _Rewrite], ...]:
    return (
        *((name, _of_expression(form, other)) for name, form, other in expressions.RULES),
        *((name, _of_statement(rule)) for name, rule in statements.RULES),
        *((name, _of_function(change)) for name, change in whole.RULES),
    )


def _of_expression(form: str, other: str) -> _Rewrite:
    wanted = pattern(form)
    needed = labels(wanted)

    def rewrite(source: str, place: int) -> ast.Module | None:
        # Most forms are not in a text, which its labels tell much faster than a search.
        if not needed <= _labels(source):
            return None
        tree = ast.parse(source)
        visitor = _Expressions(wanted, other, place)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                node.body = [visitor.visit(statement) for statement in node.body]
        return tree if visitor.changed else None

    return rewrite


@functools.lru_cache(maxsize=16)
def _labels(source: str) -> frozenset[str]:
    return labels(ast.parse(source))


class _Expressions(ast.NodeTransformer):
    def __init__(self, wanted: ast.expr, other: str, place: int) -> None:
        self._wanted, self._other, self._left = wanted, other, place
        self._everywhere = place == _EVERYWHERE
        self.changed = False

    def generic_visit(self, node: ast.AST) -> ast.AST:
        # What is printed, and a condition that only decides what is printed, is no part of the answer.
        if isinstance(node, ast.If) or _prints(node):
            return node
        found = match(self._wanted, node) if isinstance(node, ast.expr) else None
        if found is not None and not isinstance(getattr(node, "ctx", None), ast.Store):
            here = self._everywhere or self._left == 0
            self._left -= 1
            if here:
                self.changed = True
                inner = {name: self._inside(value) for name, value in found.items()}
                return filled(self._other, inner)
        return super().generic_visit(node)

    def _inside(self, value: ast.expr) -> ast.expr:
        visited: ast.expr = self.visit(value) if self._everywhere else value
        return visited


def _prints(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case _:
            return False


def _of_statement(rule: statements.Rule) -> _Rewrite:
    def rewrite(source: str, place: int) -> ast.Module | None:
        left, changed = place, False
        # The one is changed, the other shows the rule what there was.
        tree, before = ast.parse(source), ast.parse(source)
        for function, unchanged in zip(tree.body, before.body, strict=True):
            if not isinstance(function, ast.FunctionDef) or not isinstance(unchanged, ast.FunctionDef):
                continue
            for block in _blocks(function):
                rewritten = []
                for statement in block:
                    other = rule(statement, unchanged)
                    here = other is not None and (place == _EVERYWHERE or left == 0)
                    left -= other is not None
                    changed |= here
                    rewritten += other if here and other is not None else [statement]
                block[:] = rewritten
        return tree if changed else None

    return rewrite


def _blocks(function: ast.FunctionDef) -> list[list[ast.stmt]]:
    """Give the function's own block and those of its loops; the innermost first."""
    loops = [node.body for node in ast.walk(function) if isinstance(node, (ast.For, ast.While))]
    return [*reversed(loops), function.body]


def _of_function(change: Callable[[ast.FunctionDef], None]) -> _Rewrite:
    def rewrite(source: str, place: int) -> ast.Module | None:
        if place > 0:
            return None
        tree = ast.parse(source)
        before = ast.dump(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                change(node)
        return tree if ast.dump(tree) != before else None

    return rewrite

"""Wrong streams of random numbers: another distribution, another seed."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope, is_draw, is_seed, walk
from autograder.audit.mutation.syntax import Change, expression, number, statement

_OTHER_DISTRIBUTIONS = {
    "randn": "rand",
    "rand": "randn",
    "standard_normal": "random_sample",
    "random_sample": "standard_normal",
    "random": "standard_normal",
    "normal": "uniform",
    "uniform": "normal",
}


def distribution(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for uniform numbers where normal ones belong, and the other way round."""
    if is_draw(node) and isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = node.func.attr.value
        if name in _OTHER_DISTRIBUTIONS:
            other = _OTHER_DISTRIBUTIONS[name]
            function = node.func.with_changes(attr=cst.Name(other))
            yield Change(f"{name}-to-{other}", node.with_changes(func=function))


def seed(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a seed that was deleted or changed."""
    if isinstance(node, cst.SimpleStatementLine) and is_seed(node):
        yield Change("dropped", statement("pass"))
        for part in walk(node):
            value = number(part)
            if isinstance(value, int):
                yield Change(f"{value}-to-{value + 1}", node.deep_replace(part, expression(str(value + 1))))


def seed_repeated(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a seed inside the loop, or before every draw: each layer gets the same numbers."""
    if scope.seed is None or not isinstance(node, cst.SimpleStatementLine) or not any(map(is_draw, walk(node))):
        return
    looped = scope.enclosing(node, cst.For, cst.While) is not None
    if looped or node is not _first_draw(scope):
        again = scope.seed.with_changes(leading_lines=[])
        yield Change("", cst.FlattenSentinel([again, node]))


def _first_draw(scope: Scope) -> cst.CSTNode | None:
    lines = (node for node in walk(scope.function.body) if isinstance(node, cst.SimpleStatementLine))
    return next((line for line in lines if any(map(is_draw, walk(line)))), None)

"""Wrong masks and comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, code, expression, grouped, in_place_of

_MASK = re.compile(r"D\d*|\w*mask\w*")
_OTHERS: dict[type[cst.CSTNode], list[tuple[str, cst.BaseCompOp]]] = {
    cst.LessThan: [("less-to-greater", cst.GreaterThan()), ("less-to-at-most", cst.LessThanEqual())],
    cst.GreaterThan: [("greater-to-less", cst.LessThan()), ("greater-to-at-least", cst.GreaterThanEqual())],
    cst.LessThanEqual: [("at-most-to-at-least", cst.GreaterThanEqual()), ("at-most-to-less", cst.LessThan())],
    cst.GreaterThanEqual: [("at-least-to-at-most", cst.LessThanEqual()), ("at-least-to-greater", cst.GreaterThan())],
    cst.Equal: [("equal-to-unequal", cst.NotEqual())],
    cst.NotEqual: [("unequal-to-equal", cst.Equal())],
}


def comparison(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a comparison that is turned round, or strict where it should not be."""
    if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
        target = node.comparisons[0]
        for detail, other in _OTHERS.get(type(target.operator), []):
            yield Change(detail, node.with_changes(comparisons=[target.with_changes(operator=other)]))


def threshold(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for raw numbers where their comparison with a threshold belongs."""
    if isinstance(node, cst.Comparison) and isinstance(scope.parents[node], (cst.BinaryOperation, cst.Assign)):
        yield Change(code(node.comparisons[0].comparator), in_place_of(node, node.left))


def mask_inverted(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a mask that keeps what should go."""
    if not isinstance(node, cst.Name) or not scope.reads(node):
        return
    is_mask = node.value in scope.masks or _MASK.fullmatch(node.value)
    if is_mask and isinstance(scope.parents[node], cst.BinaryOperation):
        yield Change(node.value, grouped(expression(f"1 - {node.value}")))

"""Wrong formulas: terms, factors, signs, order and constants."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, code, dotted, expression, grouped, in_place_of, number, slug

_BOTH_DROP = (cst.Add, cst.Multiply, cst.BitOr, cst.BitAnd)
_RIGHT_DROPS = (cst.Subtract, cst.Divide, cst.FloorDivide, cst.Power)
_SIGNS: dict[type[cst.CSTNode], tuple[str, cst.BaseBinaryOp]] = {
    cst.Add: ("plus-to-minus", cst.Subtract()),
    cst.Subtract: ("minus-to-plus", cst.Add()),
}
_AUGMENTED_SIGNS: dict[type[cst.CSTNode], tuple[str, cst.BaseAugOp]] = {
    cst.AddAssign: ("plus-to-minus", cst.SubtractAssign()),
    cst.SubtractAssign: ("minus-to-plus", cst.AddAssign()),
    cst.MultiplyAssign: ("times-to-over", cst.DivideAssign()),
    cst.DivideAssign: ("over-to-times", cst.MultiplyAssign()),
}
_OTHERS: dict[type[cst.CSTNode], list[tuple[str, cst.BaseBinaryOp]]] = {
    cst.Multiply: [("times-to-over", cst.Divide())],
    cst.Divide: [("over-to-times", cst.Multiply()), ("over-to-floor", cst.FloorDivide())],
    cst.Power: [("power-to-times", cst.Multiply())],
}
_UNSIGNED = {"len", "np.zeros", "np.zeros_like", "np.empty"}
_NEGATABLE = (cst.BinaryOperation, cst.Call, cst.Name)
_CONSTANTS: dict[float, tuple[str, ...]] = {0: ("1",), 1: ("2",), 2: ("1", "4"), 0.5: ("1.0", "2.0")}


def dropped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a term, a factor or a divisor that was forgotten."""
    if isinstance(node, cst.BinaryOperation):
        if isinstance(node.operator, _BOTH_DROP + _RIGHT_DROPS):
            yield Change(slug(node.right), in_place_of(node, node.left))
        if isinstance(node.operator, _BOTH_DROP):
            yield Change(slug(node.left), in_place_of(node, node.right))


def sign(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a plus where a minus belongs, and the other way round."""
    match node:
        case cst.BinaryOperation(operator=cst.Add() | cst.Subtract() as operator):
            detail, other = _SIGNS[type(operator)]
            right = grouped(node.right) if isinstance(operator, cst.Subtract) else node.right
            yield Change(detail, node.with_changes(operator=other, right=right))
        case cst.UnaryOperation(operator=cst.Minus()):
            yield Change("dropped", in_place_of(node, node.expression))
        case cst.AugAssign(operator=operator) if type(operator) in _AUGMENTED_SIGNS:
            detail, augmented = _AUGMENTED_SIGNS[type(operator)]
            yield Change(detail, node.with_changes(operator=augmented))


def negated(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a result with the wrong sign."""
    match node:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value) if isinstance(
            value, _NEGATABLE
        ) and not (isinstance(value, cst.Call) and dotted(value.func) in _UNSIGNED):
            yield Change(name, node.with_changes(value=cst.UnaryOperation(cst.Minus(), grouped(value))))


def operands_swapped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a difference, a quotient or a power the wrong way round."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Subtract, cst.Divide, cst.Power)):
        detail = f"{slug(node.left)}-and-{slug(node.right)}"
        yield Change(detail, node.with_changes(left=grouped(node.right), right=grouped(node.left)))


def operator(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a product where a quotient belongs, the other way round, and for whole-number division."""
    if isinstance(node, cst.BinaryOperation):
        for detail, other in _OTHERS.get(type(node.operator), []):
            yield Change(detail, node.with_changes(operator=other, left=_left(node)))


def precedence(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for forgotten parentheses, as in ``a / 2 * m``."""
    if isinstance(node, cst.BinaryOperation):
        for side in ("left", "right"):
            part = getattr(node, side)
            if isinstance(part, cst.BinaryOperation) and part.lpar:
                yield Change(slug(part), node.with_changes(**{side: part.with_changes(lpar=[], rpar=[])}))


def constant(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a wrong number in a formula, an exponent included."""
    value = number(node)
    if value is not None and isinstance(scope.parents[node], (cst.BinaryOperation, cst.ComparisonTarget, cst.Assign)):
        for other in _CONSTANTS.get(value, ("1", str(10 * value))):
            yield Change(f"{code(node)}-to-{other}", expression(other))


def _left(node: cst.BinaryOperation) -> cst.BaseExpression:
    """Keep what a power was taken of together when the power becomes a product."""
    return grouped(node.left) if isinstance(node.operator, cst.Power) else node.left

"""What the operators share: building pieces of syntax tree that mean what they say where they are put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import libcst as cst

_EMPTY = cst.Module([])
_LONGEST_DETAIL = 28
_ATOM = 9
_RANKS: dict[type[cst.CSTNode], int] = {
    cst.Lambda: 0,
    cst.IfExp: 0,
    cst.BooleanOperation: 1,
    cst.Comparison: 3,
    cst.UnaryOperation: 7,
}
_OPERATOR_RANKS: dict[type[cst.CSTNode], int] = {cst.Add: 5, cst.Subtract: 5, cst.Power: 8, cst.BitOr: 4, cst.BitAnd: 4}
_PRODUCT = 6


class Change(NamedTuple):
    """One way to spoil a node.

    Parameters
    ----------
    detail : str
        What is changed, in the words of the code; may be empty.
    replacement : node
        What stands in the node's place; several statements in a row as a ``FlattenSentinel``.
    """

    detail: str
    replacement: cst.CSTNode | cst.FlattenSentinel[cst.BaseStatement]


def code(node: cst.CSTNode) -> str:
    """Write a node as source text."""
    return _EMPTY.code_for_node(node).strip()


def slug(node: cst.CSTNode) -> str:
    """Write a node so that it can stand in a name: words and hyphens, not too long."""
    return re.sub(r"[^\w.]+", "-", code(node)).strip("-")[:_LONGEST_DETAIL].rstrip("-")


def dotted(node: cst.CSTNode) -> str:
    """Read a dotted name such as ``np.random.rand``; empty where the node is none."""
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=owner, attr=cst.Name(value=name)):
            return f"{dotted(owner)}.{name}" if dotted(owner) else ""
        case _:
            return ""


def number(node: cst.CSTNode) -> float | int | None:
    """Read a literal number without a sign; None where the node is none."""
    match node:
        case cst.Integer():
            return int(node.evaluated_value)
        case cst.Float():
            return float(node.evaluated_value)
        case _:
            return None


def expression(text: str) -> cst.BaseExpression:
    """Parse an expression."""
    return cst.parse_expression(text)


def statement(text: str) -> cst.BaseStatement:
    """Parse a statement."""
    parsed = cst.parse_statement(text)
    assert isinstance(parsed, cst.BaseStatement)  # noqa: S101 - one line of text is no whole module
    return parsed


def grouped(node: cst.BaseExpression) -> cst.BaseExpression:
    """Put parentheses round an operation, so that it may stand anywhere."""
    if _rank(node) == _ATOM:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def in_place_of(old: cst.BaseExpression, new: cst.BaseExpression) -> cst.BaseExpression:
    """Fit an expression into another's place: in parentheses where its neighbours would tear it apart."""
    return grouped(new) if _rank(new) < _rank(old) else new


def without(arguments: Sequence[cst.Arg], left_out: cst.Arg) -> list[cst.Arg]:
    """Leave out one argument of a call."""
    kept = [argument for argument in arguments if argument is not left_out]
    if kept:
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return kept


def positional(call: cst.Call) -> list[cst.Arg]:
    """List the arguments of a call that have neither keyword nor star."""
    return [argument for argument in call.args if argument.keyword is None and not argument.star]


def keyword(call: cst.Call, name: str) -> cst.Arg | None:
    """Find an argument of a call by its keyword."""
    return next((a for a in call.args if a.keyword is not None and a.keyword.value == name), None)


def _rank(node: cst.BaseExpression) -> int:
    """Rank an expression by how tightly it holds together, 9 being an atom."""
    if node.lpar:
        return _ATOM
    if isinstance(node, cst.BinaryOperation):
        return _OPERATOR_RANKS.get(type(node.operator), _PRODUCT)
    return _RANKS.get(type(node), _ATOM)

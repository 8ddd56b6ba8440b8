"""What is done otherwise: for each kind of expression or statement, the slips that students make in it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.diagnosis.slips.calls import in_call
from autograder.diagnosis.slips.scope import Scope
from autograder.diagnosis.slips.speech import UNSAID, called, spoken
from autograder.diagnosis.slips.statements import STATEMENTS


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may stand in the place of a node.

    Parameters
    ----------
    node : ast.AST
        An expression; or a module whose statements stand in the place of a statement.
    family : str
        The kind of mistake.
    words : str
        What is wrong, in words.
    rank : int
        The lower, the likelier.
    kind : str
        The same for what is done otherwise in the same way.
    """

    node: ast.AST
    family: str
    words: str
    rank: int
    kind: str


def alternatives(node: ast.AST, scope: Scope) -> Iterator[Alternative]:
    """List the slips in one expression or statement, the parts of an expression excepted."""
    for kind, rule in _RULES:
        if isinstance(node, kind):
            what = type(getattr(node, "op", None)).__name__ + (called(node) if isinstance(node, ast.Call) else "")
            for number, (other, family, words, rank) in enumerate(rule(node, scope)):
                unsaid = UNSAID in words and family in _UNSPOKEN
                said = _UNSPOKEN[family] if unsaid else words.replace(UNSAID, _PART)
                yield Alternative(other, family, said, rank, kind=f"{rule.__name__} {what} {number}")


Found = tuple[ast.AST, str, str, int]
_PART = "a part"
# What is said of a kind of slip whose one part has no words.
_UNSPOKEN = {
    "factor-missing": "one of the factors is missing",
    "factor-twice": "one of the factors is applied twice",
    "division-missing": "one of the divisions is missing",
    "term-missing": "one of the terms is missing",
}
_BOUNDS = (0, 0.1, 0.5, 1)
_BESIDE = "_beside"


def _binary(node: ast.BinOp, _: Scope) -> Iterator[Found]:
    left, right = node.left, node.right
    one, other = spoken(left) or UNSAID, spoken(right) or UNSAID
    if isinstance(node.op, ast.Mult):
        yield left, "factor-missing", f"the factor {other} is missing", 0
        yield right, "factor-missing", f"the factor {one} is missing", 0
        yield _of(left, ast.Div(), right), "operation", f"{one} is divided by {other} instead of multiplied", 1
        yield _of(node, ast.Mult(), right), "factor-twice", f"the factor {other} is applied twice", 1
        yield _of(node, ast.Mult(), left), "factor-twice", f"the factor {one} is applied twice", 1
        yield _of(left, ast.Add(), right), "operation", f"{one} and {other} are added instead of multiplied", 2
    elif isinstance(node.op, ast.Div):
        yield left, "division-missing", f"the division by {other} is missing", 0
        yield _of(left, ast.Mult(), right), "operation", f"{one} is multiplied by {other} instead of divided", 1
        yield _of(node, ast.Div(), right), "factor-twice", f"the division by {other} is done twice", 1
        yield _of(right, ast.Div(), left), "operation", f"{other} is divided by {one}, the wrong way round", 2
        yield _of(left, ast.Div(), _call("sqrt", right)), "operation", f"the division is by the root of {other}", 2
        yield _of(left, ast.FloorDiv(), right), "operation", f"the division by {other} drops the remainder", 3
    elif isinstance(node.op, (ast.Add, ast.Sub)):
        yield from _sum(node, one, other)
    elif isinstance(node.op, ast.MatMult):
        yield _of(right, ast.MatMult(), left), "factor-order", f"{one} and {other} are multiplied in the wrong order", 2
        yield _of(left, ast.Mult(), right), "operation", f"{one} and {other} are multiplied entry by entry", 2
    elif isinstance(node.op, ast.Pow):
        yield left, "power", f"{one} is not raised to a power", 0
    for other_node in _unbracketed(node):
        yield other_node, "precedence", f"brackets are wrong round {spoken(node) or UNSAID}", 0


def _unbracketed(node: ast.BinOp) -> Iterator[ast.expr]:
    """Join three parts in the order that other brackets would give."""
    left, right, op = node.left, node.right, node.op
    if not isinstance(op, (ast.Mult, ast.Div)):
        return
    if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Add, ast.Sub)):
        yield _of(left.left, left.op, _of(left.right, op, right))
    if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div):
        inner = ast.Mult() if isinstance(op, ast.Mult) else ast.Div()
        yield _of(left.left, ast.Div(), _of(left.right, inner, right))
    if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Add, ast.Sub)):
        yield _of(_of(left, op, right.left), right.op, right.right)
    if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Mult, ast.Div)) and isinstance(op, ast.Div):
        yield _of(_of(left, op, right.left), right.op, right.right)


def _sum(node: ast.BinOp, one: str, other: str) -> Iterator[Found]:
    left, right = node.left, node.right
    counting = isinstance(right, ast.Constant)
    yield left, "term-missing", f"the term {other} is missing", 3 if counting else 0
    yield right, "term-missing", f"the term {one} is missing", 3 if counting else 0
    if isinstance(node.op, ast.Add):
        yield _of(left, ast.Sub(), right), "sign", f"{other} is subtracted instead of added", 1
        yield _of(right, ast.Sub(), left), "sign", f"{one} is subtracted instead of added", 1
    else:
        yield _of(left, ast.Add(), right), "sign", f"{other} is added instead of subtracted", 1
        yield _of(right, ast.Sub(), left), "sign", f"{one} is subtracted from {other}, the wrong way round", 1
    yield _of(left, ast.Mult(), right), "operation", f"{one} and {other} are multiplied", 3


def _constant(node: ast.Constant, scope: Scope) -> Iterator[Found]:
    value = node.value
    if isinstance(value, str) and value in scope.keys:
        for key in scope.confused(value):
            yield ast.Constant(key), "wrong-variable", f"{key} stands in the place of {value}", 1
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    others: dict[float, int] = dict.fromkeys((2 * value, value / 2, -value, 10 * value, value / 10), 2)
    if isinstance(value, int) and not isinstance(value, bool):
        others = {value + 1: 2, value - 1: 2, 2 * value: 2, -value: 2, 10 * value: 3}
    # In the place of a term, 0 is a term that is missing, which is likelier.
    others |= {0: 4, 1: 1, 0.01: 2, 0.1: 2, 0.5: 2, 4: 3, 100: 3}
    neighbour = getattr(node, _BESIDE, "")
    for other, rank in others.items():
        if other != value:
            words = f"{other:g} stands in the place of another number"
            if neighbour:
                words = f"beside {neighbour}, {other:g} stands in the place of another number"
            yield ast.Constant(other), "number", words, rank


def beside(node: ast.expr) -> None:
    """Note with the numbers in an expression what they are joined with, so that they can be told by it."""
    if isinstance(node, ast.BinOp):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, ast.Constant) and not isinstance(other, ast.Constant):
                setattr(one, _BESIDE, spoken(other))


def whole(index: object) -> int | None:
    """Give the whole number that an index is, where it is one."""
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        number = whole(index.operand)
        return None if number is None else -number
    value = index.value if isinstance(index, ast.Constant) else None
    return value if isinstance(value, int) else None


def _name(node: ast.Name, scope: Scope) -> Iterator[Found]:
    if not isinstance(node.ctx, ast.Load) or node.id not in scope.local:
        return
    for other in scope.mistaken(node.id):
        yield ast.Name(other, ast.Load()), "wrong-variable", f"{other} stands in the place of {node.id}", 2
    rest = _of(ast.Constant(1), ast.Sub(), node)
    yield rest, "operation", f"1 minus {node.id} stands in the place of {node.id}", 2
    for number in scope.usual.get(node.id, ()):
        fixed = f"a fixed number, {number:g}, stands in the place of {node.id}"
        yield ast.Constant(number), "argument-ignored", fixed, 2
    if node.id in scope.parameters:
        yield _of(node, ast.Mult(), node), "operation", f"the square of {node.id} stands in its place", 3
        yield _call("sqrt", node), "operation", f"the root of {node.id} stands in its place", 3
    yield ast.UnaryOp(ast.USub(), node), "sign", f"the sign of {node.id} is wrong", 3


def _compare(node: ast.Compare, _: Scope) -> Iterator[Found]:
    if len(node.ops) != 1:
        return
    what = spoken(node.left) or "a value"
    yield node.left, "comparison", f"{what} is used as it is, without the comparison", 1
    words: dict[type[ast.cmpop], str] = {
        ast.Lt: "below",
        ast.Gt: "above",
        ast.LtE: "not above",
        ast.GtE: "not below",
    }
    for operator, side in words.items():
        if not isinstance(node.ops[0], operator) and type(node.ops[0]) in words:
            other = ast.Compare(node.left, [operator()], node.comparators)
            text = f"the comparison is wrong: it asks whether {what} lies {side} its bound"
            yield other, "comparison", text, 1
    bound = node.comparators[0]
    for number in _BOUNDS if isinstance(bound, ast.Constant) else ():
        other = ast.Compare(node.left, node.ops, [ast.Constant(number)])
        yield other, "comparison", f"the bound with which {what} is compared is {number:g} instead of another", 2


def _unary(node: ast.UnaryOp, _: Scope) -> Iterator[Found]:
    if isinstance(node.op, ast.USub):
        yield node.operand, "sign", f"the minus before {spoken(node.operand) or UNSAID} is missing", 0


def _attribute(node: ast.Attribute, _: Scope) -> Iterator[Found]:
    if node.attr == "T":
        yield node.value, "transpose", f"{spoken(node.value) or 'a matrix'} is not transposed", 1


def _subscript(node: ast.Subscript, _: Scope) -> Iterator[Found]:
    index = node.slice
    number = whole(index)
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if any(isinstance(part, ast.Slice) and whole(part.step) == -1 for part in parts):
        yield _forwards(node), "order", "the entries stand in the opposite order", 0
    elif number is not None:
        for other in (0, 1, 2, -1):
            if other != number:
                subscript = ast.Subscript(node.value, ast.Constant(other), ast.Load())
                words = f"{spoken(subscript) or 'another entry'} stands in the place of {spoken(node) or 'another'}"
                yield subscript, "wrong-index", words, 1
    elif isinstance(index, (ast.Name, ast.BinOp)):
        for step in (1, -1, -2):
            moved = ast.BinOp(index, ast.Add(), ast.Constant(step))
            what = spoken(node.value) or "a list"
            words = f"the entry of {what} that is taken is {abs(step)} too {'late' if step > 0 else 'early'}"
            yield ast.Subscript(node.value, moved, ast.Load()), "wrong-index", words, 0
        for place, words in ((0, "first"), (-1, "last")):
            fixed = ast.Subscript(node.value, ast.Constant(place), ast.Load())
            what = spoken(node.value) or "a list"
            yield fixed, "wrong-index", f"the {words} entry of {what} is taken in every round", 1


def _forwards(node: ast.Subscript) -> ast.Subscript:
    """Give the same entries in the order in which they come; what a slice leaves out is another mistake."""
    changed = copy.deepcopy(node)
    for part in changed.slice.elts if isinstance(changed.slice, ast.Tuple) else [changed.slice]:
        if isinstance(part, ast.Slice) and whole(part.step) == -1:
            part.lower, part.upper, part.step = part.upper, part.lower, None
    return changed


def _calls(node: ast.Call, scope: Scope) -> Iterator[Found]:
    yield from in_call(node)
    name = called(node)
    for other in scope.functions.get(name, ()) if isinstance(node.func, ast.Name) else ():
        changed = ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)
        yield changed, "wrong-function", f"{other} is called instead of {name}", 1


def _of(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
    return ast.BinOp(copy.deepcopy(left), operator, copy.deepcopy(right))


def _call(function: str, argument: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), function, ast.Load()), [argument], [])


_RULES: tuple[tuple[type[ast.AST], Callable[..., Iterator[Found]]], ...] = (
    (ast.BinOp, _binary),
    (ast.Constant, _constant),
    (ast.Name, _name),
    (ast.Compare, _compare),
    (ast.UnaryOp, _unary),
    (ast.Attribute, _attribute),
    (ast.Subscript, _subscript),
    (ast.Call, _calls),
    *STATEMENTS,
)

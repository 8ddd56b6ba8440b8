"""Wrong use of arrays: products, axes, shapes, reductions."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import (
    Change,
    code,
    dotted,
    expression,
    grouped,
    in_place_of,
    keyword,
    positional,
    slug,
    without,
)

_PRODUCTS = {"np.dot", "np.matmul", "numpy.dot", "numpy.matmul"}
_SHAPED = {
    "zeros",
    "ones",
    "empty",
    "full",
    "reshape",
    "standard_normal",
    "random_sample",
    "random",
    "normal",
    "uniform",
}
_OTHER_FUNCTIONS = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "maximum": "minimum",
    "minimum": "maximum",
    "square": "abs",
    "abs": "square",
    "sqrt": "square",
    "exp": "log",
    "log": "log2",
    "std": "var",
    "var": "std",
    "zeros": "ones",
    "ones": "zeros",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
}


def elementwise(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for ``*`` where a matrix product belongs."""
    for left, right in _factors(node):
        product = cst.BinaryOperation(grouped(left), cst.Multiply(), grouped(right))
        yield Change(slug(left), grouped(product))


def factors_swapped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a matrix product in the wrong order."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.MatrixMultiply):
        yield Change(slug(node.left), node.with_changes(left=grouped(node.right), right=grouped(node.left)))


def transpose(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a transpose that is missing, or that is one too many."""
    match node:
        case cst.Attribute(value=value, attr=cst.Name(value="T")):
            yield Change(f"of-{slug(value)}-dropped", in_place_of(node, value))
    for factors in _factors(node):
        for factor in factors:
            if not code(factor).endswith(".T"):
                transposed = cst.Attribute(grouped(factor), cst.Name("T"))
                yield Change(f"of-{slug(factor)}-added", _with(node, factor, transposed))


def axis(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a sum over the wrong axis, or over all of them."""
    if isinstance(node, cst.Call) and (argument := keyword(node, "axis")) is not None:
        other = {"0": "1", "1": "0"}.get(code(argument.value), "0")
        changed = [a.with_changes(value=expression(other)) if a is argument else a for a in node.args]
        yield Change(f"{slug(argument.value)}-to-{other}", node.with_changes(args=changed))
        yield Change("dropped", node.with_changes(args=without(node.args, argument)))


def keepdims(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a column that became a flat vector."""
    if isinstance(node, cst.Call) and (argument := keyword(node, "keepdims")) is not None:
        yield Change("dropped", node.with_changes(args=without(node.args, argument)))


def numpy_function(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for NumPy's neighbouring function: a mean for a sum, absolute values for squares, ones for zeros."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = node.func.attr.value
        if name in _OTHER_FUNCTIONS:
            other = _OTHER_FUNCTIONS[name]
            function = node.func.with_changes(attr=cst.Name(other))
            yield Change(f"{name}-to-{other}", node.with_changes(func=function))


def norm(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for the squared norm, or a sum of absolute values, in the place of the Euclidean norm."""
    if isinstance(node, cst.Call) and dotted(node.func).endswith("linalg.norm") and len(node.args) == 1:
        yield Change("squared", grouped(cst.BinaryOperation(node, cst.Power(), cst.Integer("2"))))
        yield Change("absolute", expression(f"np.sum(np.abs({code(node.args[0].value)}))"))


def shape(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for rows and columns exchanged, a flat vector, or one number a row or a column."""
    if not isinstance(node, cst.Call) or not node.args:
        return
    first = node.args[0]
    if first.star == "*" and code(first.value).endswith(".shape") and len(node.args) == 1:
        rows, columns = (expression(f"{code(first.value)}[{index}]") for index in (0, 1))
        yield Change("one-column", node.with_changes(args=[cst.Arg(rows), cst.Arg(cst.Integer("1"))]))
        yield Change("one-row", node.with_changes(args=[cst.Arg(cst.Integer("1")), cst.Arg(columns)]))
    match first.value:
        case cst.Tuple(elements=[row, column]) if dotted(node.func).rpartition(".")[2] in _SHAPED:
            swapped = cst.Tuple([cst.Element(column.value), cst.Element(row.value)])
            yield Change("swapped", _with(node, first.value, swapped))
            if code(column.value) == "1":
                flat = cst.Tuple([cst.Element(row.value, comma=cst.Comma())])
                yield Change("flat", _with(node, first.value, flat))


def whole_numbers(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for an array of integers that cuts off what is stored in it."""
    if isinstance(node, cst.Call) and dotted(node.func) in {"np.zeros", "np.empty", "np.ones"} and len(node.args) == 1:
        match scope.parents[node]:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                yield Change(name, node.with_changes(args=[*node.args, _argument("dtype", "int")]))


def _factors(node: cst.CSTNode) -> list[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """Name the two factors of a matrix product; none where the node is no such product."""
    match node:
        case cst.BinaryOperation(left=left, operator=cst.MatrixMultiply(), right=right):
            return [(left, right)]
        case cst.Call(func=function) if dotted(function) in _PRODUCTS and len(positional(node)) == len(node.args) > 1:
            return [(node.args[0].value, node.args[1].value)]
        case _:
            return []


def _with(node: cst.CSTNode, part: cst.CSTNode, other: cst.CSTNode) -> cst.CSTNode:
    changed = node.deep_replace(part, other)
    assert isinstance(changed, cst.CSTNode)  # noqa: S101 - a part was replaced, not the node itself
    return changed


def _argument(name: str, value: str) -> cst.Arg:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(expression(value), cst.Name(name), equal=equal)

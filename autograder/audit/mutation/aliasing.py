"""Right numbers at a cost: arguments that are changed, arrays that are one where they should be two."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, code, dotted, expression, positional, slug, statement

_COPIES = {"np.copy", "np.array", "copy.copy", "copy.deepcopy", "dict", "list"}
_IN_PLACE = {"np.square", "np.exp", "np.log", "np.sqrt", "np.abs"}
_AUGMENTED = {cst.Add: "+=", cst.Subtract: "-=", cst.Multiply: "*=", cst.Divide: "/="}
_LASTING = {"list": "{}.pop()", "dict": "{}.popitem()", "np.ndarray": "{} += 1", "tuple[np.ndarray": "{}[0][...] = 0"}


def copy_dropped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a second name where a second array is needed."""
    match node:
        case cst.Call(func=cst.Attribute(value=original, attr=cst.Name(value="copy")), args=[]):
            yield Change(slug(original), original)
        case cst.Call(func=function, args=[cst.Arg(value=original)]) if dotted(function) in _COPIES:
            if isinstance(original, (cst.Name, cst.Attribute, cst.Subscript)):
                yield Change(slug(original), original)


def in_place(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for ``A3 -= Y`` on an argument: what the caller holds is changed."""
    match node:
        case cst.SimpleStatementLine(
            body=[
                cst.Assign(
                    targets=[cst.AssignTarget(target=cst.Name(value=target))],
                    value=cst.BinaryOperation(left=cst.Name(value=left), operator=operator, right=right),
                )
            ]
        ) if left in scope.inputs and type(operator) in _AUGMENTED:
            if not scope.is_scalar(left) or scope.read_after(left, scope.line(node)):
                change = statement(f"{left} {_AUGMENTED[type(operator)]} {code(right)}")
                yield Change(left, cst.FlattenSentinel([change, statement(f"{target} = {left}")]))


def out_in_place(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a function whose result is written over the argument."""
    if isinstance(node, cst.Call) and dotted(node.func) in _IN_PLACE and len(node.args) == len(positional(node)) == 1:
        name = code(node.args[0].value)
        if name in scope.inputs and not scope.is_scalar(name):
            yield Change(name, expression(f"{code(node.func)}({name}, out={name})"))


def argument_changed(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for an answer that works on the caller's own list, dictionary or array."""
    match node:
        case cst.SimpleStatementLine(body=[cst.Return(value=cst.BaseExpression() as value)]):
            for name in scope.parameters:
                kind = next((kind for kind in _LASTING if scope.annotation(name).startswith(kind)), None)
                if kind is not None and name in scope.inputs:
                    # The result is made before the argument is spoilt.
                    made = statement(f"result = {code(value)}")
                    change = statement(_LASTING[kind].format(name))
                    yield Change(name, cst.FlattenSentinel([made, change, statement("return result")]))

"""Wrong results: what is returned, and from where."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, code, expression, grouped, slug, statement

_ENTRIES = 3


def returned(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a result that is None, wrapped, rounded, off by one, in the wrong order or only a part of it."""
    if not isinstance(node, cst.Return) or node.value is None:
        return
    yield Change("none", _returning("None"))
    value = code(node.value)
    if isinstance(node.value, cst.Tuple):
        parts = [code(element.value) for element in node.value.elements]
        yield Change("reversed", _returning(", ".join(reversed(parts))))
        for part in parts:
            yield Change(f"only-{part}", _returning(part))
    else:
        yield Change("wrapped", _returning(f"({value},)"))
    if scope.returns_scalar():
        yield Change("whole-number", _returning(f"int({value})"))
        yield Change("rounded", _returning(f"round({value}, 2)"))
        yield Change("doubled", _returning(f"2 * {value}"))
        yield Change("off-by-one", _returning(f"1 + {value}"))


def returned_transposed(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for an array that is returned transposed."""
    match node:
        case cst.DictElement(value=value) | cst.Element(value=value) if isinstance(value, cst.Name):
            line = scope.enclosing(node, cst.Return, cst.Assign)
            if isinstance(node, cst.DictElement) or isinstance(line, cst.Return):
                yield Change(value.value, node.with_changes(value=cst.Attribute(value, cst.Name("T"))))


def entry(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for an entry of a dictionary that is missing, or for keys in the wrong case."""
    if isinstance(node, cst.Dict):
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                others = [each for each in node.elements if each is not element]
                yield Change(f"{slug(element.key)}-missing", node.with_changes(elements=others))
        if node.elements:
            yield Change("keys-in-capitals", node.with_changes(elements=[_in_capitals(each) for each in node.elements]))


def members(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a tuple with its first or last member missing, or with the first two exchanged."""
    match scope.parents[node]:
        case cst.Assign(value=value) if value is node and isinstance(node, cst.Tuple):
            parts = [code(element.value) for element in node.elements]
            if len(parts) >= _ENTRIES:
                first, second, *rest = parts
                yield Change("first-missing", _tuple(second, *rest))
                yield Change("last-missing", _tuple(*parts[:-1]))
                yield Change("swapped", _tuple(second, first, *rest))


def deleted(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a step that was left out: a change of a variable or an entry that exists without it."""
    if isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1:
        match node.body[0]:
            case cst.AugAssign(target=target):
                yield Change(slug(target), statement("pass"))
            case cst.Assign(targets=[cst.AssignTarget(target=target)]):
                if isinstance(target, cst.Subscript) or _bound_before(target, scope):
                    yield Change(slug(target), statement("pass"))


def returned_early(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a ``return`` that was indented into the loop above it."""
    if isinstance(node, cst.IndentedBlock):
        for loop, end in zip(node.body, node.body[1:], strict=False):
            match loop, end:
                case cst.For(body=cst.IndentedBlock(body=steps)), cst.SimpleStatementLine(body=[cst.Return()]):
                    inside = [*steps, end.with_changes(leading_lines=[])]
                    changed = loop.with_changes(body=loop.body.with_changes(body=inside))
                    body = [changed if each is loop else each for each in node.body]
                    yield Change("", node.with_changes(body=body))


def _in_capitals(element: cst.BaseDictElement) -> cst.BaseDictElement:
    match element:
        case cst.DictElement(key=cst.SimpleString() as key):
            return element.with_changes(key=expression(repr(str(key.evaluated_value).upper())))
        case _:
            return element


def _returning(value: str) -> cst.Return:
    return cst.Return(expression(value))


def _tuple(*parts: str) -> cst.BaseExpression:
    return grouped(expression(f"({', '.join(parts)},)"))


def _bound_before(target: cst.BaseExpression, scope: Scope) -> bool:
    return isinstance(target, cst.Name) and target.value in scope.known_before(target)

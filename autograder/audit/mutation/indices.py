"""Wrong places: indices, ranges and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, code, dotted, expression, number, slug

_LAYER_KEY = re.compile(r"([A-Za-z]\w*?)(\d+)")


def index(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for the neighbouring entry: off by one, or rows for columns of a shape."""
    if isinstance(node, cst.Index) and node.star is None:
        for other in _neighbours(node.value):
            yield Change(f"{slug(node.value)}-to-{slug(expression(other))}", node.with_changes(value=expression(other)))


def index_dropped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a whole array that is changed where one entry should be."""
    match node:
        case cst.AugAssign(target=cst.Subscript(value=cst.Name() as whole)):
            yield Change(slug(node.target), node.with_changes(target=whole))
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript(value=cst.Name() as whole))]):
            yield Change(slug(node.targets[0].target), node.with_changes(targets=[cst.AssignTarget(whole)]))


def loop_range(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a loop that begins or ends one too early or too late."""
    if isinstance(node, cst.Call) and dotted(node.func) == "range" and len(node.args) in {1, 2}:
        start = code(node.args[0].value) if len(node.args) == 2 else "0"  # noqa: PLR2004 - a start and an end
        end = code(node.args[-1].value)
        first = number(expression(start))
        starts = [str(int(first) + 1)] + ([str(int(first) - 1)] if first else []) if first is not None else []
        for other in starts:
            yield Change(f"start-{start}-to-{other}", expression(f"range({other}, {end})"))
        for detail, other in (("short", f"({end}) - 1"), ("long", f"({end}) + 1")):
            yield Change(detail, expression(f"range({start}, {_plain(other)})"))


def key(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for the neighbouring layer's entry of a dictionary, or for another array of the same layer."""
    if not isinstance(node, cst.SimpleString) or not isinstance(scope.parents[node], cst.Index):
        return
    match = _LAYER_KEY.fullmatch(str(node.evaluated_value))
    if match:
        stem, layer = match[1], int(match[2])
        for other in (f"{stem}{layer - 1 or layer + 1}", f"{'b' if stem.startswith('W') else 'W'}{layer}"):
            yield Change(f"{match[0]}-to-{other}", cst.SimpleString(f'"{other}"'))


def layer_key(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for keys that count from another number, or that are named otherwise."""
    match node:
        case cst.FormattedStringExpression(expression=cst.Name(value=name)):
            for other in (f"{name} - 1", f"{name} + 1"):
                yield Change(slug(expression(other)), node.with_changes(expression=expression(other)))
        case cst.FormattedStringText(value=text) if _names_entry(node, scope):
            yield Change(f"{slug(cst.Name(text))}-renamed", node.with_changes(value=f"{text}_"))


def _neighbours(value: cst.BaseExpression) -> list[str]:
    """Write the indices that are easily taken for another one."""
    match value:
        case cst.Integer():
            position = int(value.evaluated_value)
            return [str(position - 1 if position else 1)]
        case cst.Name(value=name):
            return [f"{name} - 1", "0"]
        case _:
            return []


def _names_entry(node: cst.CSTNode, scope: Scope) -> bool:
    """Whether a piece of text is the name in a dictionary's key, such as the W of ``f"W{l}"``."""
    string = scope.parents[node]
    return isinstance(scope.parents[string], cst.Index) and isinstance(string, cst.FormattedString)


def _plain(text: str) -> str:
    """Leave out parentheses that hold one name or number."""
    return re.sub(r"\((\w+)\)", r"\1", text)

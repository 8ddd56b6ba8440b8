"""Wrong operands: the neighbouring layer, the activation for the pre-activation, a name that looks alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change

_NUMBERED = re.compile(r"(\w*?[A-Za-z])(\d+)")
# What students of neural networks confuse within one layer.
_FAMILY = {"A": "Z", "Z": "A", "W": "b", "dA": "dZ", "dZ": "dA", "D": "A"}
_ALIKE = 3


def layer(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for an array of the layer below or above."""
    if isinstance(node, cst.Name) and scope.reads(node) and (match := _NUMBERED.fullmatch(node.value)):
        stem, number = match[1], int(match[2])
        others = [f"{stem}{other}" for other in (number - 1, number + 1)]
        yield from _replaced(node, [name for name in others if name in scope.known_before(node)])


def family(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for another array of the same layer: Z for A, b for W, dZ for dA."""
    if isinstance(node, cst.Name) and scope.reads(node) and (match := _NUMBERED.fullmatch(node.value)):
        other = f"{_FAMILY.get(match[1], '')}{match[2]}"
        yield from _replaced(node, [other] if other in scope.known_before(node) else [])


def similar(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a variable with a similar name, or for another argument of the same kind."""
    if not isinstance(node, cst.Name) or not scope.reads(node) or _NUMBERED.fullmatch(node.value):
        return
    others = [name for name in scope.known_before(node) if name != node.value]
    alike = [name for name in others if _alike(name, node.value)]
    kind = scope.annotation(node.value)
    alike += [name for name in others if name not in alike and kind and scope.annotation(name) == kind]
    yield from _replaced(node, alike[:2])


def _replaced(node: cst.Name, others: list[str]) -> Iterator[Change]:
    for other in others:
        yield Change(f"{node.value}-to-{other}", node.with_changes(value=other))


def _alike(one: str, other: str) -> bool:
    """Whether two names begin alike, as theta and theta_plus do, or J_plus and J_minus."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _ALIKE and longer.startswith(shorter):
        return True
    return "_" in shorter and one.partition("_")[0] == other.partition("_")[0]

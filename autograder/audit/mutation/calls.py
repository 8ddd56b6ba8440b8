"""Wrong calls: forgotten, of another function, with arguments or results exchanged."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, dotted, in_place_of, positional

# Without these the code cannot run at all, or does the same.
_NEEDED = {"range", "len", "float", "print", "enumerate", "zip", "np.array", "np.asarray", "np.copy"}


def call_forgotten(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a function that was not applied: no square, no root, no activation."""
    if isinstance(node, cst.Call) and len(positional(node)) == 1 and not node.args[0].star:
        name = dotted(node.func)
        if name not in _NEEDED | {""} and not name.endswith(".seed"):
            yield Change(name, in_place_of(node, node.args[0].value))


def wrong_function(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for another function of the same text: sigmoid for relu, the backward pass for the forward pass."""
    match node:
        case cst.Call(func=cst.Name(value=name)) if name in scope.calls:
            others = [other for other, count in scope.calls.items() if count == scope.calls[name] and other != name]
            for other in [other for other in others if other not in _NEEDED and name not in _NEEDED][:2]:
                yield Change(f"{name}-to-{other}", node.with_changes(func=cst.Name(other)))


def arguments_swapped(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for the first two arguments in the wrong order."""
    if isinstance(node, cst.Call) and dotted(node.func) not in _NEEDED and len(positional(node)) > 1:
        first, second, *others = node.args
        swapped = [first.with_changes(value=second.value), second.with_changes(value=first.value), *others]
        yield Change(dotted(node.func) or "call", node.with_changes(args=swapped))


def unpacking(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for the wrong one of two results, or for both where one is meant."""
    match node:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Tuple(elements=[one, two]))], value=cst.Call()):
            swapped = cst.Tuple([cst.Element(two.value), cst.Element(one.value)], lpar=[], rpar=[])
            yield Change("swapped", node.with_changes(targets=[cst.AssignTarget(swapped)]))
            if isinstance(one.value, cst.Name):
                yield Change("forgotten", node.with_changes(targets=[cst.AssignTarget(one.value)]))

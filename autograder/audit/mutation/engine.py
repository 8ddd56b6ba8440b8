"""One small mistake at a time, wherever an operator finds room for it."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper

from autograder.audit.mutation.registry import OPERATORS
from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, dotted
from autograder.audit.variants import Variant, difference
from autograder.errors import UsageError


class _Mutation(NamedTuple):
    """What is put in the place of which nodes."""

    line: int
    label: str
    spoilt: dict[cst.CSTNode, Change]


def mutants(source: str, function: str) -> tuple[Variant, ...]:
    """Make wrong answers of a right one.

    Every operator is applied to every place of the function's body that it fits, one place at a time; where an
    operator stands for a mistake that students repeat in every layer, all its places are also spoilt at once.
    Docstrings, annotations and what only prints stay as they are.

    Parameters
    ----------
    source : str
        Text of the answer cell.
    function : str
        The graded function that it defines.

    Returns
    -------
    tuple of Variant
        In the order of the text. Each is valid Python; no two mean the same to the parser, and none what `source`
        means. Some may still compute the same: that is for their reader to find out.

    Raises
    ------
    UsageError
        Where the cell has no such function.
    """
    wrapper = MetadataWrapper(cst.parse_module(source))
    scope = Scope.of(wrapper, definition(wrapper.module, function))
    seen = {_meaning(source)}
    labels: Counter[str] = Counter()
    found = []
    for mutation in _mutations(scope):
        text = _apply(wrapper.module, mutation.spoilt, scope)
        meaning = _meaning(text)
        if meaning and meaning not in seen:
            seen.add(meaning)
            labels[f"{mutation.label}@{mutation.line}"] += 1
            name = _name(mutation, labels[f"{mutation.label}@{mutation.line}"])
            found.append(Variant(function, name, text, difference(source, text)))
    return tuple(found)


def definition(module: cst.Module, function: str) -> cst.FunctionDef:
    """Find a function of a cell; the last of that name counts, as it does when the cell is run.

    Raises
    ------
    UsageError
        Where there is none.
    """
    for each in reversed(module.body):
        if isinstance(each, cst.FunctionDef) and each.name.value == function:
            return each
    raise UsageError(f"The cell defines no function {function!r} at its top level. Give the text of its answer cell.")


def _mutations(scope: Scope) -> list[_Mutation]:
    """List all mutations of a function, in the order of the text."""
    nodes = [*scope.parameters.values(), *_mutable(scope.function.body, docstring=True)]
    found = []
    for operator in OPERATORS:
        group: dict[str, dict[cst.CSTNode, Change]] = {}
        for node in nodes:
            for change in operator.find(node, scope):
                label = f"{operator.name}-{change.detail}".rstrip("-")
                found.append(_Mutation(scope.line(node), label, {node: change}))
                # W1, W2 and W3 are one mistake in three lines.
                group.setdefault(re.sub(r"(?<=[A-Za-z])\d+", "", label), {}).setdefault(node, change)
        if operator.repeats:
            found += [
                _Mutation(scope.line(next(iter(spoilt))), f"{label}-everywhere", spoilt)
                for label, spoilt in group.items()
                if len(spoilt) > 1
            ]
    return sorted(found, key=lambda mutation: mutation.line)


def _mutable(node: cst.CSTNode, *, docstring: bool = False) -> Iterator[cst.CSTNode]:
    """Visit the nodes that may be spoilt, in the order of the text."""
    if isinstance(node, (cst.Annotation, cst.Decorator, cst.Parameters)) or _only_prints(node):
        return
    yield node
    children = node.children
    if docstring and isinstance(node, cst.IndentedBlock):
        children = [child for child in children if not (child is node.body[0] and _is_text(node.body[0]))]
    for child in children:
        yield from _mutable(child)


def _is_text(node: cst.CSTNode) -> bool:
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]):
            return True
        case _:
            return False


def _only_prints(node: cst.CSTNode | None) -> bool:
    """Whether all that a statement does is printing."""
    match node:
        case cst.SimpleStatementLine(body=parts):
            return all(isinstance(p, cst.Expr) and _is_print(p.value) for p in parts)
        case cst.If(body=cst.IndentedBlock(body=steps), orelse=orelse):
            return all(map(_only_prints, steps)) and (orelse is None or _only_prints(orelse))
        case cst.Else(body=cst.IndentedBlock(body=steps)) | cst.For(body=cst.IndentedBlock(body=steps), orelse=None):
            return all(map(_only_prints, steps))
        case _:
            return False


def _is_print(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.Call) and dotted(value.func) == "print"


class _Replacer(cst.CSTTransformer):
    """Put other nodes in the place of some, and look no further below these."""

    def __init__(self, spoilt: Mapping[cst.CSTNode, Change], scope: Scope) -> None:
        super().__init__()
        self._spoilt = spoilt
        # A visit of all nodes would take longer than all else that a mutant needs.
        self._above = {above for node in spoilt for above in scope.above(node)}

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node in self._above and node not in self._spoilt

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        if original_node not in self._spoilt:
            return updated_node
        replacement: cst.CSTNodeT | cst.FlattenSentinel[cst.CSTNodeT] = self._spoilt[original_node].replacement  # type: ignore[assignment] # an operator answers with what may stand in the node's place
        return replacement


def _apply(module: cst.Module, spoilt: Mapping[cst.CSTNode, Change], scope: Scope) -> str:
    return module.visit(_Replacer(spoilt, scope)).code


def _meaning(source: str) -> str:
    """Write what the parser makes of a text; empty where it is no Python.

    An operator knows its node, not every place where such a node may stand: what does not parse is no mutant.
    """
    try:
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            tree = ast.parse(source)
            compile(tree, "<mutant>", "exec")
    except SyntaxError:
        return ""
    return ast.dump(tree)


def _name(mutation: _Mutation, time: int) -> str:
    """Name a mutant by what is wrong and where; the second of a name on one line is numbered."""
    again = f"-{time}" if time > 1 else ""
    return f"{mutation.label}{again}@{mutation.line}"

"""What an operator may know about the function round a node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import libcst as cst
from libcst.metadata import (
    CodeRange,
    ExpressionContext,
    ExpressionContextProvider,
    MetadataWrapper,
    ParentNodeProvider,
    PositionProvider,
)

from autograder.audit.mutation.syntax import code, dotted

_SCALARS = {"float", "int", "bool", "str"}


@dataclass(frozen=True)
class Scope:
    """A graded function, with what its names are.

    Parameters
    ----------
    function : FunctionDef
    positions, parents, contexts : mapping
        libcst's metadata of the cell.
    """

    function: cst.FunctionDef
    positions: Mapping[cst.CSTNode, CodeRange]
    parents: Mapping[cst.CSTNode, cst.CSTNode]
    contexts: Mapping[cst.CSTNode, ExpressionContext | None]

    @classmethod
    def of(cls, wrapper: MetadataWrapper, function: cst.FunctionDef) -> Scope:
        """Take the metadata of a function's cell."""
        return cls(
            function,
            wrapper.resolve(PositionProvider),
            wrapper.resolve(ParentNodeProvider),
            wrapper.resolve(ExpressionContextProvider),
        )

    def line(self, node: cst.CSTNode) -> int:
        """Line of the cell, from 1, where a node begins."""
        return int(self.positions[node].start.line)

    def above(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """Give the nodes that a node stands in, from its parent up to the module."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def reads(self, node: cst.CSTNode) -> bool:
        """Whether a node is a variable that is read; a function that is called is none."""
        if not isinstance(node, cst.Name) or self.contexts.get(node) is not ExpressionContext.LOAD:
            return False
        parent = self.parents[node]
        return not (isinstance(parent, cst.Call) and parent.func is node) and not (
            isinstance(parent, cst.Arg) and parent.keyword is node
        )

    @cached_property
    def parameters(self) -> dict[str, cst.Param]:
        """The function's parameters by name."""
        group = self.function.params
        return {param.name.value: param for param in (*group.posonly_params, *group.params, *group.kwonly_params)}

    @cached_property
    def bindings(self) -> dict[str, list[int]]:
        """The lines where each local name is bound, parameters included, the first one first."""
        found = {name: [self.line(self.function)] for name in self.parameters}
        for node in walk(self.function.body):
            if isinstance(node, cst.Name) and self.contexts.get(node) is ExpressionContext.STORE:
                found.setdefault(node.value, []).append(self.line(node))
        return found

    def known_before(self, node: cst.CSTNode) -> list[str]:
        """Local names that are bound on a line above a node."""
        return [name for name, lines in self.bindings.items() if lines[0] < self.line(node)]

    def annotation(self, name: str) -> str:
        """Source of a parameter's annotation; empty where it has none."""
        param = self.parameters.get(name)
        return "" if param is None or param.annotation is None else code(param.annotation.annotation)

    def is_scalar(self, name: str) -> bool:
        """Whether a parameter is annotated as one plain number or text."""
        return self.annotation(name) in _SCALARS

    def returns_scalar(self) -> bool:
        """Whether the function is annotated to return one plain number or text."""
        returns = self.function.returns
        return returns is not None and code(returns.annotation) in _SCALARS

    def read_after(self, name: str, line: int) -> bool:
        """Whether a name is read below a line."""
        nodes = walk(self.function.body)
        return any(self.reads(node) and code(node) == name and self.line(node) > line for node in nodes)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """Names that are an argument, or a part of one, and never anything else."""
        found = set(self.parameters)
        times: dict[str, int] = {}
        for node in walk(self.function.body):
            if isinstance(node, cst.Assign):
                for target, value in _pairs(node.targets[0].target, node.value):
                    if _root(value) in found and isinstance(target, cst.Name):
                        times[target.value] = times.get(target.value, 0) + 1
                        found.add(target.value)
        return frozenset(
            name for name in found if len(self.bindings[name]) == times.get(name, 0) + (name in self.parameters)
        )

    @cached_property
    def masks(self) -> frozenset[str]:
        """Names that are bound to the result of a comparison."""
        assigned = [node for node in walk(self.function.body) if isinstance(node, cst.Assign)]
        return frozenset(code(node.targets[0].target) for node in assigned if isinstance(node.value, cst.Comparison))

    @cached_property
    def calls(self) -> dict[str, int]:
        """How many positional arguments the function's calls of plain names take, by name."""
        return {
            node.func.value: len([argument for argument in node.args if argument.keyword is None])
            for node in walk(self.function.body)
            if isinstance(node, cst.Call) and isinstance(node.func, cst.Name)
        }

    @cached_property
    def seed(self) -> cst.SimpleStatementLine | None:
        """The statement that starts a stream of random numbers."""
        lines = [node for node in walk(self.function.body) if isinstance(node, cst.SimpleStatementLine)]
        return next((node for node in lines if is_seed(node)), None)

    def enclosing(self, node: cst.CSTNode, *kinds: type[cst.CSTNode]) -> cst.CSTNode | None:
        """Find the nearest node of some kinds round a node, within the function."""
        while node is not self.function:
            node = self.parents[node]
            if isinstance(node, kinds):
                return node
        return None


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Visit a node and all below it, in the order of the text."""
    yield node
    for child in node.children:
        yield from walk(child)


def is_seed(line: cst.SimpleStatementLine) -> bool:
    """Whether a statement is a call such as ``np.random.seed(1)``."""
    match line.body:
        case [cst.Expr(value=cst.Call(func=function))]:
            return dotted(function).endswith(".seed")
        case _:
            return False


def is_draw(node: cst.CSTNode) -> bool:
    """Whether a node is a call that draws random numbers."""
    name = dotted(node.func) if isinstance(node, cst.Call) else ""
    return ".random." in name and not name.endswith(".seed")


def _pairs(
    target: cst.BaseExpression, value: cst.BaseExpression
) -> list[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """Take an unpacking apart: each target with the value that it is, or is a part of."""
    if not isinstance(target, cst.Tuple):
        return [(target, value)]
    targets = [element.value for element in target.elements]
    if isinstance(value, cst.Tuple):
        return list(zip(targets, [element.value for element in value.elements], strict=False))
    return [(each, value) for each in targets]


def _root(value: cst.BaseExpression) -> str:
    """Name the variable that an expression is, or is an item of; empty where it is something new."""
    while isinstance(value, cst.Subscript):
        value = value.value
    return value.value if isinstance(value, cst.Name) else ""

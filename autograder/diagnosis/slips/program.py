"""The reference with every slip in it, compiled once."""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.slips.operators import Alternative, alternatives
from autograder.diagnosis.slips.scope import Scope

_SWITCH = "_slips_made"
_MOST_SITES = 1000


@dataclass(frozen=True, slots=True)
class Slip:
    """One small thing done otherwise in one place.

    Parameters
    ----------
    site : int
        Where the function looks up whether to make it.
    target : str
        The name that the statement computes.
    family : str
        The kind of mistake.
    words : str
        What is wrong, in words.
    rank : int
        The lower, the likelier.
    kind : str
        The same for slips that are made in the same way in other places.
    """

    site: int
    target: str
    family: str
    words: str
    rank: int
    kind: str


@dataclass(frozen=True, slots=True)
class Program:
    """A function that makes slips.

    Parameters
    ----------
    slips : tuple of Slip
    """

    slips: tuple[Slip, ...]
    _function: Callable[..., Any]
    _switch: list[int]
    _before: dict[str, Any]

    def run(self, made: tuple[Slip, ...], arguments: tuple[Any, ...], lent: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Call the function with some slips made, and with some of its global names replaced."""
        space = self._function.__globals__
        space.update(lent)
        for slip in made:
            self._switch[slip.site] = 1
        try:
            return self._function(*arguments)
        finally:
            for slip in made:
                self._switch[slip.site] = 0
            space.update({name: self._before[name] for name in lent if name in self._before})


def program(right: Callable[..., Any], replaced: dict[str, Any]) -> Program | None:
    """Compile a reference with its slips.

    Parameters
    ----------
    right : callable
        A function whose text can be found.
    replaced : dict of str to object
        What stands in for some of its global names.

    Returns
    -------
    Program or None
        None where there is no text, or where it has a loop that a slip could make endless.
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(right)))
    except (OSError, TypeError, SyntaxError):
        return None
    definition = tree.body[0] if tree.body else None
    if not isinstance(definition, ast.FunctionDef) or any(isinstance(node, ast.While) for node in ast.walk(tree)):
        return None
    weaver = _Weaver(Scope.of(definition, getattr(right, "__globals__", {})))
    definition.body = weaver.block(definition.body)
    _bare(definition)
    switch = [0] * weaver.sites
    space: dict[str, Any] = {**getattr(right, "__globals__", {}), **replaced, _SWITCH: switch}
    exec(compile(ast.fix_missing_locations(tree), "<slips>", "exec"), space)  # noqa: S102 - the reference's own text
    return Program(tuple(weaver.slips), space[definition.name], switch, dict(space))


def _bare(definition: ast.FunctionDef) -> None:
    """Leave out what is evaluated at the definition, defaults excepted."""
    definition.decorator_list = []
    definition.returns = None
    for argument in (*definition.args.posonlyargs, *definition.args.args, *definition.args.kwonlyargs):
        argument.annotation = None


class _Weaver:
    """Puts the alternatives of every node beside it, behind a look at the switch."""

    def __init__(self, scope: Scope) -> None:
        self.slips: list[Slip] = []
        self.sites = 0
        self._scope = scope
        self._target = ""

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [woven for statement in body for woven in self._statement(statement)]

    def _statement(self, node: ast.stmt) -> Iterator[ast.stmt]:
        self._target = _target(node) or self._target
        original = copy.deepcopy(node)
        for field in ("value", "iter", "test"):
            if isinstance(getattr(node, field, None), ast.expr):
                setattr(node, field, self._expression(getattr(node, field)))
        for field in ("body", "orelse"):
            inner = getattr(node, field, None)
            if inner:
                setattr(node, field, self.block(inner))
        before: list[ast.stmt] = [node]
        for alternative in alternatives(original, self._scope):
            test = self._made(alternative)
            if test is not None and isinstance(alternative.node, ast.Module):
                before = [ast.If(test, alternative.node.body, before)]
        yield from before

    def _expression(self, node: ast.expr) -> ast.expr:
        original = copy.deepcopy(node)
        self._children(node)
        woven = node
        for alternative in alternatives(original, self._scope):
            test = self._made(alternative)
            if test is not None and isinstance(alternative.node, ast.expr):
                woven = ast.IfExp(test, alternative.node, woven)
        return woven

    def _children(self, node: ast.AST) -> None:
        if isinstance(node, (ast.Lambda, ast.JoinedStr, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp)):
            return
        for field, value in ast.iter_fields(node):
            if field == "func" and isinstance(value, ast.Attribute):
                continue
            # Another number here is no other number but another entry, or another axis: rules of their own say so.
            if field == "slice" and isinstance(value, ast.Constant) and isinstance(value.value, int):
                continue
            # And a bound is another comparison.
            if field == "comparators" and isinstance(value[0], ast.Constant):
                continue
            if isinstance(value, ast.expr):
                setattr(node, field, self._expression(value))
            elif isinstance(value, list):
                value[:] = [self._expression(item) if isinstance(item, ast.expr) else item for item in value]
                for item in value:
                    if isinstance(item, ast.keyword) and item.arg not in {"axis", "keepdims"}:
                        item.value = self._expression(item.value)

    def _made(self, alternative: Alternative) -> ast.expr | None:
        """Give the test whether a slip is to be made, and note the slip."""
        if self.sites >= _MOST_SITES:
            return None
        site = self.sites
        self.sites += 1
        self.slips.append(
            Slip(site, self._target, alternative.family, alternative.words, alternative.rank, alternative.kind)
        )
        return ast.Subscript(ast.Name(_SWITCH, ast.Load()), ast.Constant(site), ast.Load())


def _target(node: ast.stmt) -> str:
    """Name what a statement computes."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    target = targets[0] if not isinstance(node, ast.For) else None
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.JoinedStr):
            letters = [part.value for part in target.slice.values if isinstance(part, ast.Constant)]
            return "".join(map(str, letters))
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""

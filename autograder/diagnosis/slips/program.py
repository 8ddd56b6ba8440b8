"""The reference with every slip in it, compiled once."""

from __future__ import annotations

import ast
import copy
import inspect
import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.slips.operators import Alternative, alternatives, beside, whole
from autograder.diagnosis.slips.scope import Scope
from autograder.diagnosis.slips.speech import mark_modules

_SWITCH = "_slips_made"
_MOST_SITES = 1000
# Whatever else explains an answer as well is likelier than another text of a line that was handed out.
_UNLIKELY = 10
# The parts of a fraction, whatever an answer calls them.
_SPOKEN = frozenset({"numerator", "denominator"})
_REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


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
    given : bool
        Whether the line is handed out as it should be.
    """

    site: int
    target: str
    family: str
    words: str
    rank: int
    kind: str
    given: bool


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
            for name in lent:
                space.pop(name, None)
            space.update({name: self._before[name] for name in lent if name in self._before})


def program(right: Callable[..., Any], replaced: dict[str, Any], unlikely: Collection[str] = ()) -> Program | None:
    """Compile a reference with its slips.

    Parameters
    ----------
    right : callable
        A function whose text can be found.
    replaced : dict of str to object
        What stands in for some of its global names.
    unlikely : collection of str
        Functions that no slip calls in another's place.

    Returns
    -------
    Program or None
        None where there is no text, or where it has a loop that a slip could make endless.
    """
    try:
        text = textwrap.dedent(inspect.getsource(right))
        tree = ast.parse(text)
    except (OSError, TypeError, SyntaxError):
        return None
    definition = tree.body[0] if tree.body else None
    if not isinstance(definition, ast.FunctionDef) or any(isinstance(node, ast.While) for node in ast.walk(tree)):
        return None
    space = getattr(right, "__globals__", {})
    mark_modules(tree, space)
    likely = {name: value for name, value in space.items() if name not in unlikely}
    weaver = _Weaver(Scope.of(definition, likely), Regions(text))
    definition.body = weaver.block(definition.body)
    _bare(definition)
    switch = [0] * weaver.sites
    space = {**space, **replaced, _SWITCH: switch}
    exec(compile(ast.fix_missing_locations(tree), "<slips>", "exec"), space)  # noqa: S102 - the reference's own text
    return Program(tuple(weaver.slips), space[definition.name], switch, dict(space))


def _bare(definition: ast.FunctionDef) -> None:
    """Leave out what is evaluated at the definition, defaults excepted."""
    definition.decorator_list = []
    definition.returns = None
    for argument in (*definition.args.posonlyargs, *definition.args.args, *definition.args.kwonlyargs):
        argument.annotation = None


class Regions:
    """Which lines of a reference are the students' to write; all of them where no line is marked.

    Parameters
    ----------
    text : str
        Of the function.
    """

    def __init__(self, text: str) -> None:
        found = list(_REGION.finditer(text))
        self._regions = [tuple(text.count("\n", 0, place) + 1 for place in match.span(1)) for match in found]
        self._given = set(re.findall(r"\w+", _REGION.sub("", text))) if found else None

    def gives(self, node: ast.stmt) -> bool:
        """Tell whether a statement is handed out as it should be."""
        return self._given is not None and self._region(node) is None

    def known(self, name: str) -> bool:
        """Tell whether a name says something about an answer."""
        # A name that has a known part says what it is, as theta_plus does.
        return self._given is None or not self._given.isdisjoint(name.split("_")) or name in _SPOKEN

    def ends(self, body: list[ast.stmt]) -> Iterator[str]:
        """Give for each statement of a block what the last one of its region computes; else what itself does."""
        last = {self._region(node): _target(node) for node in body}
        return (_target(node) if self.gives(node) else last[self._region(node)] for node in body)

    def _region(self, node: ast.stmt) -> tuple[int, ...] | None:
        return next((region for region in self._regions if region[0] <= node.lineno < region[1]), None)


class _Weaver:
    """Puts the alternatives of every node beside it, behind a look at the switch."""

    def __init__(self, scope: Scope, regions: Regions) -> None:
        self.slips: list[Slip] = []
        self.sites = 0
        self._scope = scope
        self._regions = regions
        self._target = ""
        self._given = False

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        ends = list(self._regions.ends(body))
        return [woven for statement, end in zip(body, ends, strict=True) for woven in self._statement(statement, end)]

    def _statement(self, node: ast.stmt, end: str) -> Iterator[ast.stmt]:
        self._given = self._regions.gives(node)
        self._target = self._named(node, end)
        original = copy.deepcopy(node)
        for field in ("value", "iter", "test"):
            if isinstance(getattr(node, field, None), ast.expr):
                setattr(node, field, self._expression(getattr(node, field)))
        self._weave_blocks(node)
        self._given = self._regions.gives(original)
        self._target = self._named(original, end)
        before: list[ast.stmt] = [node]
        for alternative in alternatives(original, self._scope):
            test = self._made(alternative)
            if test is not None and isinstance(alternative.node, ast.Module):
                before = [ast.If(test, alternative.node.body, before)]
        yield from before

    def _named(self, node: ast.stmt, end: str) -> str:
        """Name what a statement computes by a name that an answer has too, if it can be."""
        own = _target(node)
        return end if own and not self._regions.known(own) and self._regions.known(end) else own

    def _weave_blocks(self, node: ast.stmt) -> None:
        for field in ("body", "orelse"):
            inner = getattr(node, field, None)
            if inner:
                setattr(node, field, self.block(inner))

    def _expression(self, node: ast.expr) -> ast.expr:
        original = copy.deepcopy(node)
        beside(node)
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
            if _told_otherwise(field, value):
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
        rank = alternative.rank + (_UNLIKELY if self._given else 0)
        self.slips.append(
            Slip(site, self._target, alternative.family, alternative.words, rank, alternative.kind, self._given)
        )
        return ast.Subscript(ast.Name(_SWITCH, ast.Load()), ast.Constant(site), ast.Load())


def _told_otherwise(field: str, value: Any) -> bool:  # noqa: ANN401 - what fields hold
    """Tell whether another value of a field has rules of its own, which know it for what it is."""
    if field == "slice":
        # Another number is another entry, or another axis.
        return whole(value) is not None
    if field == "comparators":
        # Another bound is another comparison.
        return isinstance(value[0], ast.Constant)
    # Another step of a slice is another order.
    return field == "step" or (field == "func" and isinstance(value, ast.Attribute))


def _target(node: ast.stmt) -> str:
    """Name what a statement computes."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    target = targets[0] if not isinstance(node, ast.For) else None
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.JoinedStr):
            letters = [part.value for part in target.slice.values if isinstance(part, ast.Constant)]
            return "".join(map(str, letters))
        target = target.value
    if isinstance(target, ast.Tuple):
        # Of a name beside an underscore, it is that name.
        names = [one for one in target.elts if isinstance(one, ast.Name) and one.id != "_"]
        target = names[0] if len(names) == 1 else None
    return target.id if isinstance(target, ast.Name) else ""

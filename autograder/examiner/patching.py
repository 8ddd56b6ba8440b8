"""Test cells that put something of their own into a module, such as a ``print`` that counts its calls.

The student's code runs in another process, with modules of its own: it would never meet that, and a test that wants
something not to be called would hold for everybody. Such a cell runs inside the candidate. Its text tells, and the text
of the trusted functions that it calls; never a submission.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from autograder.course import Paper
from autograder.statements import needed, statements_of

# What a test puts there crosses by itself; see `KernelDialogue`.
_CROSSES = frozenset({"builtins.input", "sys.stdin", "sys.stdout"})
# The candidate's own in tests, too; and what is no module over there.
_NOT_OURS = frozenset({"matplotlib.pyplot", "pylab", "__main__"})
_SETTERS = frozenset({"setattr", "delattr"})


def patching(paper: Paper) -> dict[str, str]:
    """Find the test cells that set, or delete, something of a module.

    Parameters
    ----------
    paper : Paper

    Returns
    -------
    dict of str to str
        Why they cannot be examined, by grade id.
    """
    cells = [(cell, statements_of(cell.source)) for cell in paper.cells]
    modules = _Modules()
    modules.learn(node for _, statements in cells for statement in statements for node in ast.walk(statement.node))
    helpers = [s for cell, statements in cells if cell.kind != "student" for s in statements if s.defines]
    found = {}
    for cell, statements in cells:
        if cell.kind == "test":
            uses = frozenset().union(*(s.uses for s in statements))
            nodes = [node for s in (*statements, *needed(helpers, uses)) for node in ast.walk(s.node)]
            name = next((name for node in nodes for name in modules.set_by(node)), None)
            if name is not None:
                found[cell.grade_id] = f"it puts its own into {name}, which the student's code would not meet"
    return found


@dataclass(slots=True)
class _Modules:
    """What the names of a notebook's imports stand for."""

    paths: dict[str, str] = field(default_factory=lambda: {"builtins": "builtins"})
    imported: set[str] = field(default_factory=lambda: {"builtins"})

    def learn(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name if alias.asname else alias.name.split(".")[0]
                    self.paths[alias.asname or top] = top
                    self.imported |= {top, alias.name}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                self.paths.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})

    def set_by(self, node: ast.AST) -> Iterator[str]:
        """Give the full names of what a node sets in modules, as far as that does not cross by itself."""
        for module, name in self._targets(node):
            if f"{module}.{name}" not in _CROSSES | _NOT_OURS and module not in _NOT_OURS and self._is_module(module):
                yield f"{module}.{name}"

    def _targets(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield self._path(node.value), node.attr
        elif isinstance(node, ast.Call) and node.args:
            called = _dotted(node.func)
            first, second = node.args[0], _text(node.args[1]) if len(node.args) > 1 else ""
            if called[-1:] == ["patch"]:
                module, _, name = _text(first).rpartition(".")
                yield module, name
            elif called[-2:] == ["patch", "object"] or (len(called) == 1 and called[0] in _SETTERS):
                yield self._path(first), second

    def _path(self, node: ast.expr) -> str:
        """Give what a chain of attributes stands for; empty where it does not begin with an imported name."""
        names = _dotted(node)
        return ".".join([self.paths[names[0]], *names[1:]]) if names and names[0] in self.paths else ""

    def _is_module(self, path: str) -> bool:
        return path in self.imported or (bool(path) and _found(path))


@functools.cache
def _found(path: str) -> bool:
    with contextlib.suppress(Exception):
        return importlib.util.find_spec(path) is not None
    return False


def _dotted(node: ast.expr) -> list[str]:
    """Give the names of a chain of attributes; none where it is something else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

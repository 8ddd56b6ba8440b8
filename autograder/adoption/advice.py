"""Which small rewrite of a test cell would let the examiner run it, instead of the candidate."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autograder.statements import statements_of

_READS_TEXT = frozenset({"getsource", "getsourcelines", "findsource", "In", "_ih"})
_READS_SIGNATURE = frozenset(
    {"signature", "getfullargspec", "getargspec", "__code__", "__defaults__", "__annotations__"}
)
_PATCHES = frozenset({"patch"})
_PRINT = frozenset({"builtins.print", "sys.stdout.write", "print"})
_READS_DOCS = frozenset({"__doc__", "getdoc"})
_QUOTED = re.compile(r" in the line `(.*)`", re.DOTALL)
_READS_FILES = frozenset({"open", "loadtxt", "genfromtxt", "read_csv", "read_text", "exists", "isfile", "listdir"})


def advice(test: str, locked: str, others: str, reason: str = "") -> str:
    """Say what to write instead of a test cell that runs in-candidate.

    Parameters
    ----------
    test : str
        Its source.
    locked, others : str
        The source of the instructor's locked cells above it, and of all other cells above it.
    reason : str
        What has ended it; where that quotes a line, objects compared by `is` elsewhere are not to blame.

    Returns
    -------
    str
        A sentence; empty where no rule knows.
    """
    nodes = _nodes(test)
    words = {node.id for node in nodes if isinstance(node, ast.Name)}
    words |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    quoted = _QUOTED.search(reason)
    ended = _nodes(quoted[1]) if quoted else nodes
    cell = _Cell(nodes, words, texts, _classes(locked), _classes(locked) | _classes(others), _kept(locked), ended)
    return next((text for holds, text in _RULES if holds(cell)), "")


@dataclass(frozen=True, slots=True)
class _Cell:
    nodes: list[ast.AST]
    words: set[str]
    texts: set[str]
    locked_classes: set[str]
    classes: set[str]
    kept: set[str]
    ended: list[ast.AST]


def _nodes(text: str) -> list[ast.AST]:
    return [node for statement in statements_of(text) for node in ast.walk(statement.node)]


def _classes(text: str) -> set[str]:
    return {node.name for node in _nodes(text) if isinstance(node, ast.ClassDef)}


def _kept(locked: str) -> set[str]:
    """Give the lists and the like of locked cells that functions there use: these may keep something in them."""
    nodes = _nodes(locked)
    assigned = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.List, ast.Dict, ast.Set, ast.Call))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return assigned & _names(node for node in nodes if isinstance(node, ast.FunctionDef))


def _names(expressions: Iterable[ast.AST]) -> set[str]:
    return {node.id for expression in expressions for node in ast.walk(expression) if isinstance(node, ast.Name)}


def _called(cell: _Cell) -> set[str]:
    return {node.func.id for node in cell.nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def _derives(cell: _Cell) -> bool:
    bases = (base for node in cell.nodes if isinstance(node, ast.ClassDef) for base in node.bases)
    return bool(_names(bases) & cell.classes)


def _catches(cell: _Cell) -> bool:
    caught = (node.type for node in cell.nodes if isinstance(node, ast.ExceptHandler) and node.type)
    return bool(_names(caught) & cell.classes)


def _compares_identity(cell: _Cell) -> bool:
    compared = [
        other
        for node in cell.ended
        if isinstance(node, ast.Compare)
        for how, other in zip(node.ops, node.comparators, strict=True)
        if isinstance(how, (ast.Is, ast.IsNot))
    ]
    # None, True and False are the same everywhere.
    return any(not isinstance(other, ast.Constant) for other in compared)


def _reads(what: frozenset[str]) -> Callable[[_Cell], bool]:
    return lambda cell: bool(cell.words & what)


_RULES: tuple[tuple[Callable[[_Cell], bool], str], ...] = (
    (
        _reads(_READS_TEXT),
        "Test what the function does, not its text: count the calls of a function put in a helper's place.",
    ),
    (_reads(_READS_SIGNATURE), "Call the function with its parameters as keywords instead of reading its signature."),
    (
        _reads(_READS_FILES),
        "Read the file with a function in a cell above that nbgrader leaves alone, and compare what it returns.",
    ),
    (_derives, "Derive the class in a cell above that nbgrader leaves alone, and let the test use it."),
    (_catches, "Catch the built-in exception that the student's class derives from: `except ValueError`, say."),
    (
        lambda cell: "issubclass" in _called(cell),
        "Ask an object instead of its class: isinstance(Square(2), Shape) for issubclass(Square, Shape).",
    ),
    (
        lambda cell: bool(_called(cell) & cell.locked_classes),
        "Make the object with a function in a cell above that nbgrader leaves alone: the test's own cannot cross.",
    ),
    (
        _compares_identity,
        "Compare objects with == instead of `is`: each answer of the student's is a new stand-in here.",
    ),
    (
        _reads(_READS_DOCS),
        "Read the docstring with a function in a cell above that nbgrader leaves alone, and compare what it returns.",
    ),
    (
        lambda cell: bool(cell.words & _PATCHES and (cell.texts | cell.words) & _PRINT),
        "Capture what is printed with contextlib.redirect_stdout instead of patching print.",
    ),
    (
        lambda cell: bool(cell.words & _PATCHES and any("random" in text for text in cell.texts | cell.words)),
        "Set the seed before the call instead of patching what is drawn, and compare with what that seed gives.",
    ),
    (_reads(_PATCHES), "A patch of a module reaches only this side, so the cell has to stay as it is."),
    (
        lambda cell: bool(cell.words & cell.kept),
        (
            "The student's code has its own copy of what a locked cell keeps: read it with a function in a cell above "
            "that nbgrader leaves alone."
        ),
    ),
)

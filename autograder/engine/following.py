"""Which modules some others need: found by following their imports, without running any."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.files import python_text


@dataclass(frozen=True, slots=True)
class Followed:
    """What was found.

    Parameters
    ----------
    files : dict of str to Path
        Modules of the packages that were followed, by their path in the archive, such as ``reference/toy.py``.
    outside : frozenset of str
        Top-level names of all other modules that they import when they are loaded.
    """

    files: dict[str, Path]
    outside: frozenset[str]


def follow(start: Iterable[str], packages: Mapping[str, Path]) -> Followed:
    """Find all that some modules import, directly or not.

    Parameters
    ----------
    start : iterable of str
        Dotted names; one that is no module is an attribute of its parent, as in ``from a import b``.
    packages : mapping of str to Path
        Top-level names to follow, and the folder of each.

    Raises
    ------
    UsageError
        Where Python cannot read a module.
    """
    files: dict[str, Path] = {}
    outside: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        top, *_ = name.split(".")
        if top not in packages:
            outside.add(top)
            continue
        for inside, path in _modules(name, packages[top]):
            if inside not in files:
                files[inside] = path
                waiting += _imports(path, inside, packages)
    return Followed(files, frozenset(outside))


def imported(text: str, package: str = "") -> Iterator[tuple[str, bool]]:
    """Give the dotted names that a module's text imports.

    Parameters
    ----------
    text : str
    package : str
        What relative imports are relative to.

    Yields
    ------
    name : str
    late : bool
        Whether loading the module does without: the import stands in a function, or is for type checkers.

    Raises
    ------
    SyntaxError, ValueError
        Where Python cannot read it.
    """
    for node, late in _nodes(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source, late
            yield from ((f"{source}.{alias.name}", late) for alias in node.names)


def _imports(path: Path, inside: str, packages: Mapping[str, Path]) -> list[str]:
    """Give what a module imports; what is not followed and imported late is an extra, and is left out."""
    package = ".".join(inside.split("/")[:-1])
    try:
        found = list(imported(python_text(path), package))
    except (SyntaxError, ValueError) as error:
        place = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        reason = f"{place}{error.msg}" if isinstance(error, SyntaxError) else str(error)
        raise UsageError(f"{path} cannot be read by Python: {reason}. Mend it, then run this again.") from None
    return [name for name, late in found if not late or name.split(".")[0] in packages]


def _nodes(tree: ast.AST, *, late: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """Walk through statements, with whether loading the module runs them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.stmt, ast.excepthandler, ast.match_case)):
            if isinstance(node, ast.stmt):
                yield node, late
            yield from _nodes(node, late=late or _postpones(node))


def _postpones(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, (ast.Name, ast.Attribute)) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))


def _modules(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the file of a module and those of the packages that it is in."""
    top, *rest = name.split(".")
    for depth in range(len(rest) + 1):
        inside = "/".join([top, *rest[:depth]])
        place = folder.joinpath(*rest[:depth])
        for ending, path in (("/__init__.py", place / "__init__.py"), (".py", place.with_suffix(".py"))):
            if path.is_file():
                yield inside + ending, path
                break

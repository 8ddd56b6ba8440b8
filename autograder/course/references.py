"""What can be seen of ``reference/`` without running it: what is missing, what is too many, what is no Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.course.files import SOURCE, python_files, source_notebooks
from autograder.course.paper import Paper, load_paper
from autograder.files import legible_text, python_text
from autograder.limits import Limits

_FOLDER = "reference"
_NAMES = re.compile(r"^[ \t]*from[ \t]+reference[ \t]+import[ \t]*(?:\(([^)]*)\)|([^\n#;]*))", re.MULTILINE)
_MODULE = re.compile(r"^[ \t]*from[ \t]+reference\.(\w+)", re.MULTILINE)
_IMPORTED = re.compile(r"^[ \t]*import[ \t]+([^\n#;]*)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"'\w*'|\"\w*\"")
# What a reference says of its functions, by their names.
TABLES = ("QUESTIONS", "EDGES", "OUTPUTS", "PROBES", "QUANTITIES")
_MOST_TOLD = 3


def missing_references(root: Path, paper: Paper) -> list[str]:
    """Say which modules of the reference the test cells of a paper import, and that are not there.

    One that nobody can import counts as well.

    Parameters
    ----------
    root : Path
        The course folder.
    paper : Paper
    """
    name = paper.assignment
    if "." in name and (root / _FOLDER / f"{name}.py").is_file():
        # Where it is sent to workers it would be left out, and marks would be given without it.
        return [_dotted(name)]
    if _FOLDER in paper.modules or (paper.folder / _FOLDER).is_dir():
        # The notebook has a helper module of that name.
        return []
    cells: dict[str, list[str]] = {}
    for test in (test for function in paper.functions for test in function.tests):
        for name in dict.fromkeys(_modules_of(test.source)):
            if not _is_there(root / _FOLDER, name):
                cells.setdefault(name, []).append(test.grade_id)
    known = ", ".join(f"{_FOLDER}/{path.name}" for path in _modules(root))
    return [
        f"source/{paper.assignment}/{paper.name}.ipynb: test cells ({_named(of_name)}) import {_FOLDER}.{name}, and "
        f"there is no {_FOLDER}/{name}.py. Write it, or put the right name into the import."
        + (f" There is: {known}." if known else "")
        for name, of_name in cells.items()
    ]


def reference_faults(root: Path) -> list[str]:
    """Say what is missing in a course's ``reference/``, and what is too many there.

    Parameters
    ----------
    root : Path
        The course folder.
    """
    papers = (load_paper(path, Limits())[0] for path in source_notebooks(root))
    return [*_stray(root), *(fault for paper in papers for fault in missing_references(root, paper))]


def faults_in_text(root: Path, paper: Paper) -> list[str]:
    """Say what is wrong with the reference of a paper, as far as its text tells; the examiner, who runs it, tells all.

    Parameters
    ----------
    root : Path
        The course folder.
    paper : Paper
    """
    where = f"{_FOLDER}/{paper.assignment}.py"
    if not (root / where).is_file():
        return []
    try:
        text = python_text(root / where)
        body = ast.parse(text).body
    except SyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        return [f"{place}: SyntaxError: {error.msg}; mend it and grade again."]
    except ValueError:
        return []
    known = {function.name for function in paper.functions}.union(_WORD.findall(_QUOTED.sub("", text)))
    if "import *" in text:
        return []
    tables = [
        (target.id, node.value)
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in TABLES
    ]
    return [
        f"{where}: {table} has {key.value!r}, but there is no such function. Is the name right?"
        for table, entries in tables
        for key in entries.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in known
    ]


def _stray(root: Path) -> list[str]:
    """Say which modules are of no assignment, and of no other module or notebook that names them."""
    notebooks = source_notebooks(root)
    assignments = dict.fromkeys(path.parent.name for path in notebooks)
    words = {path: set(_WORD.findall(_text(path))) for path in (*notebooks, *(root / _FOLDER).rglob("*.py"))}
    lacking = [name for name in assignments if not (root / _FOLDER / f"{name}.py").is_file()]
    return [
        f"{_FOLDER}/{path.name} belongs to no assignment: {_lacking(root / SOURCE / path.stem)}"
        + (f" Without a reference are: {', '.join(lacking)}." if lacking else "")
        for path in _modules(root)
        if path.stem not in assignments and not any(path.stem in said for one, said in words.items() if one != path)
    ]


def _lacking(folder: Path) -> str:
    where = f"{SOURCE}/{folder.name}"
    if folder.is_dir():
        return f"{where} has no notebook. Put one there, or remove the file."
    return f"there is no folder {where}. Is the name right?"


def _dotted(name: str) -> str:
    other = name.replace(".", "_")
    return (
        f"{_FOLDER}/{name}.py: Python imports no module with a dot in its name. Rename the assignment and its "
        f"reference, say to source/{other} and {_FOLDER}/{other}.py; or remove the file: without a reference the "
        "assignment is graded, too."
    )


def _named(cells: list[str]) -> str:
    more = f" and {len(cells) - _MOST_TOLD} more" if len(cells) > _MOST_TOLD else ""
    return ", ".join(cells[:_MOST_TOLD]) + more


def _modules(root: Path) -> list[Path]:
    return [path for path in python_files(root / _FOLDER) if not path.stem.startswith("_")]


def _modules_of(text: str) -> Iterator[str]:
    """Give what a cell imports of the reference: modules, or names that the package itself defines."""
    for names in _NAMES.findall(text):
        yield from (name.split()[0] for name in "".join(names).split(",") if name.split() and name.strip() != "*")
    yield from _MODULE.findall(text)
    for modules in _IMPORTED.findall(text):
        parts = (module.split()[0].split(".") for module in modules.split(",") if module.split())
        yield from (part[1] for part in parts if part[0] == _FOLDER and len(part) > 1)


def _is_there(folder: Path, name: str) -> bool:
    return (
        (folder / f"{name}.py").is_file()
        or (folder / name).is_dir()
        or name in _WORD.findall(_text(folder / "__init__.py"))
    )


def _text(path: Path) -> str:
    return legible_text(path) if path.is_file() else ""

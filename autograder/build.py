"""One place of truth for an answer: its code lives in ``reference/`` and is written into the source notebooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course.settings import load_settings
from autograder.errors import CourseError, NotebookError, UsageError
from autograder.files import whole
from autograder.notebook import read


@dataclass(frozen=True, slots=True)
class Drift:
    """An answer cell that did not hold the reference's function.

    Parameters
    ----------
    notebook, module : str
        Paths below the course folder.
    function : str
    """

    notebook: str
    module: str
    function: str


def build_assignments(root: Path, assignments: Sequence[str] | None, *, write: bool) -> list[Drift]:
    """Bring the answer cells of source notebooks in line with the reference.

    Parameters
    ----------
    root : Path
        The course folder.
    assignments : sequence of str or None
        None for every one that has a module in ``reference/``.
    write : bool
        False to look only.

    Returns
    -------
    list of Drift
        The cells that differed.

    Raises
    ------
    UsageError
        Where a named assignment has no reference module.
    CourseError
        Where a module or a notebook cannot be read, or an answer cell has no function in its module; all at once.
    """
    names = list(assignments or with_reference(root))
    missing = [name for name in names if not _module(root, name).is_file()]
    if missing:
        raise UsageError(f"There is no reference for {', '.join(missing)}: {_module(root, missing[0])} is not a file.")
    faults: list[str] = []
    drifted: list[Drift] = []
    changed: dict[Path, nbformat.NotebookNode] = {}
    for name in names:
        try:
            functions = _functions(_module(root, name))
        except SyntaxError as error:
            faults.append(
                f"reference/{name}.py, line {error.lineno}: SyntaxError: {error.msg}; mend it and build again."
            )
            continue
        except ValueError as error:
            faults.append(f"reference/{name}.py: Python cannot read it: {error}.")
            continue
        for path in sorted((root / "source" / name).glob("*.ipynb")):
            notebook, drifts = _compared(root, path, functions, faults)
            drifted += drifts
            if drifts:
                changed[path] = notebook
    if faults:
        raise CourseError(faults)
    if write:
        for path, notebook in changed.items():
            with whole(path) as part:
                nbformat.write(notebook, part)
    return drifted


def answer_source(function: str, code: str) -> str:
    """Give the text of an answer cell."""
    return f"# GRADED FUNCTION: {function}\n\n{code}"


def with_reference(root: Path) -> list[str]:
    """Name the assignments of a course that have a module in ``reference/``."""
    folders = sorted(path.name for path in (root / "source").iterdir() if path.is_dir())
    return [name for name in folders if _module(root, name).is_file()]


def _module(root: Path, assignment: str) -> Path:
    return root / "reference" / f"{assignment}.py"


def _functions(module: Path) -> dict[str, str]:
    """Give the source text of every function of a module, by name."""
    text = module.read_text(encoding="utf-8")
    lines = text.split("\n")
    nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {node.name: "\n".join(lines[node.lineno - 1 : _end(lines, node)]) for node in nodes}


def _end(lines: list[str], node: ast.FunctionDef) -> int:
    """Give the number of a function's last line: indented comments below its last statement are its own."""
    end = node.end_lineno or node.lineno
    for number, line in enumerate(lines[end:], end + 1):
        if line.startswith((" ", "\t")) and line.strip():
            end = number
        elif line.strip():
            break
    return end


def _compared(
    root: Path, path: Path, functions: dict[str, str], faults: list[str]
) -> tuple[nbformat.NotebookNode, list[Drift]]:
    """Give the notebook with the reference's functions in it, and where it differed."""
    where, module = str(path.relative_to(root)), f"reference/{path.parent.name}.py"
    try:
        read(path)
    except NotebookError as error:
        faults.append(f"{where}: {error}")
        return nbformat.NotebookNode(), []
    notebook = nbformat.read(path, as_version=4)
    whole = load_settings(root / "course.toml")[0].execution == "full"
    drifted = []
    for cell in notebook.cells:
        metadata = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not metadata.get("solution"):
            continue
        name = metadata.get("grade_id", "")
        if name not in functions:
            # What a person grades, and what runs as in a kernel, need not be a function.
            if not metadata.get("grade") and not whole:
                lacking = f"the answer cell {name!r} has no function of that name in {module}"
                faults.append(f"{where}: {lacking}. {_advice(cell.source)}")
        elif cell.source != (wanted := answer_source(name, functions[name])):
            cell.source = wanted
            drifted.append(Drift(where, module, name))
    return notebook, drifted


def _advice(source: str) -> str:
    if re.search(r"^class\s", source, re.MULTILINE):
        return 'A class is graded only with execution = "full" in course.toml; then build leaves the cell as it is.'
    return "Give the cell the ID of a function there, or write the function there."

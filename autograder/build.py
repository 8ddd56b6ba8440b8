"""One place of truth for an answer: its code lives in ``reference/`` and is written into the source notebooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course import (
    SETTINGS,
    broken_solutions,
    load_settings,
    notebook_faults,
    reference_faults,
    source_notebooks,
)
from autograder.errors import CourseError, NotebookError, UsageError
from autograder.files import python_text, whole
from autograder.notebook import parse_document, read


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


# A notebook with the reference's functions in it, and where it differed.
Compared = tuple[nbformat.NotebookNode, list[Drift]]


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
        Where a module or a notebook cannot be read or has faults, an answer cell has no function in its module, or,
        where none is named, a module is of no assignment; all at once.
    """
    names = list(assignments or with_reference(root))
    missing = [name for name in names if not _module(root, name).is_file()]
    if missing:
        raise UsageError(f"There is no reference for {', '.join(missing)}: {_module(root, missing[0])} is not a file.")
    faults = [] if assignments else reference_faults(root)
    compared = _compare(root, names, faults)
    if faults:
        raise CourseError(faults)
    if write:
        for path, (notebook, drifts) in compared.items():
            if drifts:
                with whole(path) as part:
                    nbformat.write(notebook, part)
    return _drifts(compared)


def drifted(root: Path, assignments: Sequence[str]) -> list[Drift]:
    """List the answer cells of assignments that do not hold the reference's function; faults are not told here.

    Parameters
    ----------
    root : Path
        The course folder.
    assignments : sequence of str
        One without a reference has not drifted.
    """
    return _drifts(_compare(root, [name for name in assignments if _module(root, name).is_file()], []))


def answer_source(function: str, code: str) -> str:
    """Give the text of an answer cell."""
    return f"# GRADED FUNCTION: {function}\n\n{code}"


def with_reference(root: Path) -> list[str]:
    """Name the assignments of a course that have a module in ``reference/``."""
    folders = sorted(path.name for path in (root / "source").iterdir() if path.is_dir())
    return [name for name in folders if _module(root, name).is_file()]


def _compare(root: Path, names: Sequence[str], faults: list[str]) -> dict[Path, Compared]:
    """Compare the source notebooks of assignments with the reference."""
    settings, wrong = load_settings(root / SETTINGS)
    faults += wrong
    found: dict[Path, Compared] = {}
    for name in names:
        functions = _functions(_module(root, name), faults)
        paths = (path for path in source_notebooks(root) if path.parent.name == name)
        full = settings.execution_of(name) == "full"
        for path in paths if functions is not None else ():
            found[path] = _compared(root, path, functions or {}, faults, full=full)
    return found


def _drifts(compared: Mapping[Path, Compared]) -> list[Drift]:
    return [drift for _, drifts in compared.values() for drift in drifts]


def _module(root: Path, assignment: str) -> Path:
    return root / "reference" / f"{assignment}.py"


def _functions(module: Path, faults: list[str]) -> dict[str, str] | None:
    """Give the source text of every function of a module, by name; none where Python cannot read it, which is told."""
    where = f"reference/{module.name}"
    try:
        text = python_text(module)
        nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    except SyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        faults.append(f"{place}: SyntaxError: {error.msg}; mend it and build again.")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        faults.append(
            f"{where}, line {line}: it is not in {error.encoding}, in which Python reads this file; save it in this "
            "encoding and build again."
        )
    except ValueError as error:
        faults.append(f"{where}: Python cannot read it: {error}.")
    else:
        lines = text.split("\n")
        return {node.name: "\n".join(lines[_start(lines, node) - 1 : _end(lines, node)]) for node in nodes}
    return None


def _start(lines: list[str], node: ast.FunctionDef) -> int:
    """Give the number of a function's first line, that of its first decorator's ``@`` if it has one."""
    if not node.decorator_list:
        return node.lineno
    # What is decorated with may begin on a later line than the ``@``, in brackets.
    upwards = range(node.decorator_list[0].lineno, 0, -1)
    return next(number for number in upwards if lines[number - 1].lstrip().startswith("@"))


def _end(lines: list[str], node: ast.FunctionDef) -> int:
    """Give the number of a function's last line: indented comments below its last statement are its own."""
    end = node.end_lineno or node.lineno
    for number, line in enumerate(lines[end:], end + 1):
        if line.startswith((" ", "\t")) and line.strip():
            end = number
        elif line.strip():
            break
    return end


def _compared(root: Path, path: Path, functions: dict[str, str], faults: list[str], *, full: bool) -> Compared:
    """Give the notebook with the reference's functions in it, and where it differed."""
    where, module = str(path.relative_to(root)), f"reference/{path.parent.name}.py"
    try:
        read(path)
    except NotebookError as error:
        faults.append(f"{where}: {error}")
        return nbformat.NotebookNode(), []
    notebook = nbformat.read(path, as_version=4)
    drifts = []
    for cell in notebook.cells:
        metadata = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not metadata.get("solution"):
            continue
        name = metadata.get("grade_id", "")
        if name not in functions:
            # What a person grades, and what runs as in a kernel, need not be a function.
            if not metadata.get("grade") and not full:
                lacking = f"the answer cell {name!r} has no function of that name in {module}"
                faults.append(f"{where}: {lacking}. {_advice(cell.source)}")
            continue
        if cell.source != (wanted := answer_source(name, functions[name])):
            cell.source = wanted
            drifts.append(Drift(where, module, name))
        if broken := broken_solutions(functions[name]):
            faults += [f"{module}: the function {name!r} {fault}" for fault in broken]
            # Told once, and where it is to be mended; what has faults is not written.
            cell.source = ""
    written = parse_document(nbformat.writes(notebook).encode())
    # A notebook may be built before its tests are there.
    faults += [f"{where}: {fault}" for fault in notebook_faults(written, testless=True)]
    return notebook, drifts


def _advice(source: str) -> str:
    if re.search(r"^class\s", source, re.MULTILINE):
        return 'A class is graded only with execution = "full" in course.toml; then build leaves the cell as it is.'
    return "Give the cell the ID of a function there, or write the function there."

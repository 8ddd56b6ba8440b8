"""Right answers written by hand: ``reference/right/<assignment>.py``, in percent format.

A line ``# %% <function>: <name>`` opens a cell, and what follows is the whole answer cell as a student would write it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from autograder.audit.variants import Variant
from autograder.errors import CourseError

_OPENING = re.compile(r"^# %%[ \t]*(.*)$", re.MULTILINE)
_TITLE = re.compile(r"(\w+): *(\S.*)")


def hand_written(root: Path, assignment: str) -> tuple[Variant, ...]:
    """Read the right answers of an assignment.

    Parameters
    ----------
    root : Path
        The course folder; one without the file has none.
    assignment : str

    Returns
    -------
    tuple of Variant
        In the file's order.

    Raises
    ------
    CourseError
        With every fault of the file.
    """
    where = _where(assignment)
    path = root / where
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError([f"{where} cannot be read: {error}."]) from None
    except UnicodeDecodeError as error:
        raise CourseError([f"{where} cannot be read: {error}. Save it as UTF-8."]) from None
    _, *parts = _OPENING.split(text)
    faults, found = [], []
    for title, cell in zip(parts[::2], parts[1::2], strict=True):
        head = _TITLE.fullmatch(title.strip())
        fault = _fault(head, cell)
        if head and not fault:
            found.append(Variant(head[1], head[2], cell.strip("\n") + "\n"))
        else:
            faults.append(f"{where}: the cell '# %% {title}' {fault}")
    if faults:
        raise CourseError(faults)
    return tuple(found)


def ungraded(written: Iterable[Variant], assignment: str, functions: Collection[str]) -> list[str]:
    """Say which answers written by hand are never tried, for nobody grades such a function.

    Parameters
    ----------
    written : iterable of Variant
        Of the assignment.
    assignment : str
    functions : collection of str
        The graded functions, of all its notebooks.
    """
    known = ", ".join(functions)
    return [
        f"{_where(assignment)}: the cell '# %% {one.function}: {one.name}' is of no graded function; known are {known}."
        for one in written
        if one.function not in functions
    ]


def _where(assignment: str) -> str:
    return f"reference/right/{assignment}.py"


def _fault(head: re.Match[str] | None, text: str) -> str:
    """Say what is wrong with a cell; nothing where it is sound."""
    if head is None:
        return "has no title of the form '<function>: <name>'."
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return f"is no Python: {error.msg} in line {error.lineno} of it."
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return "" if head[1] in defined else f"does not define {head[1]}."

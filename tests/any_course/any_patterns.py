"""Small assignments, each named by the pattern that it exercises: how they are written down, and handed in.

A pattern is a file of cells, each below a line ``# %% KIND NAME [POINTS]``. The kinds are those of nbgrader
(``given``, ``answer``, ``test``), ``free`` for a cell without its metadata, ``file`` for a file beside the notebook,
and ``wrong`` for an answer cell as a student got it wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

FOLDER = Path(__file__).parent / "patterns"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.cells")))
VARIANTS = ("solution", "empty", "wrong")
_HEAD = re.compile(r"^# %% (\w+) ?(\S*) ?(\S*)\n", re.MULTILINE)
_REGION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION", re.MULTILINE | re.DOTALL)
_STUB = r"\1# YOUR CODE HERE\n\1raise NotImplementedError()"


@dataclass(frozen=True)
class Part:
    """One piece of a pattern."""

    kind: str
    name: str
    points: float
    text: str


@cache
def parts(pattern: str) -> tuple[Part, ...]:
    """Read a pattern."""
    pieces = _HEAD.split((FOLDER / f"{pattern}.cells").read_text(encoding="utf-8"))[1:]
    fields = zip(pieces[::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=True)
    return tuple(Part(kind, name, float(points or 0), text.rstrip("\n")) for kind, name, points, text in fields)


def notebook(pattern: str, variant: str = "solution") -> nbformat.NotebookNode:
    """Give the source notebook of a pattern, or what a student hands in."""
    wrong = {part.name: part.text for part in parts(pattern) if part.kind == "wrong"}
    made = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    for number, part in enumerate(part for part in parts(pattern) if part.kind not in {"file", "wrong"}):
        text = part.text
        if variant == "empty":
            text = _REGION.sub(_STUB, text)
        elif variant == "wrong":
            text = wrong.get(part.name, text)
        made.cells.append(_cell(part, text, number))
    return made


def needs(pattern: str) -> None:
    """Skip a test whose pattern uses a library that is not installed."""
    for library, word in (("pandas", "frame"), ("matplotlib", "axes"), ("sklearn", "estimator")):
        if word in pattern:
            pytest.importorskip(library, reason=f"the pattern uses {library}, which is not installed")


def _cell(part: Part, text: str, number: int) -> nbformat.NotebookNode:
    cell = new_code_cell(text, id=f"cell-{number}")
    if part.kind != "free":
        about = {"grade": part.kind == "test", "solution": part.kind == "answer", "locked": part.kind != "answer"}
        points = {"points": part.points} if part.kind == "test" else {}
        cell.metadata["nbgrader"] = {"schema_version": 3, "grade_id": part.name, "task": False, **about, **points}
    return cell


def write(pattern: str, folder: Path, variant: str = "solution") -> Path:
    """Write a notebook and the files beside it; give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts(pattern):
        if part.kind == "file":
            (folder / part.name).write_text(part.text + "\n", encoding="utf-8")
    path = folder / f"{pattern}.ipynb"
    nbformat.write(notebook(pattern, variant), path)
    return path

"""Run the cells of a source notebook the way a plain kernel does, with any answer replaced."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat

SOURCE = Path(__file__).resolve().parents[2] / "source"

Answer = Callable[..., Any] | str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the test cells.

    Parameters
    ----------
    points : dict of str to float
        Each test cell's points, by grade_id, in the notebook's order.
    functions : dict of str to str
        The graded function that each test cell judges.
    failures : dict of str to str
        The failed test cells' messages.
    """

    points: dict[str, float]
    functions: dict[str, str]
    failures: dict[str, str]

    def score(self, function: str) -> float:
        """Add up the points of the passed test cells of one graded function."""
        return sum(
            points
            for grade_id, points in self.points.items()
            if self.functions[grade_id] == function and grade_id not in self.failures
        )


@functools.cache
def cells(assignment: str) -> list[Any]:
    """Read the cells of an assignment's source notebook, which nobody changes."""
    notebook = nbformat.read(SOURCE / assignment / f"{assignment}.ipynb", as_version=4)
    nbformat.validate(notebook)
    found: list[Any] = notebook.cells
    return found


def definitions(assignment: str, answers: Mapping[str, Answer] | None = None) -> dict[str, Any]:
    """Execute the given cells and the answers, and return their namespace; nothing is trained or tested."""
    namespace: dict[str, Any] = {"__name__": "notebook"}
    with _beside(assignment):
        for cell in cells(assignment):
            if _role(cell) in {"given", "answer"}:
                _define(cell, namespace, answers or {})
    return namespace


def examine(assignment: str, answers: Mapping[str, Answer] | None = None, only: str = "") -> Outcome:
    """Execute the given cells, the answers and the test cells in the notebook's order.

    Parameters
    ----------
    assignment : str
    answers : mapping of str to callable or str, optional
        What stands in for a graded function: another function, or the source text of its cell.
    only : str
        The graded function whose test cells are executed; empty for all.

    Returns
    -------
    Outcome
    """
    namespace: dict[str, Any] = {"__name__": "notebook"}
    outcome = Outcome({}, {}, {})
    function = ""
    with _beside(assignment):
        for cell in cells(assignment):
            role = _role(cell)
            if role == "test":
                if only in {"", function}:
                    _test(cell, namespace, function, outcome)
            elif role in {"given", "answer"}:
                function = cell.metadata.nbgrader.grade_id if role == "answer" else function
                _define(cell, namespace, answers or {})
    return outcome


def _role(cell: Any) -> str:
    tag = cell.metadata.get("nbgrader")
    if cell.cell_type != "code" or not tag:
        return "other"
    if tag.solution:
        return "answer"
    return "test" if tag.grade else "given"


def _define(cell: Any, namespace: dict[str, Any], answers: Mapping[str, Answer]) -> None:
    name = cell.metadata.nbgrader.grade_id
    answer = answers.get(name, cell.source)
    if isinstance(answer, str):
        _execute(answer, name, namespace)
    else:
        namespace[name] = answer


def _test(cell: Any, namespace: dict[str, Any], function: str, outcome: Outcome) -> None:
    tag = cell.metadata.nbgrader
    outcome.points[tag.grade_id] = tag.points
    outcome.functions[tag.grade_id] = function
    try:
        _execute(cell.source, tag.grade_id, namespace)
    except Exception as fault:  # noqa: BLE001 - whatever an answer raises, its cell has failed
        outcome.failures[tag.grade_id] = f"{type(fault).__name__}: {fault}"


def _execute(source: str, name: str, namespace: dict[str, Any]) -> None:
    plain = "\n".join(line for line in source.splitlines() if not line.startswith("%"))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(plain, f"<{name}>", "exec"), namespace)  # noqa: S102 - the course's own cells


@contextlib.contextmanager
def _beside(assignment: str) -> Iterator[None]:
    """Work in the assignment's folder; forget its helper modules afterwards: another's may have the same names."""
    folder = SOURCE / assignment
    before = Path.cwd()
    mpl.use("Agg")
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        os.chdir(before)
        for name in [path.stem for path in folder.glob("*.py")]:
            sys.modules.pop(name, None)

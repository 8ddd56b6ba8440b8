"""The file against the programs that read it."""

from __future__ import annotations

import copy
from collections.abc import Callable

from hostile_course import Attack
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

_TOO_MANY = 5_001


def _tests(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def _each_test(change: Callable[[NotebookNode], object]) -> Attack:
    def all_of_them(notebook: NotebookNode) -> None:
        for cell in _tests(notebook):
            change(cell)

    return Attack(change=all_of_them)


def _marked(**about: object) -> Attack:
    return _each_test(lambda cell: cell.metadata.nbgrader.update(about))


def _copied(notebook: NotebookNode, place: int) -> None:
    for cell in _tests(notebook):
        forged = copy.deepcopy(cell)
        forged.source, forged.id = "pass", forged.id + "-copy"
        notebook.cells.insert(place if place == 0 else len(notebook.cells), forged)


def _claimed(notebook: NotebookNode, grade_id: str, source: str, **about: object) -> None:
    marks = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False, "locked": True, **about}
    notebook.cells.append(new_code_cell(source, id="claimed", metadata={"nbgrader": marks}))


def _deep(notebook: NotebookNode) -> None:
    nested: dict = {}
    for _ in range(400):
        nested = {"x": nested}
    notebook.metadata["x"] = nested


def _as_markdown(cell: NotebookNode) -> None:
    cell.cell_type = "markdown"
    for name in ("outputs", "execution_count"):
        cell.pop(name, None)


def _scored(cell: NotebookNode) -> None:
    cell.outputs = [new_output("execute_result", data={"text/plain": "3.0"}, execution_count=1)]


def _many(notebook: NotebookNode) -> None:
    notebook.cells += [new_code_cell("pass", id=f"n{n}", metadata={}) for n in range(_TOO_MANY)]


_FULL_MARKS = "def close(*_, **__):\n    pass\n\n\nmapping = untouched = injected = lambda *_, **__: __\n"

ATTACKS = {
    "tests tagged skip-execution": _each_test(lambda cell: cell.metadata.update(tags=["skip-execution"])),
    "tests tagged raises-exception": _each_test(lambda cell: cell.metadata.update(tags=["raises-exception"])),
    "tests that test nothing": _each_test(lambda cell: cell.update(source="pass")),
    "tests deleted": Attack(change=lambda nb: nb.update(cells=[c for c in nb.cells if c not in _tests(nb)])),
    "tests copied below": Attack(change=lambda nb: _copied(nb, -1)),
    "tests copied above": Attack(change=lambda nb: _copied(nb, 0)),
    "tests as Markdown": _each_test(_as_markdown),
    "tests marked as answers": _marked(solution=True),
    "tests marked as not graded": _marked(grade=False),
    "tests marked as tasks": _marked(task=True),
    "tests worth more": _marked(points=1000),
    "tests worth a negative number": _marked(points=-1000),
    "tests worth no number": _marked(points="many"),
    "tests under other names": _each_test(lambda cell: cell.metadata.nbgrader.update(grade_id=f"x{cell.id}")),
    "tests of an old format": _marked(schema_version=1),
    "tests of a format to come": _marked(schema_version=10**9),
    "tests with metadata of another kind": _each_test(lambda cell: cell.metadata.update(nbgrader=[3])),
    "tests with outputs that say full marks": _each_test(_scored),
    "a cell that claims to be given": Attack(
        change=lambda nb: _claimed(nb, "given_imports", "import numpy as np\nnp.testing.assert_allclose = print")
    ),
    "a cell that claims to be a test": Attack(
        change=lambda nb: _claimed(nb, "test_double_hidden", "points = 3.0\npoints", grade=True, points=3)
    ),
    "an answer that claims to be a test": Attack(
        change=lambda nb: nb.cells[1].metadata.nbgrader.update(grade_id="test_double_hidden", grade=True, points=3)
    ),
    "one id for all cells": Attack(change=lambda nb: [cell.update(id="same") for cell in nb.cells]),
    "another kernel": Attack(
        change=lambda nb: nb.metadata.update(kernelspec={"name": "../../evil", "display_name": "x"})
    ),
    "deeply nested metadata": Attack(change=_deep),
    "more cells than are read": Attack(change=_many),
    "a format to come": Attack(change=lambda nb: nb.update(nbformat_minor=99)),
    "a name that climbs": Attack(change=lambda nb: nb.metadata.update(name="../../../gradebook.db", title="../x")),
    "a module named as the judge's beside it": Attack(
        files={"checks.py": _FULL_MARKS, "autograder.py": _FULL_MARKS, "numpy.py": "raise SystemExit"}
    ),
    "a reference of its own beside it": Attack(
        files={"reference/__init__.py": "", "reference/hw.py": "def double(x):\n    return x - 7\n"}
    ),
    "helpers of its own beside it": Attack(files={"hw_helpers.py": "import os\nos._exit(0)\n"}),
    "start-up files beside it": Attack(
        files=dict.fromkeys(("sitecustomize.py", "usercustomize.py", "conftest.py"), "raise SystemExit\n")
    ),
    "a configuration beside it": Attack(files={"nbgrader_config.py": "raise SystemExit\n", "course.toml": "[x]\n"}),
}

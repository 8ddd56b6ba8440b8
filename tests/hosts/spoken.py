"""An assignment with a space and letters beyond ASCII in its name, of whose points a person gives some."""

from __future__ import annotations

from pathlib import Path

import nbformat

NAME = "übung 1"
TESTED, BY_HAND = 10, {"essay": 6, "project": 4}


def make_spoken(root: Path) -> None:
    """Add it to the toy course: the same functions, an essay, and a task."""
    toy, folder = root / "source" / "toy", root / "source" / NAME
    folder.mkdir()
    (folder / "toy_helpers.py").write_bytes((toy / "toy_helpers.py").read_bytes())
    notebook = nbformat.read(toy / "toy.ipynb", as_version=4)
    notebook.cells += [
        _asked("essay", grade=True, solution=True, locked=False, task=False),
        _asked("project", grade=False, solution=False, locked=True, task=True),
        _asked("for_nothing", grade=True, solution=True, locked=False, task=False),
    ]
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


def _asked(name: str, **marks: bool) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_markdown_cell(f"Write about {name}.")
    cell.metadata["nbgrader"] = {"schema_version": 3, "grade_id": name, "points": BY_HAND.get(name, 0), **marks}
    return cell

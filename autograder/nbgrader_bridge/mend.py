"""What a cell is, the gradebook knows; the submission is not asked.

nbgrader trusts the metadata of a submission: one cell that was copied and pasted ends its whole run (its issue 1083),
and a test cell that was deleted is left without a grade for ever (1682). Here they cost nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.nbgrader_bridge.examine import GRADEBOOK, Resources
from autograder.nbgrader_bridge.shelf import Notebook as ShelvedNotebook


class MendMetadata(NbGraderPreprocessor):
    """Give every cell the metadata it was released with; stands first in the first pass.

    A cell is recognized by its grade_id. Of several with the same, the last is it, as in nbgrader, because Python too
    keeps the last definition. Metadata with an unknown grade_id, or without one, goes.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mend all cells; nbgrader calls it once a notebook."""
        unseen = _released(resources)
        for cell in reversed(nb.cells):
            claimed = cell.metadata.pop("nbgrader", None)
            grade_id = claimed.get("grade_id") if isinstance(claimed, dict) else None
            metadata = unseen.pop(grade_id, None) if isinstance(grade_id, str) else None
            if metadata is not None:
                cell.metadata["nbgrader"] = NotebookNode(metadata)
        return nb, resources


class RestoreTests(NbGraderPreprocessor):
    """Put test cells that the submission lost at its end; stands after OverwriteCells, for they have hidden tests."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add the lost test cells; nbgrader calls it once a notebook."""
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        with _notebook(resources) as notebook:
            sources = notebook.source_cells
            texts = {cell.name: cell.source for cell in sources if cell.cell_type == "code"}
        for grade_id, metadata in _released(resources).items():
            if grade_id not in present and grade_id in texts and metadata["grade"] and not metadata["solution"]:
                cell = new_code_cell(texts[grade_id], metadata={"nbgrader": metadata})
                if (nb.nbformat, nb.nbformat_minor) < (4, 5):
                    del cell["id"]  # unknown to the older formats
                nb.cells.append(cell)
        return nb, resources


def _released(resources: Resources) -> dict[str, dict[str, Any]]:
    """Read grade_id -> metadata (schema version 3) of the notebook's cells from the gradebook."""
    with _notebook(resources) as notebook:
        return _metadata(notebook)


@contextlib.contextmanager
def _notebook(resources: Resources) -> Iterator[Notebook | ShelvedNotebook]:
    """Give the notebook as it was released."""
    about = resources["nbgrader"]
    if GRADEBOOK in resources:
        yield resources[GRADEBOOK].find_notebook(about["notebook"], about["assignment"])
        return
    with Gradebook(about["db_url"]) as gradebook:
        yield gradebook.find_notebook(about["notebook"], about["assignment"])


def _metadata(notebook: Notebook | ShelvedNotebook) -> dict[str, dict[str, Any]]:
    grades = {cell.name: cell.max_score for cell in notebook.grade_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.source_cells:
        name = cell.name
        found[name] = {
            "schema_version": 3,
            "grade_id": name,
            "grade": name in grades,
            "solution": name in solutions,
            "locked": cell.locked,
            "task": name in tasks,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }
        if name in grades or name in tasks:
            found[name]["points"] = grades.get(name, tasks.get(name))
    return found

"""What a cell is, the gradebook knows; the submission is not asked.

nbgrader trusts the metadata of a submission: one cell that was copied and pasted ends its whole run (its issue 1083),
and a test cell that was deleted is left without a grade for ever (1682). Here they cost nothing.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.errors import NotebookError
from autograder.nbgrader_bridge.documents import to_document, to_node
from autograder.nbgrader_bridge.examine import GRADEBOOK, Resources
from autograder.nbgrader_bridge.shelf import Notebook as ShelvedNotebook
from autograder.notebook import Blank, Cell, blanks_of, read_document, repair
from autograder.results import one_line

# Characters of a notice in the log.
_NOTICE = 600


class MendMetadata(NbGraderPreprocessor):
    """Find every cell of the assignment again, and give it the metadata it was released with; stands first of all.

    Locked and manually graded cells that are in no way there are put back. A cell at the top of the notebook, and
    nbgrader's log, say what was done.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mend all cells; nbgrader calls it once a notebook."""
        about = resources["nbgrader"]
        repaired = repair(to_document(nb), self._released(resources))
        for notice in repaired.notices:
            self.log.warning("%s of %s: %s", about["notebook"], about["student"], one_line(notice, _NOTICE))
        return to_node(repaired.complete(noted=True)), resources

    def _released(self, resources: Resources) -> tuple[Blank, ...]:
        """Read the cells, as they were released, from the gradebook; their order from the files it was made of."""
        about = resources["nbgrader"]
        with _notebook(resources) as notebook:
            metadata = _metadata(notebook)
            cells = {c.name: Cell(c.cell_type, c.source, {"nbgrader": metadata[c.name]}) for c in notebook.source_cells}
        order = self._order(about["assignment"], f"{about['notebook']}.ipynb")
        return blanks_of(cells[name] for name in sorted(cells, key=lambda name: (order.get(name, len(order)), name)))

    def _order(self, assignment: str, notebook: str) -> Mapping[str, int]:
        """Give the places of the cells; the gradebook does not keep them."""
        course = CourseDirectory(config=self.config)
        for step in (course.source_directory, course.release_directory):
            path = Path(course.format_path(step, ".", assignment)) / notebook
            if path.is_file():
                return _places(path, path.stat().st_mtime_ns)
        return {}


@contextlib.contextmanager
def _notebook(resources: Resources) -> Iterator[Notebook | ShelvedNotebook]:
    """Give the notebook as it was released."""
    about = resources["nbgrader"]
    if GRADEBOOK in resources:
        yield resources[GRADEBOOK].find_notebook(about["notebook"], about["assignment"])
        return
    with Gradebook(about["db_url"]) as gradebook:
        yield gradebook.find_notebook(about["notebook"], about["assignment"])


@functools.lru_cache(maxsize=64)
def _places(path: Path, _changed: int) -> Mapping[str, int]:
    try:
        cells = read_document(path).cells
    except NotebookError:
        return {}
    return {str(cell.nbgrader["grade_id"]): n for n, cell in enumerate(cells) if cell.nbgrader.get("grade_id")}


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

"""Where a result comes from when nbgrader itself grades: from autograder, as it comes to the notebook."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode
from traitlets.utils.importstring import import_item

from autograder.results import NotebookResult

Resources = dict[str, Any]
Grader = Callable[[str, str, str, Path], NotebookResult]

RESULT = "autograder_result"
"""Key of the resources under which the result waits for `WriteVerdicts`; absent when there is none."""
GRADEBOOK = "autograder_gradebook"
"""Key of the resources under which a `Shelf` stands in for the gradebook; absent where nbgrader itself runs."""


class Examine(NbGraderPreprocessor):
    """Grade the notebook as the student wrote it.

    It stands before OverwriteCells, so the hidden tests are not even in the text that the grader is given: the grader
    takes its test cells from the source.
    """

    grader = Unicode(
        "autograder.api.examine",
        help="Import string of the grader: (text, notebook, assignment, course root) -> NotebookResult",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Put the grader's result into the resources; nbgrader calls it once a notebook, in the course's root.

        Raises nothing: what the grader raises is a fault of ours, leaves no result, and so costs no mark.
        """
        about = resources["nbgrader"]
        try:
            grade: Grader = import_item(self.grader)
            resources[RESULT] = grade(nbformat.writes(nb), about["notebook"], about["assignment"], Path.cwd())
        except Exception:  # noqa: BLE001 - of whatever kind, it costs no mark
            self.log.error("No result for %s of %s\n%s", about["notebook"], about["student"], _traceback())  # noqa: TRY400
        return nb, resources


def _traceback() -> str:
    """Give the traceback at hand in characters that only show: a fault's text may quote a student's."""
    lines = traceback.format_exc().splitlines()
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)


def is_test(cell: NotebookNode) -> bool:
    """Tell whether nbgrader calls a cell a test: graded, and nothing for the student to write in."""
    return bool(utils.is_grade(cell) and not utils.is_solution(cell))

"""What becomes of a result: outputs in the notebook, and no score where there is none."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from autograder.nbgrader_bridge.examine import RESULT, Resources
from autograder.nbgrader_bridge.outputs import write
from autograder.results import CheckResult, NotebookResult

WITHHELD = "autograder_withheld"
"""Key of the resources: the grade_ids of the test cells that have no score."""


class WriteVerdicts(NbGraderPreprocessor):
    """Write the result's checks as the outputs of their test cells, matched by grade_id; stands before SaveVerdicts.

    Every other output goes, and so do the cells' tags: nbclient obeys them (``skip-execution``).
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the outputs of all code cells; nbgrader calls it once a notebook."""
        checks = _checks(resources.get(RESULT))
        withheld = resources[WITHHELD] = []
        for count, cell in enumerate((cell for cell in nb.cells if cell.cell_type == "code"), start=1):
            cell.outputs, cell.execution_count = [], count
            if utils.is_grade(cell) and not utils.is_solution(cell):
                about = cell.metadata.nbgrader
                written = write(checks.get(about.grade_id), float(about.points))
                cell.outputs = [_numbered(output, count) for output in written.outputs]
                if written.withheld:
                    withheld.append(about.grade_id)
        for cell in nb.cells:
            cell.metadata.pop("tags", None)
        return nb, resources


class SaveVerdicts(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, which enters no score for a check that has none: a human grades it.

    nbgrader would take its outputs for full marks. Were these taken back in a second step, a process that is killed
    between the two would leave them.
    """

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        """Enter the score of one test cell; nbgrader calls it."""
        grade_id = cell.metadata.nbgrader.grade_id
        if grade_id not in resources.get(WITHHELD, ()):
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(grade_id, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()


def _checks(result: NotebookResult | None) -> dict[str, CheckResult]:
    if result is None:
        return {}
    return {check.grade_id: check for function in result.functions for check in function.checks}


def _numbered(output: NotebookNode, count: int) -> NotebookNode:
    if output.output_type == "execute_result":
        output.execution_count = count
    return output

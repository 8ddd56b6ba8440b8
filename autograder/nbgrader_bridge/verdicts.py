"""What becomes of a result: outputs in the notebook, comments, and no score where there is none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Unicode
from traitlets.utils.importstring import import_item

from autograder.language import Speaker
from autograder.nbgrader_bridge.examine import RESULT, Resources, is_test
from autograder.nbgrader_bridge.outputs import write
from autograder.nbgrader_bridge.remarks import remark
from autograder.results import CheckResult, FunctionResult, NotebookResult

WITHHELD = "autograder_withheld"
"""Key of the resources: the grade_ids of the test cells that have no score."""
SPEAKER = "autograder_speaker"
"""Key of the resources: who says what people read."""
RECORD = "autograder"
"""Key of the notebook's metadata: what was found, for the student's page, which may be in another language."""


class WriteVerdicts(NbGraderPreprocessor):
    """Write the result's checks as the outputs of their test cells, matched by grade_id; stands before SaveVerdicts.

    Every other output goes, and so do the cells' tags: nbclient obeys them (``skip-execution``).
    """

    language = Unicode(help="Of what people read; empty is the course's own").tag(config=True)
    speaker = Unicode(
        "autograder.api.speaker_for", help="Import string of what gives the speaker: (course root, language) -> Speaker"
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the outputs of all code cells; nbgrader calls it once a notebook."""
        speaker_for: Callable[[Path, str], Speaker] = import_item(self.speaker)
        say = resources[SPEAKER] = speaker_for(Path.cwd(), self.language)
        checks = _checks(resources.get(RESULT))
        withheld = resources[WITHHELD] = []
        for count, cell in enumerate((cell for cell in nb.cells if cell.cell_type == "code"), start=1):
            cell.outputs, cell.execution_count = [], count
            if is_test(cell):
                about = cell.metadata.nbgrader
                written = write(checks.get(about.grade_id), float(about.points), say)
                cell.outputs = [_numbered(output, count) for output in written.outputs]
                if written.withheld:
                    withheld.append(about.grade_id)
        for cell in nb.cells:
            cell.metadata.pop("tags", None)
        return nb, resources


class SaveVerdicts(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, which enters no score for a check that has none: a human grades it.

    nbgrader would take its outputs for full marks. Were these taken back in a second step, a process that is killed
    between the two would leave them. What the instructor should know of an answer becomes nbgrader's comment on its
    cell, which formgrader shows: the root cause of lost marks with the smallest example, and which tests the answer
    could have forged. No student reads that: their page has the cause from the record, and comments only where a person
    wrote them.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Enter grades and comments, and keep the record; nbgrader calls it once a notebook."""
        self.take_result(nb, resources)
        return super().preprocess(nb, resources)

    def take_result(self, nb: NotebookNode, resources: Resources) -> None:
        """Keep the record in the notebook, and what the comments will be made of."""
        result: NotebookResult | None = resources.get(RESULT)
        functions = result.functions if result else ()
        self._answers = _answers(functions, nb)
        # Whatever the student wrote there.
        nb.metadata[RECORD] = NotebookNode(functions=[_record(function) for function in functions])

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

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Enter the comment on one answer cell; nbgrader calls it."""
        super()._add_comment(cell, resources)
        grade_id = cell.metadata.nbgrader.grade_id
        text = remark(self._answers.get(grade_id, ()), resources[SPEAKER])
        if text:
            comment = self.gradebook.find_comment(grade_id, self.notebook_id, self.assignment_id, self.student_id)
            # "No response." says more than what follows from it.
            comment.auto_comment = comment.auto_comment or text
            self.gradebook.db.commit()


def _answers(functions: Iterable[FunctionResult], nb: NotebookNode) -> dict[str, list[FunctionResult]]:
    """Find the answer cell of each function, by grade_id: the nearest one above its first test."""
    found: dict[str, list[FunctionResult]] = {}
    of_test = {function.checks[0].grade_id: function for function in functions if function.checks}
    answer = ""
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if utils.is_solution(cell) and not utils.is_grade(cell):
            answer = about.grade_id
        function = of_test.get(about.get("grade_id", ""))
        if function and answer:
            found.setdefault(answer, []).append(function)
    return found


def _record(function: FunctionResult) -> dict[str, Any]:
    """Keep of a function what its student may read; no measurements, which are the instructor's."""
    checks = [{"grade_id": c.grade_id, "verdict": str(c.verdict), "message": c.told} for c in function.checks]
    diagnosis = function.diagnosis and dataclasses.asdict(function.diagnosis)
    found = function.counterexample
    example = found and {
        "code": found.code(function.name),
        "yours": found.yours,
        "expected": found.expected,
        "missing": list(found.missing),
    }
    told = {"name": function.name, "verdict": str(function.verdict), "checks": checks}
    return {**told, "diagnosis": diagnosis, "example": example}


def _checks(result: NotebookResult | None) -> dict[str, CheckResult]:
    return {check.grade_id: check for check in result.checks} if result else {}


def _numbered(output: NotebookNode, count: int) -> NotebookNode:
    if output.output_type == "execute_result":
        output.execution_count = count
    return output

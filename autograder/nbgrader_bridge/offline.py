"""nbgrader's preprocessors that ask the gradebook, with a `Shelf` in its place."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.nbgraderformat.common import ValidationError
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
)

from autograder.errors import PlugInError
from autograder.nbgrader_bridge.examine import GRADEBOOK, Resources
from autograder.nbgrader_bridge.gradebooks import first_line
from autograder.nbgrader_bridge.shelf import Shelf
from autograder.nbgrader_bridge.verdicts import SaveVerdicts

Done = tuple[NotebookNode, Resources]


class KernelspecOffline(OverwriteKernelspec):
    """OverwriteKernelspec, without a database."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Done:
        """Give the notebook its released kernel; nbgrader calls all of these once a notebook."""
        about, shelf = resources["nbgrader"], _shelf(resources)
        kernelspec = shelf.find_notebook(about["notebook"], about["assignment"]).kernelspec
        # nbgrader stores the text "null" where the source has none.
        if kernelspec and (read := json.loads(kernelspec)):
            nb.metadata["kernelspec"] = read
        return nb, resources


class CellsOffline(OverwriteCells):
    """OverwriteCells, without a database."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Done:
        """Put back what students may not change, the hidden tests among it."""
        _bind(self, resources)
        nb, resources = _each_cell(self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class VerdictsOffline(SaveVerdicts):
    """SaveVerdicts, without a database."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Done:
        """Enter the scores."""
        self.take_result(nb, resources)
        _bind(self, resources)
        return _each_cell(self, nb, resources)


class PenaltiesOffline(AssignLatePenalties):
    """AssignLatePenalties, without a database; the plug-in that decides is the course's own."""

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401
        super().__init__(**traits)
        # Not at the first late submission only: what cannot be made is told before anything is graded.
        self.init_plugin()

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Done:
        """Enter what being late costs; PlugInError where the plug-in fails."""
        _bind(self, resources)
        self.init_plugin()
        submission = self.gradebook.find_submission(self.assignment_id, self.student_id)
        notebook = submission.notebooks[self.notebook_id]
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            try:
                penalty = self.plugin_inst.late_submission_penalty(self.student_id, notebook.score, late)
                if penalty is not None:
                    notebook.late_submission_penalty = self._check_late_penalty(notebook, penalty)
            except Exception as error:
                raise _failed(self.plugin_class, error) from error
        return nb, resources


class MetadataOffline(CheckCellMetadata):
    """CheckCellMetadata, which validates the same metadata once and not in every notebook.

    The metadata are those of the gradebook by then, the same in all submissions; the schema takes 2 ms a cell.
    """

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401
        super().__init__(**traits)
        self._validator = MetadataValidator()
        self._sound: set[tuple[str, str]] = set()

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Done:
        """Refuse a notebook with metadata that nbgrader could not read."""
        try:
            for cell in nb.cells:
                if "nbgrader" in cell.metadata:
                    self._check(cell)
        except ValidationError as error:
            raise ValidationError(f"the nbgrader metadata are not valid: {error.message}") from None
        return nb, resources

    def _check(self, cell: NotebookNode) -> None:
        # Distinct in one notebook: `MendMetadata` gives each grade_id to one cell.
        key = (cell.cell_type, json.dumps(cell.metadata["nbgrader"], sort_keys=True))
        if key not in self._sound:
            self._validator.validate_cell(cell)
            self._sound.add(key)


OFFLINE: dict[type, type] = {
    OverwriteKernelspec: KernelspecOffline,
    OverwriteCells: CellsOffline,
    SaveVerdicts: VerdictsOffline,
    AssignLatePenalties: PenaltiesOffline,
    CheckCellMetadata: MetadataOffline,
}
"""What stands in the place of what, where many submissions are written."""


def _bind(preprocessor: Any, resources: Resources) -> None:  # noqa: ANN401 - they have no common base with these names
    about = resources["nbgrader"]
    preprocessor.notebook_id, preprocessor.assignment_id = about["notebook"], about["assignment"]
    preprocessor.student_id = about["student"]
    preprocessor.gradebook = _shelf(resources)


def _failed(plug_in: type, error: Exception) -> PlugInError:
    file = getattr(sys.modules.get(plug_in.__module__), "__file__", None)
    where = f" ({file})" if file else ""
    return PlugInError(
        f"The plug-in for late penalties, {plug_in.__module__}.{plug_in.__qualname__}{where}, raised "
        f"{type(error).__name__}: {first_line(error).rstrip('.')}. Mend it."
    )


def _shelf(resources: Resources) -> Shelf:
    shelf: Shelf = resources[GRADEBOOK]
    return shelf


def _each_cell(preprocessor: NbGraderPreprocessor, nb: NotebookNode, resources: Resources) -> Done:
    """Do what nbconvert's base class does; between it and these stand nbgrader's own, which open the database."""
    one: Callable[..., tuple[NotebookNode, Resources]] = preprocessor.preprocess_cell
    for index, cell in enumerate(nb.cells):
        nb.cells[index], resources = one(cell, resources, index)
    return nb, resources

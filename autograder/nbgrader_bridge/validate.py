"""nbgrader's Validate, for students at their own desk: the visible tests, run and explained as by the grader.

nbgrader runs the whole notebook, training and plots too, and shows tracebacks. Here only what the tests need is run,
and what a student reads is what the feedback would say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode
from traitlets.utils.importstring import import_item

from autograder.nbgrader_bridge.examine import Resources, is_test
from autograder.nbgrader_bridge.outputs import refused
from autograder.results import CheckResult, NotebookResult, Verdict

Runner = Callable[[str, Path], NotebookResult]

# nbgrader's own command cuts off what is longer, with its margin.
_WIDEST = 83


class ByName(str):
    """A preprocessor's import string that makes the preprocessor when it is called.

    nbgrader's Validator calls what its list holds, and its formgrader writes the configuration as JSON: a class is no
    JSON, and an import string alone cannot be called.
    """

    __slots__ = ()

    def __call__(self, **traits: Any) -> NbGraderPreprocessor:  # noqa: ANN401 - traitlets decides
        """Make the preprocessor; nbgrader calls it once a notebook."""
        return import_item(self)(**traits)


class ForgetCopies(NbGraderPreprocessor):
    """Take nbgrader's metadata from all but the last of the cells with the same grade_id.

    A cell that was copied and pasted costs nothing when it is graded (`MendMetadata`), and so it costs nothing here.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mend all cells; nbgrader calls it once a notebook."""
        seen = set()
        for cell in reversed(nb.cells):
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in seen:
                del cell.metadata["nbgrader"]
            elif grade_id:
                seen.add(grade_id)
        return nb, resources


class RunVisibleTests(NbGraderPreprocessor):
    """Write what became of each visible test as an output that nbgrader's Validator shows."""

    runner = Unicode(
        "autograder.api.validating.validate",
        help="Import string of what runs the tests: (text, folder of the notebook) -> NotebookResult",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the outputs of all test cells; nbgrader calls it once a notebook, in the notebook's folder.

        Raises
        ------
        AutograderError
            Where the tests cannot be run at all; nbgrader shows it to the student.
        """
        run: Runner = import_item(self.runner)
        result = run(nbformat.writes(nb), Path.cwd())
        if result.isolation.level == "none":
            self.log.warning("This machine isolates nothing: the notebook was run with your own rights.")
        checks = {check.grade_id: check for check in result.checks}
        functions = {check.grade_id: function.name for function in result.functions for check in function.checks}
        for cell in nb.cells:
            if cell.cell_type == "code" and is_test(cell):
                grade_id = cell.metadata.nbgrader.grade_id
                told = _told(checks.get(grade_id))
                cell.outputs = [_shown(*told, functions.get(grade_id, grade_id))] if told else []
        return nb, resources


def _told(check: CheckResult | None) -> tuple[Verdict, str] | None:
    """Say what is wrong for all but full marks: of partial credit nbgrader's Validator would not show the reason."""
    if check is None:
        return Verdict.MISSING, "This test was not run."
    if check.score is None:
        return check.verdict, check.message if check.undecided else f"This test could not be run. {check.message}"
    if check.verdict is Verdict.PASSED and check.score >= check.max_score:
        return None
    share = f"{check.score:g} of {check.max_score:g} points. " if check.score else ""
    return check.verdict, share + check.message


def _shown(verdict: Verdict, message: str, function: str) -> NotebookNode:
    """Make an error in lines that are read without scrolling, the function's name first; Validate shows no more."""
    output = refused(verdict, message)
    text = f"{function} ({output.ename}): {output.evalue}"
    output.traceback = textwrap.wrap(text, _WIDEST, break_long_words=False, break_on_hyphens=False)
    return output

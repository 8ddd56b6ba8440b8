"""What students get back."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests

from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.examine import Resources


class HideTests(ClearHiddenTests):
    """Take the hidden tests out of the feedback, where nbgrader leaves them to be read.

    Only in test cells: the same markers in a cell of the student's are the student's text, and no fault.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Clear the hidden regions of a test cell; nbgrader calls it for every cell."""
        if utils.is_grade(cell) and not utils.is_solution(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


def generate_feedback(root: Path, assignment: str, language: str = "") -> None:
    """Make the students' pages, `feedback/<student>/<assignment>/*.html`, anew.

    Parameters
    ----------
    root : Path
    assignment : str
    language : str
        Of the pages; the course's own when empty.

    Raises
    ------
    BridgeError
        Nothing is graded yet, or a page could not be made; the others are there.
    """
    with open_course(root, assignment, language=language) as course:
        course.run(course.converter(GenerateFeedback), f"making the feedback of {assignment}")


def release_feedback(root: Path, assignment: str) -> None:
    """Put the students' pages into the exchange.

    Raises
    ------
    BridgeError
        The exchange folder cannot be written.
    """
    with open_course(root, assignment) as course:
        course.run(course.exchange("ReleaseFeedback"), f"releasing the feedback of {assignment}")

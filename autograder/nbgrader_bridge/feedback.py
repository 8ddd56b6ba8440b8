"""What students get back: a page a notebook, and its release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from traitlets import Unicode
from traitlets.utils.importstring import import_item

from autograder.language import Speaker
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.examine import Resources
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.nbgrader_bridge.student_page import page

_OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whose pages were released.

    Parameters
    ----------
    released : int
        Students who can fetch theirs.
    left : tuple of str
        Students who have not handed in through the exchange: somebody has to pass their pages on.
    """

    released: int
    left: tuple[str, ...]


class GetOutcome(GetGrades):
    """nbgrader's GetGrades, which tells an instructor's comment from one of ours."""

    def _get_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Put the comments on an answer cell into its metadata; nbgrader calls it."""
        super()._get_comment(cell, resources)
        about = cell.metadata.nbgrader
        comment = self.gradebook.find_comment(about.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        about["manual_comment"] = comment.manual_comment


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


class FeedbackExporter(Exporter):
    """Makes a student's page, in the place of nbgrader's template: one file that loads nothing and runs nothing."""

    file_extension = ".html"
    output_mimetype = "text/html"
    language = Unicode(help="Of the pages; empty is the course's own").tag(config=True)
    speaker = Unicode(
        "autograder.api.speaker_for", help="Import string of what gives the speaker: (course root, language) -> Speaker"
    ).tag(config=True)

    def from_notebook_node(
        self, nb: NotebookNode, resources: Resources | None = None, **options: object
    ) -> tuple[Any, Resources]:
        """Make the page of a notebook; nbgrader calls it, in the course's root."""
        speaker_for: Callable[[Path, str], Speaker] = import_item(self.speaker)
        nb, resources = super().from_notebook_node(nb, resources, **options)
        return page(nb, resources["nbgrader"], speaker_for(Path.cwd(), self.language)), resources


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
        Nothing is graded yet, or a page could not be made; the others are there. Or feedback is left to nbgrader
        itself.
    """
    with open_course(root, assignment, language=language) as course:
        require_handed_over(course)
        course.run(course.converter(GenerateFeedback), f"making the feedback of {assignment}")


def release_feedback(root: Path, assignment: str) -> Feedback:
    """Put the pages of students who have handed in through the exchange into it.

    nbgrader names a page by what the exchange has written beside the submission. Where that is missing, because the
    submission came from a learning platform or was put into its folder by hand, its own command ends with an error
    and leaves out the students that follow.

    Returns
    -------
    Feedback

    Raises
    ------
    BridgeError
        The exchange folder cannot be written.
    """
    with open_course(root, assignment) as course:
        directory = course.directory
        pattern = Path(directory.format_path(directory.feedback_directory, "*", assignment))
        folders = sorted(course.root.glob(str(pattern.relative_to(course.root))))
        left = [folder for folder in folders if not all((folder / name).is_file() for name in _OF_THE_EXCHANGE)]
        found = Feedback(len(folders) - len(left), tuple(folder.parent.name for folder in left))
        if found.released:
            directory.student_id_exclude = ",".join(filter(None, [directory.student_id_exclude, *found.left]))
            course.run(course.exchange("ReleaseFeedback"), f"releasing the feedback of {assignment}")
        return found

"""What students get back: a page a notebook, and its release."""

from __future__ import annotations

import glob
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from traitlets import Unicode
from traitlets.utils.importstring import import_item

from autograder.errors import BridgeError, GradebookError
from autograder.language import Speaker
from autograder.nbgrader_bridge.course import Course, is_pattern, open_course
from autograder.nbgrader_bridge.examine import Resources, is_test
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.nbgrader_bridge.renamed import LONGEST_SECRET, SECRET_FILE, HandedInAs
from autograder.nbgrader_bridge.student_page import page
from autograder.nbgrader_bridge.times import TIME_FILE, text_of

_OF_THE_EXCHANGE = (TIME_FILE, SECRET_FILE)
_A_PATTERN = "nbgrader takes the name for a pattern. Give the student's folders another name, and grade it again."


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whose pages were released.

    Parameters
    ----------
    released : int
        Students who can fetch theirs.
    left : tuple of str
        Students who have not handed in through the exchange, or whose submission has not what it writes any more:
        somebody has to pass their pages on.
    without : tuple of str
        Students whom the gradebook has and who have no page, for there is no graded notebook of what they handed in.
    unknown : tuple of str
        Students of whom there are graded notebooks, and whose submission the gradebook does not know, or not any more.
    """

    released: int
    left: tuple[str, ...]
    without: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class GetOutcome(GetGrades):
    """nbgrader's GetGrades, which tells what an instructor says and decides from what is ours, and what waits.

    And what became of the submission's notebooks that have no page of their own.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Put in what the gradebook has; nbgrader calls it, for a notebook in the folder of the graded ones."""
        nb, resources = super().preprocess(nb, resources)
        folder, about = Path(resources["metadata"]["path"]), resources["nbgrader"]
        with self.gradebook:
            submission = self.gradebook.find_submission(self.assignment_id, self.student_id)
            others = [one for one in submission.notebooks if not (folder / f"{one.name}.ipynb").is_file()]
            # What was not handed in has 0 points, and what cannot be read has none, until a person gives some.
            read = {str(one.name): all(grade.auto_score is not None for grade in one.grades) for one in others}
            about["others_wait"] = any(one.needs_manual_grade for one in others)
        about["missing"] = sorted(name for name in read if read[name])
        about["unread"] = sorted(name for name in read if not read[name])
        return nb, resources

    def _get_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Put the comments on an answer cell into its metadata; nbgrader calls it."""
        super()._get_comment(cell, resources)
        about = cell.metadata.nbgrader
        comment = self.gradebook.find_comment(about.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        about["manual_comment"] = comment.manual_comment

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        """Put the points of a graded cell into its metadata, and who gave them; nbgrader calls it."""
        super()._get_score(cell, resources)
        about = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(about.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        about["decided"] = grade.manual_score is not None
        about["waits"] = bool(grade.needs_manual_grade)


class HideTests(ClearHiddenTests):
    """Take the hidden tests out of the feedback, where nbgrader leaves them to be read.

    Only in test cells: the same markers in a cell of the student's are the student's text, and no fault.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Clear the hidden regions of a test cell; nbgrader calls it for every cell."""
        if is_test(cell):
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


def generate_feedback(root: Path, assignment: str, language: str = "") -> tuple[tuple[str, str], ...]:
    """Make the students' pages, `feedback/<student>/<assignment>/*.html`, anew.

    A page that was made of an earlier submission is taken away: nbgrader leaves it where there is no graded notebook
    any more, because what was handed in last cannot be read. So is the page of a submission that the gradebook does
    not know: there are no points to put on it.

    Parameters
    ----------
    root : Path
    assignment : str
    language : str
        Of the pages; the course's own when empty.

    Returns
    -------
    tuple of (str, str)
        Students whose page could not be made, and why; it stops none of the others.

    Raises
    ------
    BridgeError
        Nothing is graded yet, or no page at all could be made. Or feedback is left to nbgrader itself.
    GradebookError
        The gradebook cannot be used.
    """
    with open_course(root, assignment, language=language) as course:
        require_handed_over(course)
        known = _known(course)
        graded = [name for name in _graded(course) if name in known]
        if not graded:
            raise BridgeError(
                f"The gradebook knows no graded notebook of {assignment}, so there is no page to make. Run `autograder "
                f"grade {assignment}`; it says which notebooks cannot be read."
            )
        for folder in _folders(course, course.directory.feedback_directory):
            if folder.parent.name not in graded:
                shutil.rmtree(folder)
        return _pages(course, graded)


def release_feedback(root: Path, assignment: str) -> Feedback:
    """Put the pages of students who have handed in through the exchange into it.

    nbgrader names a page by what the exchange has written beside the submission. Where that is missing, because the
    submission came from a learning platform or was put into its folder by hand, or is another thing now, its own
    command ends with an error and leaves out the students that follow.

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
        folders = _folders(course, directory.feedback_directory)
        left = [
            folder for folder in folders if not all(text_of(folder / name, LONGEST_SECRET) for name in _OF_THE_EXCHANGE)
        ]
        students = _known(course)
        found = Feedback(
            released=len(folders) - len(left),
            left=tuple(folder.parent.name for folder in left),
            without=tuple(sorted(students - {folder.parent.name for folder in folders})),
            unknown=tuple(name for name in _graded(course) if name not in students),
        )
        step = course.exchange("ReleaseFeedback")
        handed_in_as = HandedInAs(step)
        for folder in folders:
            if folder not in left:
                directory.student_id = glob.escape(folder.parent.name)
                with handed_in_as.page(folder):
                    course.run(step, f"releasing the feedback of {assignment}")
        return found


def _pages(course: Course, students: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Make the pages student by student: of several, nbgrader does not say whose it could not make."""
    step, failed = course.converter(GenerateFeedback), []
    for student in students:
        if is_pattern(student):
            failed.append((student, _A_PATTERN))
            continue
        course.directory.student_id = glob.escape(student)
        try:
            course.run(step, f"making the feedback of {course.directory.assignment_id} for {student}")
        except GradebookError:
            raise
        except BridgeError as error:
            failed.append((student, str(error)))
    if len(failed) == len(students):
        raise BridgeError(failed[0][1])
    return tuple(failed)


def _graded(course: Course) -> list[str]:
    return [folder.parent.name for folder in _folders(course, course.directory.autograded_directory)]


def _known(course: Course) -> set[str]:
    """Give the students of whom the gradebook has a submission."""
    with course.gradebook() as gradebook:
        return {str(one.student_id) for one in gradebook.assignment_submissions(course.directory.assignment_id)}


def _folders(course: Course, step: str) -> list[Path]:
    """List the folders of a step for the course's assignment, by student."""
    pattern = Path(course.directory.format_path(step, "*", course.directory.assignment_id))
    return sorted(course.root.glob(str(pattern.relative_to(course.root))))

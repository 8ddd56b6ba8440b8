"""All that a student may get to read of a graded submission."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder import exports
from autograder import nbgrader_bridge as bridge
from autograder.api.outcomes import class_outcome
from autograder.nbgrader_bridge.course import open_course
from autograder.reports import student_page


def texts(root: Path, assignment: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Give what stands in each place, once feedback has been generated.

    Parameters
    ----------
    root : Path
    assignment : str
    folder : Path
        For exported files.

    Yields
    ------
    student, place, text : str
        The student is empty for what tells of the whole class.
    """
    outcome = class_outcome(root, assignment)
    bridge.export(root, folder / "grades.csv")
    yield "", "csv", (folder / "grades.csv").read_text(encoding="utf-8")
    yield "", "canvas", exports.canvas(outcome, "")
    yield "", "moodle", exports.moodle(outcome, "")
    for one in outcome.submitted:
        student = one.person.id
        yield student, "gradescope", json.dumps(exports.gradescope(one), ensure_ascii=False)
        yield student, "coursera", json.dumps(exports.coursera(one), ensure_ascii=False)
        yield student, "on a host", exports.feedback_text(one)
        yield student, "page of the report", student_page(one, assignment)
        for path in (root / "feedback" / student / assignment).glob("*.html"):
            yield student, "feedback", path.read_text(encoding="utf-8")
        yield student, "comments", "\n".join(_comments(root, assignment, student))
        yield student, "autograded", _outputs(root, assignment, student)


def _comments(root: Path, assignment: str, student: str) -> list[str]:
    with open_course(root, assignment) as course, course.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission(assignment, student).notebooks
        return [str(comment.comment or "") for comment in notebook.comments]


def _outputs(root: Path, assignment: str, student: str) -> str:
    """Give what the autograded notebook shows beside the test cells, which are the instructor's to see."""
    notebook = nbformat.read(root / "autograded" / student / assignment / f"{assignment}.ipynb", as_version=4)
    own = [cell.source for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    return json.dumps([own, outputs, notebook.metadata], ensure_ascii=False)

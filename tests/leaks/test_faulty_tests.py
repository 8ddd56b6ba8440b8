"""A hidden test that the reference itself fails: why is the instructor's to read, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import nbformat
import pytest
from entering import write_grades
from hostile_course import EXPECTED, HIDDEN, leaks, make_course
from readers import texts

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.api.outcomes import class_outcome
from autograder.api.records import keep
from autograder.nbgrader_bridge.course import open_course
from autograder.notebook import read
from autograder.reports import class_page
from autograder.results import NOT_GRADED

FAULTS = {
    "test_double_hidden": f"np.testing.assert_allclose(double(np.array([1.0])), {EXPECTED})",
    "test_quadruple_hidden": f'assert quadruple(1.0)["value"] == {EXPECTED}, "wanted {EXPECTED}"',
    "test_double_partial": f"-{EXPECTED} * double(1.0)",
}
STUDENT = "neighbour"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Grade a right answer by tests of which each shows its secret when it fails."""
    root = tmp_path_factory.mktemp("faulty") / "course"
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        fault = FAULTS.get(cell.metadata.nbgrader.grade_id)
        cell.source = HIDDEN.format(fault) if fault else cell.source
    nbformat.write(notebook, path)
    bridge.generate(root, "hw")
    with Grader(root, "none") as grader:
        handed_in = read(root / "submitted" / STUDENT / "hw" / "hw.ipynb")
        results = {(STUDENT, "hw"): grader.grade(handed_in, "hw.ipynb", "hw", "hw")}
    write_grades(root, "hw", results)
    keep(root, "hw", results)
    return root


def told(root, folder):
    """Give all that students read, by place."""
    bridge.generate_feedback(root, "hw")
    return {place: text for _, place, text in texts(root, "hw", folder)}


def telling(places):
    """Name the places that show a secret; the student's own stand in the student's notebook."""
    return [place for place, text in places.items() if "expected value" in leaks(text)]


@pytest.fixture(scope="module")
def undecided(root, tmp_path_factory):
    """Read all of it before a person has decided anything."""
    page = class_page(class_outcome(root, "hw"), datetime(2026, 1, 1, tzinfo=UTC))
    return told(root, tmp_path_factory.mktemp("undecided")), page


def test_no_student_reads_why(undecided):
    assert telling(undecided[0]) == []


@pytest.mark.parametrize("place", ["moodle", "coursera", "page of the report", "feedback", "on a host"])
def test_a_student_reads_that_it_is_no_fault_of_theirs(undecided, place):
    assert NOT_GRADED in undecided[0][place]


def test_the_instructor_reads_why(undecided):
    assert "expected value" in leaks(undecided[1])


@pytest.mark.parametrize("points", [2.0, 0.0])
@pytest.mark.usefixtures("undecided")
def test_no_student_reads_why_once_a_person_has_decided(root, tmp_path, points):
    with open_course(root, "hw") as course, course.gradebook() as gradebook:
        for name in FAULTS:
            grade = gradebook.find_grade(name, "hw", "hw", STUDENT)
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()
    assert telling(told(root, tmp_path)) == []

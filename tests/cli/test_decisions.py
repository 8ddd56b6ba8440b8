"""What `grade` and `regrade` say of marks that people decide, beside those of the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from command import invoke, run
from tables import contents
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

pytestmark = pytest.mark.slow

ANSWERS = {"ann": "def double(x):\n    return x + x", "ben": "def double(x):\n    return 2"}


def put(course: Path, student: str, answer: str) -> None:
    document = nbformat.read(course / "release" / "hw" / "hw.ipynb", as_version=4)
    document.cells[1].source = answer
    path = course / "submitted" / student / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(document, path)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("tiny") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    for student, answer in ANSWERS.items():
        put(root, student, answer)
    return root


@pytest.fixture(scope="module")
def graded(handed_in) -> tuple[Path, str]:
    """Give a class in which a person has given ben 1.25 for the hidden test, and what `grade` had said."""
    said = run(handed_in, "grade", "hw", "--jobs", 1)
    with open_course(handed_in, "hw") as opened, opened.gradebook() as gradebook:
        grade = gradebook.find_grade("test_hidden", "hw", "hw", "ben")
        grade.manual_score, grade.needs_manual_grade = 1.25, False
        gradebook.db.commit()
    return handed_in, said


@pytest.fixture
def course(graded, tmp_path) -> Path:
    return Path(shutil.copytree(graded[0], tmp_path / "course"))


def change(course: Path, old: str, new: str) -> None:
    path = course / "source" / "hw" / "hw.ipynb"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_grade_says_whose_marks_it_shows(graded):
    assert "by the tests" in graded[1]
    assert "points that count are in the gradebook" in graded[1]


def test_nobody_who_has_all_points_is_said_to_wait(graded):
    assert "formgrader" not in graded[1]


def test_grading_unchanged_work_again_opens_no_marks(course):
    before = contents(f"sqlite:///{course / 'gradebook.db'}")
    assert "formgrader" not in run(course, "grade", "hw", "--jobs", 1)
    assert contents(f"sqlite:///{course / 'gradebook.db'}") == before


def test_a_test_that_nobody_fails_by_opens_no_marks(course):
    before = contents(f"sqlite:///{course / 'gradebook.db'}")
    change(course, "assert double(21) == 42", "assert double(21) == 42.0")
    said = run(course, "regrade", "hw", "--apply", "--jobs", 1)
    assert "2 stay as they are" in said
    assert "formgrader" not in said
    assert contents(f"sqlite:///{course / 'gradebook.db'}") == before


def test_whose_points_by_hand_are_in_question_is_told_with_what_to_do(course):
    put(course, "ben", "def double(x):\n    return 42")
    said = run(course, "grade", "hw", "--jobs", 1)
    assert "points given by hand: ben" in said
    assert "Resolve" in said


def test_regrade_tells_it_too(course):
    change(course, "assert double(21) == 42", "assert double(21) in (42, 2)")
    assert "points given by hand: ben" in run(course, "regrade", "hw", "--apply", "--jobs", 1)


def test_regrade_names_who_waits_also_where_nothing_changes_any_more(course):
    change(course, "assert double(21) == 42", "assert double(21) in (42, 2)")
    run(course, "regrade", "hw", "--apply", "--jobs", 1)
    assert "points given by hand: ben" in run(course, "regrade", "hw", "--jobs", 1)


def test_every_submission_is_in_a_number_of_the_summary(course):
    change(course, "assert double(21) == 42", "assert double(21) in (42, 2)")
    assert "1 stay as they are, 1 to be confirmed." in run(course, "regrade", "hw", "--jobs", 1)


def test_an_answer_that_only_a_person_can_grade_is_told(course):
    source = nbformat.read(course / "source" / "hw" / "hw.ipynb", as_version=4)
    source.cells[2].metadata["nbgrader"] |= {"solution": True, "locked": False}
    nbformat.write(source, course / "source" / "hw" / "hw.ipynb")
    shutil.rmtree(course / "submitted")
    (course / "gradebook.db").unlink()
    bridge.generate(course, "hw")
    put(course, "ann", ANSWERS["ann"])
    path = course / "submitted" / "ann" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("raise NotImplementedError()", "'my own words'"))
    assert "Points are still to be given to: ann." in run(course, "grade", "hw", "--jobs", 1)


def test_grade_counts_all_submissions_alike(course):
    (course / "submitted" / "ben" / "hw" / "hw.ipynb").write_text("no notebook")
    said = run(course, "grade", "hw", "--jobs", 1)
    assert "hw: 2 submissions" in said
    assert "submissions 2 in" in said


def test_no_line_is_longer_than_the_terminal_is_wide(course):
    path = course / "submitted" / "ben" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("import math", "import math, cmath").replace('"points": 2', '"points": 7'))
    arguments = ["grade", "hw", "--jobs", "1", "--course", str(course)]
    done = invoke(arguments, catch_exceptions=False, env={"COLUMNS": "80"})
    assert "note: ben: " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80

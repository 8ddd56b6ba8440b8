"""Why marks would change: the tests, the points, or another submission; and why some cannot be graded again."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from command import invoke
from frail_course import RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import Regrading, regrade
from autograder.nbgrader_bridge.course import open_course

pytestmark = pytest.mark.slow

HALF = RIGHT.replace("x + x + x", "x")
ALONE = Crew(1)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a class in which ada is late; a person has given bo points for one test."""
    course = make_course(tmp_path_factory.mktemp("reasons") / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nget_config().LateSubmissionPlugin.penalty_method = "zero"\n')
    bridge.generate(course, "hw")
    bridge.set_due_date(course, "hw", datetime(2026, 3, 6, tzinfo=UTC))
    for student, answer in {"ada": RIGHT, "bo": HALF}.items():
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", answer)
    (course / "submitted" / "ada" / "hw" / "timestamp.txt").write_text("2026-03-07 18:00:00.000000 UTC")
    grade_assignments(course, ["hw"], crew=ALONE)
    with open_course(course, "hw") as opened, opened.gradebook() as book:
        grade = book.find_grade("triple_again", "hw", "hw", "bo")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def change(course: Path, old: str, new: str) -> None:
    path = course / "source" / "hw" / "hw.ipynb"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def changed(course: Path) -> Regrading:
    return regrade(course, ["hw"], crew=ALONE)


def said(course: Path, *arguments: str) -> str:
    command = ["regrade", "hw", "--jobs", "1", *arguments, "--course", str(course)]
    return re.sub(r"\s+", " ", invoke(command, catch_exceptions=False).output)


def test_why_a_test_cannot_be_run_is_told_once(course) -> None:
    change(course, "assert triple(2) == 6", "assert False")
    told = said(course)
    assert told.count("does not pass with the reference") == 1
    assert "ada, bo: not graded" in told
    assert "autograder grade" not in told


@pytest.mark.parametrize("command", ["regrade", "grade"])
@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("assert False", "The test cell triple_plain does not pass with the ref"),
        ("assert triple(memoryview(bytes(6)))", "The test calls triple with a memoryview as argument 1"),
    ],
    ids=["does not pass", "does not cross"],
)
def test_who_has_points_from_other_tests_is_not_said_to_have_none(
    course, command: str, broken: str, fault: str
) -> None:
    change(course, "assert triple(2) == 6", broken)
    told = re.sub(r"\s+", " ", invoke([command, "hw", "--jobs", "1", "--course", str(course)]).output)
    assert told.count(f"not graded by all tests: {fault}") == 1
    assert "--resume" not in told


def test_a_test_that_is_worth_less_now_is_told_as_that(course) -> None:
    path = course / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.metadata["nbgrader"]["grade_id"] == "triple_plain"]
    cell.metadata["nbgrader"]["points"] = 1.0
    nbformat.write(notebook, path)
    bridge.generate(course, "hw")
    (ada,) = changed(course).changes
    assert [(cell.before, cell.after, cell.why) for cell in ada.cells] == [(2.0, 1.0, "is worth 1 now, 2 before")]


def test_another_submission_is_told_as_that_and_not_as_a_change_of_the_tests(course) -> None:
    write_answer(course / "submitted" / "ada" / "hw" / "hw.ipynb", HALF)
    change(course, "assert triple(2) == 6", "assert triple(2) in (6, 2)")
    assert {one.student: one.resubmitted for one in changed(course).changes} == {"ada": True, "bo": False}
    assert said(course).count("another notebook was handed in since") == 1


def test_what_comes_off_for_being_late_stands_beside_the_points_it_comes_off(course) -> None:
    change(course, "assert triple(2) == 6", "assert triple(2) == 2")
    (course / "reference" / "hw.py").write_text((course / "reference" / "hw.py").read_text().replace("3 * x", "x"))
    change(course, "assert triple(3) == 9", "assert triple(3) == 3")
    assert {one.student: one.penalty > 0 for one in changed(course).changes} == {"ada": True, "bo": False}
    assert " ada 12 - 12 -> 8 - 8 +0 " in said(course)


def test_whose_points_by_hand_would_be_in_question_is_told_before_anything_is_written(course) -> None:
    change(course, "assert triple(3) == 9", "assert triple(3) in (9, 3)")
    found = changed(course)
    assert (found.questioned, found.same) == (["bo"], 1)
    assert "may have to be confirmed: bo" in said(course)


def test_a_reason_that_several_cells_have_is_told_once(course) -> None:
    write_answer(course / "submitted" / "ada" / "hw" / "hw.ipynb", "pass")
    (ada,) = changed(course).changes
    assert len(ada.cells) > len({cell.why for cell in ada.cells}) == 2
    assert said(course).count("The notebook does not define") == 2

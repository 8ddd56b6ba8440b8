"""The demo, from release to feedback, with the course of this project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from entering import write_grades

from autograder import api
from autograder import nbgrader_bridge as bridge
from autograder.adoption import start_course
from autograder.demo import run_demo, sample_class
from autograder.demo.round_trip import copy_course
from autograder.errors import UsageError
from reference import gradient_checking, initialization, regularization

PROJECT = Path(__file__).resolve().parents[2]
QUESTIONS = {
    "gradient_checking": gradient_checking.QUESTIONS,
    "initialization": initialization.QUESTIONS,
    "regularization": regularization.QUESTIONS,
}
# Of the sample class, those of whom the fast tests see everything; the long battery has all others.
SOME = {"bela", "greta", "liam", "nadia"}
FULL = {"gradient_checking": 50.0, "initialization": 30.0, "regularization": 40.0}


def grade(course: Path, assignment: str) -> None:
    found = bridge.submissions(course, assignment)
    results = {
        (one.student, name): api.examine(path.read_text(), name, assignment, course)
        for one in found
        for name, path in one.paths
    }
    assert write_grades(course, assignment, results) == ()


def rows(outcome):
    """Give everybody in every assignment."""
    return {(row.person.id, one.assignment): row for one in outcome.classes for row in one.outcomes}


def scores(outcome, student):
    return {assignment: row.score for (name, assignment), row in rows(outcome).items() if name == student}


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """Give the outcome, and what was said on the way: what is done, and what is being done."""
    pupils = [pupil for pupil in sample_class() if pupil.student.id in SOME]
    said = []
    outcome = run_demo(
        PROJECT,
        tmp_path_factory.mktemp("demo"),
        grade,
        lambda step: said.append(("done", step)),
        lambda step: said.append(("at", step)),
        pupils,
    )
    return outcome, said


@pytest.fixture(scope="module")
def outcome(taken):
    return taken[0]


def test_no_step_is_called_the_same_while_it_is_done_and_after_it(taken):
    _, said = taken
    assert not {step for kind, step in said if kind == "at"} & {step for kind, step in said if kind == "done"}


def test_it_says_that_it_makes_the_feedback_while_it_does(taken):
    _, said = taken
    graded = said.index(("done", "regularization: graded"))
    assert said[graded + 1 : graded + 3] == [
        ("at", "regularization: making the feedback"),
        ("done", "regularization: feedback released"),
    ]


@pytest.mark.parametrize("student", ["bela", "greta"])
def test_right_answers_get_full_marks_however_written(outcome, student):
    assert scores(outcome, student) == FULL


@pytest.mark.parametrize("student", ["liam", "nadia"])
def test_no_answers_get_none(outcome, student):
    assert set(scores(outcome, student).values()) == {0.0}


def test_late_is_late(outcome):
    late = {place for place, row in rows(outcome).items() if row.seconds_late}
    assert late == {("greta", "regularization")}


def test_nothing_waits_for_a_human(outcome):
    assert not any(row.waits for row in rows(outcome).values())


def test_the_paths_to_look_at_are_there(outcome):
    assert outcome.grades.read_text(encoding="utf-8").startswith("assignment,")
    assert (outcome.feedback / "bela" / "initialization" / "initialization.html").exists()
    assert (outcome.course / "gradebook.db").exists()


def test_no_hidden_test_is_in_any_students_hands(outcome):
    pages = [*outcome.feedback.rglob("*.html"), *(outcome.course.parent / "students").rglob("*.ipynb")]
    assert len(pages) == 18
    assert not [page for page in pages if "HIDDEN TESTS" in page.read_text(encoding="utf-8")]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(UsageError, match="is not empty"):
        run_demo(PROJECT, tmp_path, grade)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_without_assignments_is_no_course(tmp_path):
    with pytest.raises(UsageError, match="no course folder"):
        run_demo(tmp_path, tmp_path / "demo", grade)


def test_a_course_that_the_class_has_no_answers_to_is_refused_before_anything_is_made(tmp_path):
    start_course(tmp_path / "other")
    told = r"none to 'double' in source/example/example\.ipynb"
    with pytest.raises(UsageError, match=told):
        run_demo(tmp_path / "other", tmp_path / "demo", grade)
    assert not (tmp_path / "demo").exists()


def test_a_notebook_of_the_course_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "other" / "source" / "hw").mkdir(parents=True)
    (tmp_path / "other" / "source" / "hw" / "hw.ipynb").write_text("{")
    with pytest.raises(UsageError, match=r"source/hw/hw\.ipynb: The file ends"):
        run_demo(tmp_path / "other", tmp_path / "demo", grade)


def test_an_assignment_has_one_notebook_that_the_class_answers(tmp_path):
    shutil.copytree(PROJECT / "source" / "regularization", tmp_path / "other" / "source" / "regularization")
    shutil.copy(
        PROJECT / "source" / "initialization" / "initialization.ipynb", tmp_path / "other/source/regularization"
    )
    assert copy_course(tmp_path / "other", tmp_path / "demo")[1] == ["regularization"]


def test_a_course_without_a_reference_is_copied_without_one(tmp_path):
    shutil.copytree(PROJECT / "source", tmp_path / "other" / "source")
    course, _ = copy_course(tmp_path / "other", tmp_path / "demo")
    assert sorted(path.name for path in course.iterdir()) == ["nbgrader_config.py", "source"]


@pytest.mark.slow
def test_full_marks_are_for_those_who_answered_all_right_and_for_nobody_else(tmp_path):
    pupils = [pupil for pupil in sample_class() if pupil.student.id not in SOME]
    outcome = run_demo(PROJECT, tmp_path / "demo", grade, pupils=pupils)
    full = {place for place, row in rows(outcome).items() if row.score == row.max_score}
    assert full == {
        (pupil.student.id, assignment)
        for pupil in outcome.pupils
        for assignment, functions in QUESTIONS.items()
        if assignment not in pupil.absent
        and all(pupil.answers.get(function, pupil.style) in {"plain", "other"} for function in functions)
    }


def test_each_assignment_has_the_class_on_one_page(outcome):
    assert [path.name for path in outcome.reports] == [f"report-{assignment}.html" for assignment in FULL]
    assert all("Greta Novak" in path.read_text(encoding="utf-8") for path in outcome.reports)

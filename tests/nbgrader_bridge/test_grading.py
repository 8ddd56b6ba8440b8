"""From results to nbgrader's database."""

from __future__ import annotations

import stat
from dataclasses import replace

import pytest
from entering import write_grades
from nbformat.v4 import new_output
from tiny_course import ALL_PASSED, check, result

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course
from autograder.results import Trust

VISIBLE = check("test_visible", 2.0, 2.0, "passed")


def test_full_marks_are_full_marks(course, hand_in, grades):
    hand_in("ada")
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert grades("ada") == {"test_visible": (2.0, False), "test_hidden": (3.0, False)}


@pytest.mark.parametrize(
    ("seen", "grade"),
    [
        ((0.0, 3.0, "failed"), (0.0, False)),
        ((1.25, 3.0, "partial"), (1.25, False)),
        ((0.0, 3.0, "crashed"), (0.0, False)),
        ((None, 3.0, "internal_error"), (None, True)),
        ((None, 3.0, "failed"), (None, True)),
        ((float("nan"), 3.0, "partial"), (None, True)),
        ((7.0, 3.0, "partial"), (3.0, False)),
        ((-7.0, 3.0, "partial"), (0.0, False)),
    ],
)
def test_a_verdict_becomes_a_grade(course, hand_in, grades, seen, grade):
    hand_in("ada")
    hidden = check("test_hidden", *seen, "a message")
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, hidden)})
    assert grades("ada") == {"test_visible": (2.0, False), "test_hidden": grade}


@pytest.fixture
def undecided(course, hand_in):
    hand_in("ada")
    doubt = check("test_hidden", None, 3.0, "failed", "J differs from digit 7 on: a person will look at it.")
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, doubt)})


@pytest.mark.usefixtures("undecided")
def test_the_message_of_an_undecided_check_stands_in_its_cell(autograded):
    (output,) = autograded("ada")["test_hidden"].outputs
    assert output.text == "J differs from digit 7 on: a person will look at it.\n"


@pytest.mark.usefixtures("undecided")
def test_the_message_of_an_undecided_check_stands_in_the_feedback(course):
    bridge.generate_feedback(course, "hw")
    assert "J differs from digit 7 on" in (course / "feedback" / "ada" / "hw" / "hw.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undecided")
def test_the_marks_of_a_person_count_for_an_undecided_check(course):
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        grade = gradebook.find_grade("test_hidden", "hw", "hw", "ada")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()
    (row,) = [one for one in bridge.standing(course, "hw") if one.student == "ada"]
    assert (row.points, row.needs_manual_grade) == (5.0, False)


def test_a_test_cell_that_was_not_graded_waits_for_a_human(course, hand_in, grades):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE)})
    assert grades("ada")["test_hidden"] == (None, True)


def test_grading_again_gives_the_score_that_was_withheld(course, hand_in, grades):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE)})
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert grades("ada")["test_hidden"] == (3.0, False)


def test_what_a_student_left_in_the_outputs_counts_for_nothing(course, hand_in, grades, autograded):
    def forge(notebook):
        notebook.cells[3].outputs = [new_output("execute_result", data={"text/plain": "3.0"}, execution_count=1)]

    hand_in("ada", forge)
    failed = check("test_hidden", 0.0, 3.0, "failed", "seen")
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, failed)})
    assert grades("ada")["test_hidden"] == (0.0, False)
    assert [output.output_type for output in autograded("ada")["test_hidden"].outputs] == ["error"]


def test_tags_are_stripped(course, hand_in, autograded):
    def tag(notebook):
        for cell in notebook.cells:
            cell.metadata["tags"] = ["skip-execution"]

    hand_in("ada", tag)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert all("tags" not in cell.metadata for cell in autograded("ada").values())


def test_code_cells_are_counted_in_order(course, hand_in, autograded):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert [cell.execution_count for cell in autograded("ada").values()] == [1, 2, 3, 4]


def test_a_failure_of_one_student_stops_no_other(course, hand_in, grades):
    hand_in("ada").write_text("no notebook")
    hand_in("bo")
    unwritten = write_grades(course, "hw", {("ada", "hw"): ALL_PASSED, ("bo", "hw"): ALL_PASSED})
    assert [failure.student for failure in unwritten] == ["ada"]
    assert "JSON" in unwritten[0].reason
    assert grades("bo")["test_hidden"] == (3.0, False)


def test_an_unchanged_answer_is_no_response(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        assert gradebook.find_comment("double", "hw", "hw", "ada").auto_comment == "No response."


@pytest.fixture
def forgeable(course, hand_in):
    """Grade an answer, one of whose tests ran among the student's code."""
    hand_in("ada", lambda notebook: notebook.cells[1].update(source="def double(x):\n    return x + x"))
    hidden = replace(check("test_hidden", 3.0, 3.0, "passed"), trust=Trust.IN_CANDIDATE)
    write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, hidden)})


@pytest.mark.usefixtures("forgeable")
def test_the_comment_names_the_tests_that_the_answer_could_forge(course):
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        comment = gradebook.find_comment("double", "hw", "hw", "ada").auto_comment
    assert comment == "Ran in-candidate, among the student's code, which could forge it: test_hidden."


@pytest.mark.usefixtures("forgeable")
def test_no_student_reads_which_tests_can_be_forged(course):
    bridge.generate_feedback(course, "hw")
    page = (course / "feedback" / "ada" / "hw" / "hw.html").read_text(encoding="utf-8")
    assert ("test_hidden" in page, "forge" in page) == (True, False)


def test_autograded_notebooks_are_read_only(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    mode = (course / "autograded" / "ada" / "hw" / "hw.ipynb").stat().st_mode
    assert stat.S_IMODE(mode) == 0o444


def test_ids_with_commas_and_letters_of_any_alphabet(course, hand_in, grades):
    hand_in("Brontë, Zoë")
    write_grades(course, "hw", {("Brontë, Zoë", "hw"): ALL_PASSED})
    assert grades("Brontë, Zoë")["test_visible"] == (2.0, False)


def test_submissions_are_the_notebooks_that_the_assignment_has(course, hand_in):
    path = hand_in("bo")
    hand_in("ada")
    path.with_name("scratch.ipynb").write_text("{}")
    found = bridge.submissions(course, "hw")
    assert [one.student for one in found] == ["ada", "bo"]
    assert found[1].paths == (("hw", path),)

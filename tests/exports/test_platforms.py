"""What platforms read of our files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from receivers import canvas_import, coursera_read, gradescope_read, moodle_import, rows_of
from sample import ADA, BO, CLASS, CY, DEE, EVE, FAY, LATE, UNREAD, WRITER

from autograder.exports import canvas, coursera, feedback_text, gradescope, moodle

SETTLED = {"101": 10.0, "102": 8.5, "103": 5.0}


def sent(render, one):
    return json.dumps(render(one), allow_nan=False)


def test_canvas_takes_the_settled_marks_and_leaves_the_others():
    marks = {student: row["hw"] for student, row in canvas_import(canvas(CLASS)).items()}
    assert marks == SETTLED | {"104": None, "105": None, "106": None}


@pytest.mark.parametrize(
    ("points", "written"), [(133.33333333, "133.3333"), (12345.25, "12345.25"), (2000000.0, "2000000")]
)
def test_a_mark_has_all_its_digits(points, written):
    large = replace(ADA, points=points, max_score=2e6)
    _, most, row = rows_of(canvas(replace(CLASS, max_score=2e6, outcomes=(large,))))
    assert (most[-1], row[-1]) == ("2000000", written)


def test_canvas_reads_last_name_comma_first_name():
    names = [row[0] for row in rows_of(canvas(CLASS))[2:]]
    assert names == ["Byron, Ada", "Brontë, Jr., =1+1", 'O\'Neil, Cy "C"', "Dee", "Low, Eve", "Zed, Fay"]


def test_canvas_can_be_told_its_own_column():
    assert rows_of(canvas(CLASS, "Homework 1 (4711)"))[0][-1] == "Homework 1 (4711)"


def test_moodle_takes_the_settled_marks_and_leaves_the_others():
    marks = {address.split("@")[0]: mark for address, (mark, _) in moodle_import(moodle(CLASS), "hw").items()}
    assert marks == {"ada": 10.0, "bo": 8.5, "cy": 5.0, "dee": None, "eve": None, "fay": None}


def test_moodle_reads_feedback_as_html_and_finds_no_markup_of_the_students():
    _, feedback = moodle_import(moodle(CLASS), "hw")["cy@example.org"]
    assert "&lt;script&gt;" in feedback
    assert set("<>") & set(feedback.replace("<br>", "")) == set()


def test_a_name_is_no_formula_for_moodle():
    assert "'=1+1" in [row[0] for row in rows_of(moodle(CLASS))]


@pytest.mark.parametrize(("one", "score"), [(ADA, 10.0), (BO, 8.5), (CY, 5.0), (DEE, 5.0)])
def test_gradescope_reads_the_score_after_the_penalty(one, score):
    assert gradescope_read(sent(gradescope, one))["score"] == score


def test_gradescope_reads_a_test_a_function():
    tests = gradescope_read(sent(gradescope, CY))["tests"]
    assert [(one["name"], one["status"], one["score"]) for one in tests] == [
        ("double", "failed", 0.0),
        ("half", "passed", 5.0),
    ]


def test_gradescope_shows_the_mistake_and_the_hint_and_no_control_characters():
    told = gradescope_read(sent(gradescope, CY))["tests"][0]["output"]
    assert told.startswith("It returns its argument.\nThink about: What does twice mean?\n- =cmd <script>")
    assert "\x1b" not in told


def test_gradescope_is_told_that_a_mark_is_not_final():
    assert "not final" in gradescope_read(sent(gradescope, DEE))["output"]


def test_gradescope_takes_a_fault_of_ours_for_a_failed_run():
    with pytest.raises(AssertionError, match="failed"):
        gradescope_read(sent(gradescope, EVE))


def test_how_far_the_code_was_kept_apart_is_for_instructors_only():
    document = gradescope_read(sent(gradescope, ADA))
    assert document["extra_data"]["isolation"] == ["full"]
    assert "full" not in document["output"]


@pytest.mark.parametrize(("one", "share"), [(ADA, 1.0), (BO, 0.85), (CY, 0.5), (FAY, 0.0)])
def test_coursera_reads_a_share(one, share):
    assert coursera_read(sent(coursera, one))[0] == share


def test_coursera_shows_what_did_not_hold():
    assert "double: 0 of 5, failed\nIt returns its argument." in coursera_read(sent(coursera, CY))[1]


def test_the_feedback_says_that_a_person_looks():
    assert "a person will look" in feedback_text(DEE).lower()


def test_what_waits_for_a_person_has_not_failed():
    assert "double: 0 of 5, waits for a person" in feedback_text(DEE)


@pytest.mark.parametrize("one", [DEE, UNREAD])
def test_where_a_mark_is_not_final_the_feedback_has_none(one):
    assert "not final" in feedback_text(one)
    assert f"of {one.max_score:g} points" not in feedback_text(one)


@pytest.mark.parametrize("told", [feedback_text, lambda one: gradescope(one)["output"]])
def test_where_there_was_nothing_to_take_off_nothing_was(told):
    assert "lateness" not in told(LATE)
    assert "1.5 points were taken off for lateness." in told(BO)


def test_points_for_an_essay_are_in_the_feedback():
    assert "13.5 of 14 points" in feedback_text(WRITER)
    assert "essay: 3.5 of 4, graded by hand" in feedback_text(WRITER)


def test_an_essay_that_nobody_has_graded_is_in_the_feedback():
    assert "essay: a person will grade it, 4 points at most" in feedback_text(UNREAD)


@pytest.mark.parametrize("one", [WRITER, UNREAD])
def test_gradescope_reads_tests_that_sum_up_to_the_score(one):
    document = gradescope_read(sent(gradescope, one))
    assert document["score"] == sum(test["score"] for test in document["tests"])
    assert [test["name"] for test in document["tests"]] == ["double", "half", "essay"]


def test_gradescope_shows_what_a_person_graded():
    assert gradescope_read(sent(gradescope, WRITER))["tests"][2]["output"] == "Graded by hand."


def test_of_several_notebooks_each_function_is_told_with_its_own() -> None:
    (found,) = CY.results
    both = replace(CY, results=(found, replace(found, notebook="second")))
    lines = feedback_text(both).splitlines()
    assert [line for line in lines if line.startswith(("hw:", "second:"))] == ["hw:", "second:"]
    assert lines.index("second:") > lines.index("double: 0 of 5, failed")
    assert "hw:" not in feedback_text(CY).splitlines()

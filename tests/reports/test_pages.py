"""What the pages say, and that nothing on them is obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample import ADA, CLASS, CY, DEE, EVE, FAY, LATE, UNREAD, WRITER, function, outcome

from autograder.outcomes import ClassOutcome, Person
from autograder.reports import class_page, figures, plots, student_page
from autograder.results import Counterexample, Diagnosis, Isolation, Measure, Trust

AT = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)
EVIL = "<img src=x onerror=alert(1)>"


def evil_class() -> ClassOutcome:
    """Put markup wherever a student, a course or a mistake can put text."""
    one = outcome(Person(EVIL, EVIL, EVIL, EVIL), function(EVIL, 0.0, "failed", EVIL, Diagnosis(EVIL, EVIL, EVIL)))
    (result,) = one.results
    check = replace(result.functions[0].checks[0], grade_id=EVIL, measures=(Measure(EVIL, 1e-9, 1e-7, "below"),))
    functions = (replace(result.functions[0], checks=(check,)),)
    evil = replace(one, results=(replace(result, functions=functions, notices=(EVIL,)),))
    return ClassOutcome(EVIL, 10.0, (evil, ADA))


@pytest.fixture(scope="module")
def whole() -> str:
    """Give the page of a class in which everything occurs."""
    return class_page(CLASS, AT)


def test_no_text_of_anybodys_is_markup():
    outcome = evil_class()
    for page in (class_page(outcome, AT), student_page(outcome.outcomes[0], EVIL)):
        assert "onerror" in page
        assert "<img" not in page


def test_who_waits_and_why_stands_first(whole):
    assert whole.index("2 submissions wait") < whole.index("test_double of double, too close to call")
    assert "test_double of double, a fault of ours: The examiner failed." in whole


def test_a_class_without_isolation_is_told_loudly(whole):
    (result,) = ADA.results
    open_ada = replace(ADA, results=(replace(result, isolation=Isolation("none", ())),))
    assert "<strong>No isolation</strong>" in class_page(ClassOutcome("hw", 10.0, (open_ada,)), AT)
    assert "<strong>No isolation</strong>" not in whole


def test_functions_of_one_name_stand_with_their_own_cells_and_notebooks():
    (found,) = ADA.results
    first, second = (replace(found, notebook=name) for name in ("first", "second"))
    page = class_page(ClassOutcome("hw", 20.0, (replace(ADA, results=(first, second)),)), AT)
    rows = re.findall(r'<tr class="(\w+)"><th scope="row" class="id">(.*?)</th>', page)
    note = ' <span class="muted small">in {}</span>'.format
    assert rows == [
        (kind, name + note(notebook) if kind == "group" else name)
        for notebook in ("first", "second")
        for function in ("double", "half")
        for kind, name in (("group", function), ("cell", f"test_{function}"))
    ]


def test_the_only_notebook_is_not_named_with_each_function(whole):
    assert "in hw</span>" not in whole


@pytest.fixture
def forgeable():
    """Give a class in which one test cell ran among the student's code."""
    (result,) = ADA.results
    check = replace(result.functions[0].checks[0], trust=Trust.IN_CANDIDATE)
    functions = (replace(result.functions[0], checks=(check,)),)
    return ClassOutcome("hw", 10.0, (replace(ADA, results=(replace(result, functions=functions),)),))


def test_test_cells_that_ran_among_the_students_code_are_named(forgeable, whole):
    assert "no proof against forging: test_double." in class_page(forgeable, AT)
    assert "Every test cell was decided where no student's code has run." in whole


def test_no_student_is_told_what_can_be_forged(forgeable):
    page = student_page(forgeable.outcomes[0], "hw")
    assert ("forg" in page, "candidate" in page) == (False, False)


def test_the_same_class_gives_the_same_page(whole):
    assert class_page(CLASS, AT) == whole


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (ADA, "What is right"),
        (CY, "What does twice mean?"),
        (DEE, "the points are not final"),
        (EVE, "A person will look"),
        (FAY, "Nothing was handed in."),
    ],
)
def test_a_student_reads_what_became_of_the_work(one, told):
    assert told in student_page(one, "hw")


def test_an_output_that_is_no_number_is_something_else():
    (result,) = CY.results
    example = Counterexample({"x": "1.0"}, {}, {"value": "2.0"})
    functions = (replace(result.functions[0], counterexample=example),)
    page = student_page(replace(CY, results=(replace(result, functions=functions),)), "hw")
    assert "value is something else; right is 2.0" in page


def test_what_a_message_has_in_backticks_is_code():
    (result,) = CY.results
    about = Diagnosis("raises", "in the line `a < <b>` and `open", "print `a`")
    functions = (replace(result.functions[0], diagnosis=about),)
    page = student_page(replace(CY, results=(replace(result, functions=functions),)), "hw")
    assert "in the line <code>a &lt; &lt;b&gt;</code> and `open" in page
    assert "print <code>a</code>" in page


def test_a_class_of_which_nobody_handed_in_has_a_page():
    assert "Nobody" in class_page(ClassOutcome("hw", 10.0, (FAY,)), AT)


def test_who_waits_is_left_out_of_the_marks_in_words_and_numbers(monkeypatch):
    drawn = []
    monkeypatch.setattr(plots, "distribution", lambda scores, most: drawn.append((scores, most)) or "<svg></svg>")
    page = class_page(CLASS, AT)
    assert drawn == [([10.0, 8.5, 5.0], 10.0)]
    assert "2 that wait for a person are left out" in page


def test_where_all_wait_the_page_says_so():
    assert "Every mark waits for a person." in class_page(ClassOutcome("hw", 10.0, (DEE,)), AT)


def test_marks_above_the_most_are_drawn_too():
    assert plots.distribution([1.0, 11.0], 10.0) != plots.distribution([1.0], 10.0)


def test_a_penalty_takes_no_more_off_than_there_was():
    assert "lateness" not in student_page(LATE, "hw")
    assert "0 points, 0 off for being" in class_page(ClassOutcome("hw", 10.0, (LATE,)), AT)


@pytest.mark.parametrize("page", [lambda one: student_page(one, "hw"), lambda one: class_page(of_one(one), AT)])
def test_what_a_person_grades_has_a_row(page):
    assert re.search(r"essay.*3\.5 of 4", page(WRITER), re.DOTALL)
    assert re.search(r"essay.*not graded yet", page(UNREAD), re.DOTALL)


def of_one(one):
    return ClassOutcome("hw", 14.0, (one,))


def test_an_essay_that_nobody_has_graded_is_named_as_the_reason():
    assert figures.reasons(UNREAD) == ["essay: nobody has graded it yet."]


def test_who_is_collected_and_not_graded_has_handed_in():
    page = class_page(ClassOutcome("hw", 10.0, (ADA, replace(FAY, ungraded=True))), AT)
    assert "2 of 2 students handed in" in page
    assert "Nothing was handed in." not in page
    assert "Collected and not graded yet" in page


def test_marks_of_an_earlier_submission_are_told():
    assert "Handed in anew since" in class_page(ClassOutcome("hw", 10.0, (replace(ADA, ungraded=True),)), AT)


def test_marks_for_other_points_are_told():
    page = class_page(ClassOutcome("hw", 10.0, (replace(ADA, outdated=True),)), AT)
    assert "Other points were released since" in page


UNRECOGNIZED = {
    "missing": "Not written yet, or not found in the notebook.",
    "timeout": "They did not end in the time they may take",
    "memory": "They asked for more memory than they may have",
    "crashed": "Their process broke off",
    "failed": "No known mistake predicts these answers",
    "error": "No known mistake predicts these answers",
}


@pytest.fixture(scope="module")
def unrecognized() -> str:
    answers = [outcome(Person(verdict), function("double", 0.0, verdict)) for verdict in UNRECOGNIZED]
    return class_page(ClassOutcome("hw", 14.0, tuple(answers)), AT)


@pytest.mark.parametrize(("verdict", "told"), UNRECOGNIZED.items())
def test_what_is_known_of_answers_without_a_recognized_mistake_is_told(unrecognized, verdict, told):
    _, _, row = unrecognized.partition(f"{verdict}: double</span>")
    assert row.partition("<p>")[2].startswith(told)


def test_one_that_waits_is_told_of_as_one(whole):
    assert "1 submission waits for a person. It has no final mark;" in class_page(of_one(DEE), AT)
    assert "2 submissions wait for a person. They have no final marks;" in whole


NOT_ALL = of_one(replace(ADA, missing=("more",)))


def test_a_notebook_that_was_not_handed_in_is_told_of_the_class():
    page = class_page(NOT_ALL, AT)
    assert re.search(r"more, not handed in by: <a href=\"#s0\">ada</a>\.", page)
    assert "more: not handed in." in page


def test_a_notebook_that_was_not_handed_in_is_told_to_the_student():
    assert "more: not handed in." in student_page(NOT_ALL.outcomes[0], "hw")


def test_one_submission_and_one_notebook_are_told_of_as_one():
    page = class_page(of_one(ADA), AT)
    assert "1 submission these are rough" in " ".join(page.split())
    assert re.search(r"</b>, 1 notebook: ", page)

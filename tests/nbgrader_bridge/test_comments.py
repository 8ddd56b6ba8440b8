"""The comment on an answer cell: the root cause first, then what shows it, then what passed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entering import write_grades
from tiny_course import check, result

from autograder.nbgrader_bridge.course import open_course
from autograder.results import Counterexample, Diagnosis

CAUSE = Diagnosis("not-doubled", "It forgets to double.", "How large is twice one?")
EXAMPLE = Counterexample({"x": "1.0"}, {"the result": "1.0"}, {"the result": "2.0"})


@pytest.fixture
def comment(course, hand_in):
    """Grade an answer that lost a hidden test, and read the comment on its cell."""

    def make(diagnosis, counterexample):
        graded = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", 0.0, 3.0, "failed", "wrong"))
        function = replace(graded.functions[0], diagnosis=diagnosis, counterexample=counterexample)
        hand_in("ada", lambda notebook: notebook.cells[1].update(source="def double(x):\n    return x"))
        write_grades(course, "hw", {("ada", "hw"): replace(graded, functions=(function,))})
        with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
            return gradebook.find_comment("double", "hw", "hw", "ada").auto_comment or ""

    return make


def test_the_root_cause_comes_first(comment):
    assert comment(CAUSE, EXAMPLE).startswith("It forgets to double. How large is twice one?\n")


def test_the_smallest_example_can_be_pasted(comment):
    text = comment(CAUSE, EXAMPLE)
    assert "    x = 1.0\n    double(x)\n" in text
    assert "the result is 1.0; right is 2.0" in text


def test_without_an_example_there_is_none(comment):
    assert "example" not in comment(CAUSE, None)


def test_what_passed_is_named(comment):
    assert comment(CAUSE, None).endswith("Passed: test_visible")


def test_without_a_cause_and_an_example_nothing_is_said(comment):
    assert comment(None, None) == ""


def test_an_output_without_numbers_is_called_something_else(comment):
    text = comment(CAUSE, Counterexample({"x": "1.0"}, {}, {"the result": "2.0"}))
    assert "the result is something else; right is 2.0" in text

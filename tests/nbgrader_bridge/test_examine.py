"""`nbgrader autograde` with our preprocessors: the grader is called while nbgrader runs."""

from __future__ import annotations

import pytest
import tiny_course
from entering import write_grades
from nbgrader.converters import Autograde
from tiny_course import ALL_PASSED, check, result

from autograder.nbgrader_bridge.course import open_course


@pytest.fixture
def autograde(course, hand_in, monkeypatch):
    """Run nbgrader's converter for student ada, with a grader."""

    def run(grader, change=lambda _: None):
        monkeypatch.setattr(tiny_course, "grader", grader, raising=False)
        hand_in("ada", change)
        with open_course(course, "hw", "ada") as opened:
            opened.desk.config.Examine.grader = "tiny_course.grader"
            opened.run(opened.converter(Autograde), "autograding")

    return run


def test_the_grader_is_told_what_to_grade(autograde, course, grades):
    told = []
    autograde(lambda *arguments: told.append(arguments[1:]) or ALL_PASSED)
    assert told == [("hw", "hw", course)]
    assert grades("ada")["test_hidden"] == (3.0, False)


def test_the_grader_reads_what_the_student_wrote(autograde):
    texts = []

    def answer(notebook):
        notebook.cells[1].source = "def double(x): return x + x"
        notebook.cells[2].source = "assert True"

    autograde(lambda text, *_: texts.append(text) or ALL_PASSED, answer)
    assert "return x + x" in texts[0]
    assert "assert True" in texts[0]


def test_no_hidden_test_is_in_the_text_or_on_disk_while_the_grader_runs(autograde, course):
    seen = []

    def look(text, *_):
        seen.extend([text, *(path.read_text() for path in course.glob("autograded/**/*.ipynb"))])
        return ALL_PASSED

    autograde(look)
    assert len(seen) == 2
    assert not any("double(21)" in text for text in seen)


def test_hidden_tests_are_in_the_autograded_notebook_afterwards(autograde, autograded):
    autograde(lambda *_: ALL_PASSED)
    assert "double(21)" in autograded("ada")["test_hidden"].source


@pytest.mark.parametrize("error", [RuntimeError("ours"), ValueError("ours"), MemoryError()])
def test_a_grader_that_fails_costs_no_mark(autograde, grades, error):
    def fail(*_):
        raise error

    autograde(fail)
    assert grades("ada") == {"test_visible": (None, True), "test_hidden": (None, True)}


EVIL = "\x1b[2J\u009b1mevil\u202e"


@pytest.mark.parametrize("part", ["metadata", "fault"])
def test_what_a_student_wrote_controls_no_terminal_through_the_log(autograde, course, part):
    def name(notebook):
        notebook.cells[1].metadata.nbgrader.grade_id = EVIL

    def grader(*_):
        if part == "fault":
            raise RuntimeError(f"of the\nstudent's {EVIL}")
        return ALL_PASSED

    autograde(grader, name if part == "metadata" else lambda _: None)
    told = (course / ".nbgrader.log").read_text()
    assert "evil" in told
    assert not [line for line in told.split("\n") if not line.isprintable()]


def test_the_log_says_where_a_grader_failed(autograde, course):
    def fail(*_):
        raise RuntimeError("ours")

    autograde(fail)
    told = (course / ".nbgrader.log").read_text()
    assert "in fail\n" in told
    assert "RuntimeError: ours" in told


def test_a_grader_that_is_not_there_costs_no_mark(course, hand_in, grades):
    hand_in("ada")
    with open_course(course, "hw", "ada") as opened:
        opened.desk.config.Examine.grader = "tiny_course.nowhere"
        opened.run(opened.converter(Autograde), "autograding")
    assert grades("ada")["test_visible"] == (None, True)


def test_switched_off_it_gives_no_marks(course, hand_in, grades):
    hand_in("ada")
    with open_course(course, "hw", "ada") as opened:
        opened.desk.config.Examine.enabled = False
        opened.run(opened.converter(Autograde), "autograding")
    assert grades("ada")["test_visible"] == (None, True)


def test_both_ways_write_the_same(autograde, course, grades, autograded):
    mixed = result(check("test_visible", 0.5, 2.0, "partial", "half"), check("test_hidden", 0.0, 3.0, "failed", "no"))
    autograde(lambda *_: mixed)
    first = grades("ada"), autograded("ada")
    write_grades(course, "hw", {("ada", "hw"): mixed})
    assert (grades("ada"), autograded("ada")) == first

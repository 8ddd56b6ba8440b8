"""The table of `grade`, of an assignment with several notebooks and of one with one."""

from __future__ import annotations

import shutil
from dataclasses import replace

import nbformat
import pytest
from command import invoke, run
from tiny_course import ALL_PASSED, check, make_course

from autograder import nbgrader_bridge as bridge
from autograder.cli.class_table import show_class, show_notes
from autograder.language import speaker
from autograder.results import FunctionResult, Verdict

SAY = speaker("en")
RIGHT, WRONG = "def double(x):\n    return x + x", "def double(x):\n    return 2"
# Who hands in which notebooks: cy has left one out; one of dee's, and the only one of eve's, are none.
ANSWERS = {
    "ann": {"hw": RIGHT, "more": RIGHT},
    "ben": {"hw": RIGHT, "more": WRONG},
    "cy": {"hw": RIGHT},
    "dee": {"hw": RIGHT, "more": RIGHT},
    "eve": {"hw": RIGHT},
}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Give the lines of `grade` for a homework of two notebooks, each as a list of words."""
    root = tmp_path_factory.mktemp("tiny") / "course"
    make_course(root)
    shutil.copy(root / "source" / "hw" / "hw.ipynb", root / "source" / "hw" / "more.ipynb")
    bridge.generate(root, "hw")
    for student, answers in ANSWERS.items():
        for name, answer in answers.items():
            _hand_in(root, student, name, answer)
    (root / "submitted" / "dee" / "hw" / "more.ipynb").write_text("no notebook")
    (root / "submitted" / "eve" / "hw" / "hw.ipynb").write_text("no notebook")
    done = invoke(["grade", "hw", "--course", str(root)])
    assert done.exit_code == 0, done.output
    return [line.split() for line in done.output.splitlines()]


def _hand_in(root, student, name, answer):
    document = nbformat.read(root / "release" / "hw" / f"{name}.ipynb", as_version=4)
    document.cells[1].source = answer
    path = root / "submitted" / student / "hw" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(document, path)


def of(student, table):
    return [line for line in table if line[:1] == [student]]


def test_a_row_names_its_notebook(table):
    assert of("ann", table)[:2] == [["ann", "hw", "5", "/", "5"], ["ann", "more", "5", "/", "5"]]


def test_the_rows_of_a_student_have_a_sum(table):
    assert of("ben", table)[-1] == ["ben", "together", "7", "/", "10"]


def test_the_sum_is_of_the_whole_where_a_notebook_is_missing(table):
    assert of("cy", table)[-1] == ["cy", "together", "5", "/", "10"]


def test_a_notebook_that_was_not_handed_in_has_a_row(table):
    assert of("cy", table)[:-1] == [["cy", "hw", "5", "/", "5"], ["cy", "more", "not", "handed", "in"]]


def test_of_whom_one_notebook_cannot_be_read_it_has_a_row(table):
    assert of("dee", table)[:-1] == [["dee", "hw", "5", "/", "5"], ["dee", "more", "not", "graded"]]


def test_of_whom_nothing_can_be_read_there_is_one_row(table):
    assert of("eve", table) == [["eve", "not", "graded"]]


def test_a_function_that_waits_for_a_person_has_not_failed(capsys):
    waiting = FunctionResult("double", Verdict.FAILED, 0.0, 3.0, (check("test_hidden", None, 3.0, "failed"),))
    show_class("hw", {"hw": 3.0}, [("ann", "hw", replace(ALL_PASSED, functions=(waiting,)))], (), SAY)
    assert "double (waits for a person)" in capsys.readouterr().out


def test_a_note_names_the_notebook(capsys):
    noted = replace(ALL_PASSED, notices=("It is odd.",))
    show_notes([("ann", "more", noted)], 9, SAY, several=True)
    assert "note: ann, more: It is odd." in capsys.readouterr().out


def notes(capsys, students, notebook="hw", *, several=False):
    noted = replace(ALL_PASSED, notices=("It is odd.",))
    show_notes([(student, notebook, noted) for student in students], 9, SAY, several=several)
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_one_note_of_many_students_is_one_line(capsys):
    assert notes(capsys, ["ann", "ben", "cy", "dee", "eve"]) == ["note: 5 students (ann, ben, cy, …): It is odd."]


def test_one_note_of_few_students_names_them_all(capsys):
    assert notes(capsys, ["ann", "ben"]) == ["note: 2 students (ann, ben): It is odd."]


def test_one_note_of_many_students_names_the_notebook(capsys):
    told = notes(capsys, ["ann", "ben"], "more", several=True)
    assert told == ["note: 2 students (ann, ben), more: It is odd."]


def test_a_note_that_a_notebook_has_twice_is_of_one_student(capsys):
    assert notes(capsys, ["ann", "ann"]) == ["note: ann: It is odd."]


def test_an_assignment_with_brackets_is_named_whole(capsys):
    show_class("hw[red]1", {"hw": 5.0}, [("ann", "hw", ALL_PASSED)], (), SAY)
    assert "hw[red]1: 1 submission" in capsys.readouterr().out


def test_score_names_an_assignment_with_brackets_whole(tmp_path):
    make_course(tmp_path)
    (tmp_path / "source" / "hw").rename(tmp_path / "source" / "hw[red]1")
    notebook = tmp_path / "source" / "hw[red]1" / "hw.ipynb"
    assert "5 of 5 hw[red]1" in run(tmp_path, "score", notebook, "--assignment", "hw[red]1")


def test_one_notebook_is_not_named_and_not_summed(capsys):
    show_class("hw", {"hw": 5.0}, [("ann", "hw", ALL_PASSED)], {"ben"}, SAY)
    assert [line.split() for line in capsys.readouterr().out.splitlines()[2:]] == [
        ["ann", "0", "/", "5", "double", "(partial)"],
        ["ben", "not", "graded"],
    ]

"""What breaks in a reference or a catalogue while an answer is explained: told to the instructor, and costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from toy_course import answers, by_name, code, make_course

from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import NotebookResult

pytestmark = pytest.mark.slow

REFERENCE = """

def _question(seed):
    return (float(seed % 7 + 1),)


QUESTIONS = {"double": _question}
"""
CATALOGUE = """from autograder.diagnosis import Misconception


def squared(x):
    return x * x


def broken(x):
    return x.no_such_attribute


def forgetful(x):
    return no_such_name


def endless(x):
    return endless(x)


CATALOGUE = (
    Misconception("forgetful", "double", forgetful, "It forgets.", "Think."),
    Misconception("squared", "double", squared, "It is squared.", "Think of the sum."),
    Misconception("broken", "double", broken, "It breaks.", "Think."),
    Misconception("endless", "double", endless, "It calls itself.", "Think."),
)
"""
SQUARED = answers(double="def double(x):\n    return x * x")


@pytest.fixture
def grade(tmp_path: Path) -> Callable[..., NotebookResult]:
    """Grade an answer in a course whose reference and catalogue are these."""

    def run(reference: str = REFERENCE, catalogue: str = CATALOGUE, answer: str = SQUARED) -> NotebookResult:
        make_course(tmp_path)
        (tmp_path / "reference" / "misconceptions").mkdir()
        (tmp_path / "reference" / "misconceptions" / "__init__.py").write_text("")
        (tmp_path / "reference" / "misconceptions" / "toy.py").write_text(catalogue)
        path = tmp_path / "reference" / "toy.py"
        path.write_text(path.read_text() + reference)
        text = nbformat.writes(nbformat.v4.new_notebook(cells=[code(answer)]))
        with Grader(tmp_path) as grader:
            return grader.grade(parse_document(text.encode()), "student.ipynb", "student", "toy")

    return run


def named(result: NotebookResult) -> str:
    found = by_name(result)["double"].diagnosis
    return found.misconception if found else ""


def test_an_entry_that_raises_ends_nothing_but_itself(grade):
    assert named(grade()) == "squared"


def test_an_entry_that_raises_is_told_with_its_line(grade):
    told = grade().notices
    assert len(told) == 3
    assert told[0] == (
        "The known mistake 'forgetful' of double is never named: reference/misconceptions/toy.py, line 13: "
        "NameError: name 'no_such_name' is not defined; mend it."
    )
    assert "'broken'" in told[1]
    assert "AttributeError" in told[1]
    assert "RecursionError" in told[2]


def test_what_is_told_of_an_entry_reaches_no_student(grade):
    result = grade()
    shown = repr(result.functions)
    assert "no_such_name" not in shown
    assert "reference/misconceptions" not in shown


def test_it_is_told_of_each_notebook_that_it_may_matter_to(grade):
    assert grade(answer=answers()).notices == ()


def test_an_entry_that_raises_for_some_questions_only_is_none_to_mend(grade):
    picky = CATALOGUE.replace("return no_such_name", "return 1 / (x % 2)").replace("x.no_such_attribute", "x + 40")
    assert not [notice for notice in grade(catalogue=picky).notices if "forgetful" in notice]


def test_a_probe_that_raises_ends_nothing_but_itself(grade):
    result = grade(REFERENCE + 'PROBES = {"double": lambda seed: (1 / 0, {})}\n', CATALOGUE)
    assert named(result) == "squared"
    assert result.notices[0].startswith("The probe of double is left out: reference/toy.py, line ")
    assert "ZeroDivisionError: division by zero; mend it." in result.notices[0]


def test_edges_that_raise_are_told(grade):
    result = grade(REFERENCE + 'EDGES = {"double": lambda: [][0]}\n')
    assert named(result) == ""
    (told,) = result.notices
    assert told.startswith("Lost marks of double are not explained: reference/toy.py, line ")
    assert "IndexError" in told


def test_a_question_that_raises_is_told(grade):
    # On its first seeds it gives arguments, and is asked for them before anybody is graded.
    result = grade(REFERENCE.replace("return (float", "assert seed != 1_000_001\n    return (float"))
    assert "Lost marks of double are not explained: reference/toy.py, line " in result.notices[0]
    assert "AssertionError" in result.notices[0]

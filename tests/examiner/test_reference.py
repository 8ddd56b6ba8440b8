"""What is wrong with a reference is told with its file, before anybody is graded."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest
from toy_course import make_course

from autograder.api import Grader
from autograder.errors import CourseError

QUESTION = "\nQUESTIONS = {'double': lambda seed: (float(seed),)}\n"
CATALOGUE = """from autograder.diagnosis import Misconception


def square(x):
    return x * x


CATALOGUE = (Misconception("squared", "double", square, "It is squared.", "Think of the sum."),)
"""
ENTRY = 'Misconception("squared", "double", square, "It is squared.", "Think of the sum.")'


def faults_of(root: Path) -> list[str]:
    grader = Grader(root)
    with pytest.raises(CourseError) as failure:
        grader.examiner(grader.course.papers[0])
    return list(failure.value.faults)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_course(tmp_path)
    (tmp_path / "reference" / "misconceptions").mkdir()
    (tmp_path / "reference" / "misconceptions" / "__init__.py").write_text("")
    return tmp_path


def add(root: Path, text: str) -> None:
    path = root / "reference" / "toy.py"
    path.write_text(path.read_text() + text)


def catalogue(root: Path, old: str = "", new: str = "") -> None:
    (root / "reference" / "misconceptions" / "toy.py").write_text(CATALOGUE.replace(old, new) if old else CATALOGUE)


def test_a_sound_reference_and_catalogue_are_taken(root: Path) -> None:
    add(root, QUESTION)
    catalogue(root)
    grader = Grader(root)
    assert grader.examiner(grader.course.papers[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def f(x)\n    return x\n", "reference/toy.py, line 23: SyntaxError: expected ':'; mend it and grade again."),
        (
            "import nothing_here\n",
            "reference/toy.py, line 23: ModuleNotFoundError: No module named 'nothing_here'; mend it and grade again.",
        ),
    ],
    ids=["syntax", "import"],
)
def test_what_python_cannot_load_is_told_with_file_and_line(root: Path, text: str, told: str) -> None:
    add(root, text)
    assert faults_of(root) == [told]


def test_a_module_of_the_course_folder_that_it_imports_is_told_with_the_places_for_it(root: Path) -> None:
    (root / "shared.py").write_text("")
    add(root, "import shared\n")
    (fault,) = faults_of(root)
    assert fault.startswith("reference/toy.py, line 23: ModuleNotFoundError: No module named 'shared': shared.py lies")
    assert "move it to reference/shared.py and import reference.shared, or, " in fault
    assert fault.endswith("to source/toy/shared.py; mend it and grade again.")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def square(x):", "def square(x)", "line 4: SyntaxError: expected ':'"),
        ("def square(x):", "import nothing_here\ndef square(x):", "line 4: ModuleNotFoundError"),
        (', "Think of the sum."', "", "missing 1 required positional argument: 'hint'"),
        (
            '"double", square',
            'square, "double"',
            "CATALOGUE[0], 'squared', has <function> where the name of a graded function is wanted",
        ),
        ('"double", square', 'square, "double"', "CATALOGUE[0], 'squared', has 'double' where the wrong function"),
        ('"double"', '"duoble"', "CATALOGUE[0], 'squared', is of 'duoble', which is no graded function"),
        ("CATALOGUE =", "CATALOG =", "there is no CATALOGUE in it"),
        (f"({ENTRY},)", f"({ENTRY})", "CATALOGUE is one Misconception; a tuple is wanted"),
        (f"({ENTRY},)", "('squared',)", "CATALOGUE[0] is 'squared'; a Misconception is wanted"),
    ],
)
def test_a_broken_catalogue_is_told_with_file_and_entry(root: Path, old: str, new: str, told: str) -> None:
    catalogue(root, old, new)
    faults = faults_of(root)
    assert all(fault.startswith("reference/misconceptions/toy.py") for fault in faults)
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("QUESTIONS = {'double': (1, 2)}", "QUESTIONS['double'] is a tuple; a function is wanted"),
        ("QUESTIONS = {'duoble': lambda seed: (1.0,)}", "QUESTIONS has 'duoble', but there is no such function"),
        ("QUESTIONS = ('double',)", "QUESTIONS is a tuple; a dictionary of functions"),
        ("QUESTIONS = 1", "QUESTIONS is an int; a dictionary of functions"),
        (
            "QUESTIONS = {'double': lambda seed: np.ones(3)}",
            "the question of double gives an ndarray; a tuple of its arg",
        ),
        ("QUESTIONS = {'double': lambda seed: (1.0, 2.0)}", "the question of double gives 2 argument(s), with which"),
    ],
)
def test_questions_that_the_reference_cannot_be_asked_are_told(root: Path, table: str, told: str) -> None:
    add(root, table)
    (fault,) = faults_of(root)
    assert fault.startswith("reference/toy.py: ")
    assert told in fault


def test_the_faults_of_all_its_files_are_told_at_once(root: Path) -> None:
    add(root, "QUESTIONS = {'double': 3}")
    catalogue(root, '"double"', '"duoble"')
    assert len(faults_of(root)) == 2


RAISES = """

def _root(x):
    if x.shape[0] > 2:
        raise AttributeError("no such thing")
    return x


double = _root
QUESTIONS = {'double': lambda seed: (np.ones(3),)}
"""


def test_a_reference_that_raises_on_its_own_question_is_told_with_its_line(root: Path) -> None:
    add(root, RAISES)
    (fault,) = faults_of(root)
    assert fault == (
        "reference/toy.py, line 27: double cannot answer what its own question gives: AttributeError: no such thing. "
        "Mend the function, or QUESTIONS['double']."
    )


def test_a_reference_may_print_draw_and_write_to_its_arguments(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(
        root,
        """

def double(x):
    x *= np.random.rand()
    print("doubling")
    assert x.base is None
    return x


KEPT = np.ones(3)
QUESTIONS = {'double': lambda seed: (KEPT,)}
""",
    )
    grader = Grader(root)
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    with grader.examiner(grader.course.papers[0]).rehearsing():
        kept = importlib.import_module("reference.toy").KEPT
    assert np.random.get_state()[1].tolist() == before
    assert kept.tolist() == [1, 1, 1]
    assert capsys.readouterr().out == ""


def test_a_reference_that_is_slow_is_not_waited_for(root: Path) -> None:
    add(root, "\n\ndef double(x):\n    while True:\n        pass\n" + QUESTION)
    grader = Grader(root)
    assert grader.examiner(grader.course.papers[0])

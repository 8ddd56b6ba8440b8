"""Where a test cell ends badly: the answer's fault, the test's, or for a person to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Verdict

REFERENCE = """
import os


def size(x):
    return len(x)


def both(f, g, x):
    return f(x) + g(x)


def where():
    return os.devnull
"""
RIGHT = {
    "size": "def size(x):\n    return len(x)",
    "both": "def both(f, g, x):\n    return f(x) + g(x)",
    "where": "def where():\n    return '/dev/null'",
    "own": "def own():\n    return 1",
}
TESTS = {
    "size": "import re\nimport pytest\nwith pytest.raises(TypeError):\n    size(re.compile('x'))",
    "both": "class Box:\n    size = 1\n\n\nassert both(lambda x: 1, lambda x: 2, Box()) == 3",
    "where": "open(where()).close()",
    "own": "assert own() == 1\nopen('nowhere.txt')",
}


@pytest.fixture(scope="module", name="grade")
def _grade(tmp_path_factory) -> Callable[..., dict[str, CheckResult]]:
    root = tmp_path_factory.mktemp("faults")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "hw.py").write_text(REFERENCE)
    (root / "course.toml").touch()

    def write(path, answers) -> None:
        cells = []
        for name, test in TESTS.items():
            cells += [("answer", name, answers[name]), ("test", f"test {name}", test)]
        bridge.write_source(path, cells)

    write(root / "source" / "hw" / "hw.ipynb", RIGHT)
    with Grader(root) as grader:

        def grade(**functions: str) -> dict[str, CheckResult]:
            write(root / "mine.ipynb", {**RIGHT, **functions})
            result = grader.score(root / "mine.ipynb", "hw")
            return {one.name: check for one in result.functions for check in one.checks}

        yield grade


@pytest.mark.parametrize("name", ["size", "both", "where"])
def test_a_right_answer_has_its_marks(grade, name):
    assert grade()[name].score == 1


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        pytest.param("size", "def size(x):\n    return 7", id="does not raise"),
        pytest.param("both", "def both(f, g, x):\n    return 0", id="gives another number"),
        pytest.param("both", "def both(f, g, x):\n    while True:\n        pass", id="never ends"),
    ],
)
def test_what_does_not_cross_is_no_excuse_where_the_reference_does_without(grade, name, answer):
    assert grade(**{name: answer})[name].score == 0


def test_an_answer_that_asks_what_has_not_crossed_is_not_charged(grade):
    check = grade(both="def both(f, g, x):\n    return x.size + 2")["both"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)


def test_an_answer_that_names_a_file_that_is_not_there_gets_nothing(grade):
    check = grade(where="def where():\n    return 'no such file'")["where"]
    assert (check.score, check.verdict) == (0, Verdict.FAILED)


def test_where_nothing_tells_whose_file_is_missing_nobody_is_charged(grade):
    check = grade()["own"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)


@pytest.mark.parametrize("told", ["nowhere.txt", "test or the answer", 'execution = "full"'])
def test_the_instructor_is_told_of_the_file(grade, told):
    assert told in grade()["own"].message

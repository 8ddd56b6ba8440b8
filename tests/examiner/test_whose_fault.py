"""Where a test cell ends badly: the answer's fault, the test's, or for a person to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Verdict

pytestmark = pytest.mark.slow

REFERENCE = """
import bz2
import os


def size(x):
    return len(x)


def both(f, g, x):
    return f(x) + g(x)


def where():
    return os.devnull


def packed(data):
    return bz2.compress(data)


def unpacked(data):
    return bz2.decompress(data)


def total(xs):
    return sum(xs)


def length(data):
    try:
        return len(unpacked(data))
    except OSError:
        return -1
"""
RIGHT = {
    "size": "def size(x):\n    return len(x)",
    "both": "def both(f, g, x):\n    return f(x) + g(x)",
    "where": "def where():\n    return '/dev/null'",
    "own": "def own():\n    return 1",
    "packed": "import bz2\n\n\ndef packed(data):\n    return bz2.compress(data)",
    "unpacked": "import bz2\n\n\ndef unpacked(data):\n    return bz2.decompress(data)",
    "total": "def total(xs):\n    return sum(xs)",
    "length": (
        "def length(data):\n    try:\n        return len(unpacked(data))\n    except OSError:\n        return -1"
    ),
}
TESTS = {
    "size": "import re\nimport pytest\nwith pytest.raises(TypeError):\n    size(re.compile('x'))",
    "both": "class Box:\n    size = 1\n\n\nassert both(lambda x: 1, lambda x: 2, Box()) == 3",
    "where": "open(where()).close()",
    "own": "assert own() == 1\nopen('nowhere.txt')",
    "packed": "import bz2\nassert bz2.decompress(packed(b'abc')) == b'abc'",
    "unpacked": "import bz2\nassert unpacked(bz2.compress(b'abc')) == b'abc'",
    "length": "assert length(b'no archive') == -1",
    "total": "assert total(total([x]) for x in [1, 2]) == 3",
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


@pytest.mark.parametrize("name", ["size", "both", "where", "packed", "unpacked", "length"])
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


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        pytest.param("packed", "def packed(data):\n    return data", id="what no archive is"),
        pytest.param("where", "def where():\n    return 300 * 'x'", id="a name that is too long"),
        pytest.param("total", "def total(xs):\n    raise OSError('no')", id="what an answer raises for an iterator"),
        pytest.param("length", "def length(data):\n    return len(unpacked(data))", id="what a lent function raises"),
    ],
)
def test_an_error_of_the_system_that_is_not_the_machines_is_the_answers(grade, name, answer):
    assert grade(**{name: answer})[name].score == 0


def test_where_nothing_tells_whose_file_is_missing_nobody_is_charged(grade):
    check = grade()["own"]
    assert (check.score, check.verdict) == (None, Verdict.INTERNAL_ERROR)


@pytest.mark.parametrize("told", ["nowhere.txt", "test or the answer", 'execution = "full"'])
def test_the_instructor_is_told_of_the_file(grade, told):
    assert told in grade()["own"].message

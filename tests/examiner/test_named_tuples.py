"""Answers of classes derived from plain types, where whole notebooks run beside a reference."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

RIGHT = "def split(x):\n    ### BEGIN SOLUTION\n    return x[:1], x[1:]\n    ### END SOLUTION"
TEST = """### BEGIN HIDDEN TESTS
from autograder import checks
first, rest = checks.tuple_of(split(np.arange(3.0)), 2)
checks.close(rest, np.arange(1.0, 3.0))
### END HIDDEN TESTS"""
CELLS = (
    ("given", "imports", "import numpy as np"),
    ("answer", "split", RIGHT),
    ("test", "test_split", TEST),
)
NAMED = "from collections import namedtuple\nParts = namedtuple('Parts', 'first rest')\ndef split(x): return Parts({})"
ITERABLE = "class Parts:\n    def __iter__(self): return iter([1, 2])\ndef split(x): return Parts()"


@pytest.fixture(scope="module", name="check")
def _check(tmp_path_factory):
    root = tmp_path_factory.mktemp("named")
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    (root / "reference" / "hw.py").write_text(f"{RIGHT}\n")
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:

        def graded(answer):
            made = nbformat.read(root / "source" / "hw" / "hw.ipynb", as_version=4)
            made.cells[1].source = answer
            (function,) = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions
            return function.checks[0]

        yield graded


def test_a_named_tuple_is_right_where_a_tuple_is(check):
    assert check(NAMED.format("x[:1], x[1:]")).score == 1


def test_a_wrong_named_tuple_is_told_what_a_tuple_is(check):
    assert check(NAMED.format("x[:1], x[:1]")).message == check("def split(x): return x[:1], x[:1]").message


def test_an_object_of_no_plain_type_is_called_an_object(check):
    assert "an object" in check(ITERABLE).message

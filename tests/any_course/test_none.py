"""An answer that is still None, as its stub left it: a value like others, of which a test may make what it likes."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Verdict

CELLS = (
    ("answer", "a", "### BEGIN SOLUTION\na = 1\n### END SOLUTION"),
    ("test", "test_a", "assert a == 1\n### BEGIN HIDDEN TESTS\nassert a + 1 == 2\n### END HIDDEN TESTS"),
    ("answer", "b", "### BEGIN SOLUTION\nb = 'text'\n### END SOLUTION"),
    ("test", "test_b", "assert b.upper() == 'TEXT'"),
    ("answer", "c", "### BEGIN SOLUTION\nc = 3\n### END SOLUTION"),
    ("test", "test_c", "assert c == 3"),
)


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    root = tmp_path_factory.mktemp("none")
    path = root / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    bridge.write_source(path, CELLS)
    (root / "course.toml").write_text('execution = "full"\n')
    submitted = nbformat.read(path, as_version=4)
    submitted.cells[2].source = "b = None"
    with Grader(root) as grader:
        result = grader.grade(parse_document(nbformat.writes(submitted).encode()), "x", "hw", "hw")
    return {check.grade_id: check for one in result.functions for check in one.checks}


def test_it_fails_its_test_below_a_cell_with_hidden_tests(checks):
    assert (checks["test_b"].score, checks["test_b"].verdict) == (0, Verdict.FAILED)


def test_the_answers_after_it_keep_their_marks(checks):
    assert checks["test_c"].score == 1

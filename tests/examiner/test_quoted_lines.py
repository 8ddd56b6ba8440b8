"""What is quoted of a test cell that ended early: the statement, in one line."""

from __future__ import annotations

import pytest

from autograder import course
from autograder.examiner.cells import compiled, failed, line_of

LONG = "x = 1\nassert (\n    x  # of the first line\n    == 2\n)"
LOOP = "for x in range(\n    3\n):\n    assert x < 0"
HEADER = "for x in (\n    1,\n) + None:\n    y = 'not quoted'"
STRADDLING = "print(\n    1 / 0,\n### BEGIN HIDDEN TESTS\n    7,\n### END HIDDEN TESTS\n)"
MAGIC = "%matplotlib inline\nassert (\n    1 == 2\n)"


def ended(source: str) -> tuple[course.TestCell, BaseException]:
    test = course.TestCell("test", source, 1.0)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any
        compiled(test).run({})
    return test, caught.value


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        pytest.param("assert 1  ==  2", "assert 1  ==  2", id="one line as it stands"),
        pytest.param(LONG, "assert x == 2", id="several lines"),
        pytest.param(LOOP, "assert x < 0", id="inside a loop"),
        pytest.param(HEADER, "for x in (", id="the head of a loop, and nothing of its body"),
        pytest.param(MAGIC, "assert 1 == 2", id="below a magic"),
        pytest.param(STRADDLING, "1 / 0,", id="nothing of hidden lines"),
    ],
)
def test_the_statement_is_quoted(source, quoted):
    assert line_of(*ended(source)) == quoted


def test_a_student_reads_the_whole_assertion():
    assert failed(*ended(LONG)).message == "A visible test did not hold: assert x == 2"


SHAPES = "import numpy as np\nnp.testing.assert_allclose([1.0, 2.0], [1.0, 2.0, 3.0]{})"


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("", f"A visible test did not hold: {SHAPES.format('').splitlines()[1]} (shapes (2,), (3,) mismatch)"),
        (", err_msg='three are wanted'", "three are wanted (shapes (2,), (3,) mismatch)"),
    ],
)
def test_shapes_that_numpy_tells_stand_behind_the_line_or_the_authors_words(author, message):
    assert failed(*ended(SHAPES.format(author))).message == message

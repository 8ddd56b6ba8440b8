"""What visible test cells leave behind for later cells, which are not read as code."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import load
from autograder.examiner.order import Order
from autograder.notebook import CodeCell, Notebook

TEST = "import math\ncost = double(2)\nother = math.pi\nµ = 1\nassert cost == 4"


@pytest.fixture
def given(tmp_path):
    """Give what the candidate is given above a later cell of the student's."""
    (tmp_path / "source" / "hw").mkdir(parents=True)
    cells = [("answer", "double", "def double(x):\n    return 2 * x"), ("test", "asks", TEST)]
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", cells)
    (paper,) = load(tmp_path).papers_of("hw")

    def left(later):
        test = CodeCell("", {"grade_id": "asks"})
        order = Order(paper, Notebook((CodeCell("def double(x): ...", {}), test, CodeCell(later, {}))))
        return [cell.source for cell in order.between(0, 2) if cell.given]

    return left


def test_a_name_that_a_later_cell_reads_is_left(given):
    assert given("print(cost)") == ["cost = double(2)"]


def test_a_name_comes_with_what_it_needs(given):
    assert given("print(other)") == ["import math\nother = math.pi"]


def test_a_cell_that_is_no_python_may_read_a_name(given):
    assert given("print cost if)") == ["cost = double(2)"]


def test_a_name_may_stand_in_a_text_that_is_run(given):
    assert given("eval('cost # here')") == ["cost = double(2)"]


def test_a_name_is_known_in_another_spelling_of_its_letters(given):
    assert given("print(\N{MICRO SIGN})") == given("print(\N{GREEK SMALL LETTER MU})") == ["μ = 1"]


@pytest.mark.parametrize("later", ["# cost", "x = 1  # the cost\ny = 2", "x.cost = 1", "costs = cost_ = 1"])
def test_a_word_that_is_no_such_name_leaves_nothing(given, later):
    assert given(later) == []

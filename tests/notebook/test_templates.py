"""An answer that is given in a cell of its own, while its template stands where it was released."""

from __future__ import annotations

import pytest

from autograder.notebook import Cell, Document, blanks_of, repair

MARKS = {"schema_version": 3, "grade_id": "double", "grade": False, "solution": True, "locked": False, "task": False}
TEMPLATE = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
ANSWER = "def double(x):\n    return x + x"
RELEASED = Cell("code", TEMPLATE, {"nbgrader": MARKS})
BLANKS = blanks_of([Cell("code", "def double(x):\n    return 2 * x", {"nbgrader": MARKS})])


@pytest.mark.parametrize("below", [False, True])
def test_the_answer_counts_wherever_it_stands(below: bool) -> None:
    cells = [RELEASED, Cell("code", ANSWER)]
    repaired = repair(Document(tuple(cells if below else cells[::-1])), BLANKS)
    assert [cell.source for cell in repaired.complete(noted=True).cells if cell.nbgrader] == [ANSWER]
    assert not [notice for notice in repaired.notices if "more than once" in notice]


def test_of_two_answers_the_last_counts_and_this_is_told() -> None:
    other = "def double(x):\n    return 2 * x"
    repaired = repair(Document((Cell("code", ANSWER), replaced(other))), BLANKS)
    assert [cell.source for cell in repaired.complete(noted=True).cells if cell.nbgrader] == [other]
    assert repaired.notices == ("Answered more than once; the last counts: double.",)


def test_a_template_alone_is_what_was_handed_in() -> None:
    repaired = repair(Document((RELEASED,)), BLANKS)
    assert [cell.source for cell in repaired.complete(noted=True).cells if cell.nbgrader] == [TEMPLATE]


def replaced(source: str) -> Cell:
    return Cell("code", source, {"nbgrader": MARKS})

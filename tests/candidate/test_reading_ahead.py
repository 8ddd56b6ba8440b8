"""What the fork-server has read of the course, no candidate reads again."""

from __future__ import annotations

import pytest

from autograder.candidate import definitions
from autograder.candidate.definitions import define, read_ahead
from autograder.statements import given_cell
from autograder.wire import Cell, Load

GIVEN = "FACTOR = 2"
OWN = Cell("def f(x):\n    return FACTOR * x", given=False)


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "_PREPARED", {})
    monkeypatch.setattr(definitions, "_COMPILED", {})


def test_a_given_cell_is_found_again_below_what_a_student_made_of_another() -> None:
    read_ahead(GIVEN, given_cell(1))
    (ready,) = definitions._PREPARED.values()
    edited = Cell("FACTOR = 3", given=False)
    defined = define(Load([edited, Cell(GIVEN, given=True), OWN], ["f"], "", 1.0))
    assert defined.source.statements[1] is ready.statements[0]
    assert defined.namespace["f"](1) == 2

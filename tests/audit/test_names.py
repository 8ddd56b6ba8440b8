"""Names of functions in the table of an audit: whole where there is room, else in lines that end at underscores."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.audit.records import FunctionAudit
from autograder.cli.audit import _functions

LONG = "backward_propagation_with_regularization"


def names(name: str, columns: int) -> list[str]:
    """Give the lines of the column that names functions, below its title."""
    one = FunctionAudit(name, 173, 150, (), (), (), (), (), 154, (), (), 58, (), (), None)
    console = Console(file=io.StringIO(), width=columns)
    console.print(_functions((one,)))
    table = console.file.getvalue().splitlines()
    assert max(map(len, table)) <= columns
    body = table[next(number for number, line in enumerate(table) if name[:4] in line) :]
    return [line.split()[0] for line in body]


def test_a_name_for_which_there_is_room_stands_whole() -> None:
    assert names(LONG, 120) == [LONG]


def test_a_name_for_which_there_is_no_room_is_broken_at_underscores() -> None:
    assert names(LONG, 80) == ["backward_", "propagation_with_", "regularization"]


def test_a_name_that_cannot_be_broken_there_is_broken_where_the_room_ends() -> None:
    assert "".join(names("sum_" + 30 * "m", 80)) == "sum_" + 30 * "m"


@pytest.mark.parametrize("name", ["_", "__init", "mean"])
def test_a_short_name_is_as_it_is(name: str) -> None:
    assert names(name, 80) == [name]

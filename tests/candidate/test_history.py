"""Each answer sees names as they stood at its test, as in a kernel that runs the cells in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest

from autograder.candidate.definitions import Definitions, define
from autograder.wire import Cell, Load

IMPORT = "import numpy as np"
ROOT = "def f(x):\n    return np.sqrt(x)"
SUMS = "def f(x):\n    return sum(x)"
HELPED = "def f(x):\n    return helper(x)"
HELPER = "def helper(x):\n    return 2 * x"
STUB = "def f(x):\n    for y in range(x):\n        # YOUR CODE HERE\n        raise NotImplementedError()\n    return x"


def defined(
    *cells: str, given: str = "", names: tuple[str, ...] = ("f",), ends: Mapping[str, int] = MappingProxyType({})
) -> Definitions:
    mine = [Cell(cell, given=False, part=part) for part, cell in enumerate(cells, 1)]
    return define(Load([*([Cell(given, given=True)] if given else []), *mine], list(names), "", 5.0, dict(ends)))


def answer(definitions: Definitions, name: str = "f") -> Callable[..., Any]:
    definitions.approach(name)
    return definitions.namespace[name]


LATER = {
    "a module becomes a number": ([IMPORT, ROOT, "np = 5"], 4, 2.0),
    "a builtin becomes a number": ([SUMS, "sum = 0"], [1, 2], 3),
    "a builtin is counted with": ([SUMS, "sum = 0", "for i in range(3):\n    sum += i"], [1, 2], 3),
    "a helper becomes its own result": ([HELPER, HELPED, "helper = helper(3)"], 1, 2),
    "a helper is one of several results": ([HELPER, HELPED, "helper, other = helper(3), 4"], 1, 2),
    "a helper's name is used for another function": ([HELPER, HELPED, "def helper(a, b):\n    return a"], 1, 2),
    "a constant is tried otherwise": (["K = 2", "def f(x):\n    return K * x", "K = 50"], 1, 2),
    "in a loop": ([HELPER, HELPED, "for helper in range(3):\n    pass"], 1, 2),
}


@pytest.mark.parametrize("what", LATER)
def test_what_stood_bound_below_the_answer_holds(what: str) -> None:
    cells, argument, wanted = LATER[what]
    value = answer(defined(*cells))(argument)
    assert value == wanted


def test_a_given_helper_survives_what_a_student_plays_with_below() -> None:
    assert answer(defined(HELPED, "def helper(x):\n    return -x", given=HELPER))(1) == 2


EARLIER = {
    "a given helper is the student's own above": (["def helper(x):\n    return 3 * x", HELPED], 1, 3),
    "a builtin's name is a constant of the answer's": (["max = 7", "def f(x):\n    return max + x"], 1, 8),
    "a constant is changed before": (["K = 2", "K = 3", "def f(x):\n    return K * x"], 1, 3),
    "in the answer's own cell": (["K = 2\ndef f(x):\n    return K * x\nK = 3"], 1, 3),
}


@pytest.mark.parametrize("what", EARLIER)
def test_what_is_bound_above_or_beside_the_answer_counts(what: str) -> None:
    cells, argument, wanted = EARLIER[what]
    assert answer(defined(*cells, given=HELPER))(argument) == wanted


def test_what_stands_above_the_test_counts() -> None:
    cells = [Cell(HELPER, given=False), Cell(HELPED, given=False), Cell("def helper(x):\n    return 7", given=False)]
    assert answer(define(Load(cells, ["f"], "", 5.0)))(1) == 7


TWO = [HELPER, HELPED, "def helper(x):\n    return 7", "def g(x):\n    return helper(x)"]


@pytest.mark.parametrize(("name", "wanted"), [("f", 2), ("g", 7)])
def test_two_answers_may_each_have_a_helper_of_one_name(name: str, wanted: int) -> None:
    assert answer(defined(*TWO, names=("f", "g")), name)(1) == wanted


def test_an_answer_may_be_asked_once_more_after_another_one() -> None:
    found = defined(*TWO, names=("f", "g"))
    assert [answer(found, name)(1) for name in ("f", "g", "f")] == [2, 7, 2]


def test_a_helper_stands_between_the_answer_and_its_test() -> None:
    cells = [HELPER, HELPED, "def helper(x):\n    return 7", "def helper(x):\n    return 8"]
    assert answer(defined(*cells, ends={"f": 3}))(1) == 7


def test_a_missing_helper_reads_what_stands_beside_it() -> None:
    helper = "K = 9\ndef helper(x):\n    return K * x"
    assert answer(defined("K = 2", HELPED, helper))(1) == 9


def test_a_helper_of_the_helper_is_looked_for_as_well() -> None:
    cells = [
        "def inner(x):\n    return x",
        "def helper(x):\n    return inner(x)",
        HELPED,
        "def inner(x):\n    return 7",
    ]
    assert answer(defined(*cells))(1) == 1


def test_what_a_called_function_sets_counts_from_where_it_is_called() -> None:
    sets = "def setup(value):\n    global K\n    K = value"
    cells = ["K = 1", sets, "setup(2)", "def f(x):\n    return K * x", "setup(3)", "K = 4"]
    assert answer(defined(*cells))(1) == 2


def test_a_later_cell_goes_on_with_what_it_has_made_of_a_name() -> None:
    cells = [HELPER, HELPED, "helper = 5", "K = helper + 1\ndef g(x):\n    return K * x"]
    assert answer(defined(*cells, names=("f", "g")), "g")(1) == 6


MISSING = {
    "a module": ([ROOT, IMPORT], 4, 2.0),
    "a helper": ([HELPED, HELPER], 1, 2),
    "a helper that is mended": ([HELPED, "def helper(x):\n    return x", HELPER], 1, 2),
    "a helper whose first definition fails": (["helper = nothing", HELPED, HELPER], 1, 2),
    "a constant": (["def f(x):\n    return K * x", "K = 2", "K = 3"], 1, 3),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_an_answer_lacks_may_stand_below_it(what: str) -> None:
    cells, argument, wanted = MISSING[what]
    assert answer(defined(*cells))(argument) == wanted


def test_what_an_answer_gave_is_nothing_that_it_can_read() -> None:
    unwritten = "def f(x):\n    ...\n    return difference"
    found = defined(unwritten, "def g(x):\n    return x", "difference = g(1)", names=("f", "g"))
    with pytest.raises(NameError, match="difference"):
        answer(found)(1)


def test_the_last_of_two_definitions_of_an_answer_counts() -> None:
    assert answer(defined("def f(x):\n    return 1", "def f(x):\n    return 2"))(0) == 2


def test_a_template_below_an_answer_does_not_count() -> None:
    assert answer(defined("def f(x):\n    return 1", STUB))(0) == 1


def test_a_template_above_an_answer_does_not_count() -> None:
    assert answer(defined(STUB, "def f(x):\n    return 1"))(0) == 1


def test_a_second_answer_that_refuses_on_purpose_counts() -> None:
    refuses = "def f(x):\n    if x < 0:\n        raise NotImplementedError('negative')\n    return 2"
    assert answer(defined("def f(x):\n    return 1", refuses))(0) == 2


def test_a_template_alone_is_what_there_is() -> None:
    with pytest.raises(NotImplementedError):
        answer(defined(STUB))(1)


def test_display_is_there_as_in_a_notebook() -> None:
    assert answer(defined("def f(x):\n    display(x, 2)\n    return x"))(1) == 1


def test_a_function_of_that_name_is_missing_all_the_same() -> None:
    assert defined("def f(x):\n    return x", names=("display",)).report("display").kind == "absent"

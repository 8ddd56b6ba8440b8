"""Calling plain functions: watched, guarded, with replaced helpers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from autograder.checks import CheckFailed, counted, injected, observe, untouched
from autograder.checks.calls import same


def helper(x: float) -> float:
    return 2 * x


def uses_helper(x: float) -> float:
    return helper(x) + 1


def raises(x: float) -> float:
    return helper(x) / 0


def forgets_helper() -> None:
    global helper  # noqa: PLW0603
    del helper


def prints(x: float) -> float:
    print("x is", x)  # noqa: T201
    return x


def increments(a: np.ndarray[Any, Any], **named: Any) -> None:
    a += 1
    for value in named.values():
        value["W1"][0] = 7


CHANGES: dict[str, Callable[[Any], object]] = {
    "entry of an array": lambda a: a["W"].__setitem__(0, 9.0),
    "nan for a number": lambda a: a["W"].__setitem__(0, np.nan),
    "shape": lambda a: a.update(V=a["V"][:, None]),
    "new key": lambda a: a.update(extra=1),
    "lost key": lambda a: a.pop("W"),
    "order of keys": lambda a: a.update(W=a.pop("W")),
    "list grown": lambda a: a["items"].append(3),
    "number in a list": lambda a: a["items"].__setitem__(0, 5),
    "bool for int": lambda a: a.update(items=[True, 2]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_untouched_refuses_a_call_that_changed_its_input(change: Callable[[Any], object]) -> None:
    with pytest.raises(CheckFailed, match="argument 1"):
        untouched(change, {"W": np.zeros(2), "V": np.zeros(2), "items": [1, 2]})


def test_untouched_gives_the_value_of_a_call_that_left_its_input_alone() -> None:
    question = {"W": np.array([np.nan, 1.0]), "n": float("nan")}
    assert untouched(lambda a: a["W"][1], question) == 1.0


def test_observe_guards_the_arguments_and_names_those_that_changed() -> None:
    a, parameters = np.zeros(2), {"W1": np.zeros(1)}
    seen = observe(increments, a, parameters=parameters)
    assert seen.changed == ("argument 1", "parameters")
    assert not a.any()
    assert not parameters["W1"].any()


def test_observe_keeps_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert (observe(prints, 2).value, observe(prints, 2).printed) == (2, "x is 2\n")
    assert capsys.readouterr().out == ""


def test_observe_lets_an_exception_through() -> None:
    with pytest.raises(ZeroDivisionError):
        observe(raises, 1)


def test_injected_replaces_a_helper_during_the_call_only() -> None:
    assert injected(uses_helper, helper=lambda x: 10 * x)(3) == 31
    assert uses_helper(3) == 7


def test_injected_restores_the_helper_after_an_exception() -> None:
    with pytest.raises(ZeroDivisionError):
        injected(raises, helper=lambda x: 10 * x)(3)
    assert uses_helper(3) == 7


def test_injected_restores_a_helper_that_the_call_deleted() -> None:
    injected(forgets_helper, helper=helper)()
    assert uses_helper(3) == 7


def test_injected_leaves_no_name_that_was_not_there() -> None:
    injected(uses_helper, stranger=len)(1)
    assert "stranger" not in globals()


def test_counted_notes_every_call() -> None:
    double = counted(helper)
    assert (double(1), double(x=2), double.__name__) == (2, 4, "helper")
    assert double.calls == [((1,), {}), ((), {"x": 2})]  # type: ignore[attr-defined]


DIFFERENT = {
    "types": (1, 1.0),
    "bool and int": (True, 1),
    "dtypes": (np.zeros(2), np.zeros(2, dtype=np.float32)),
    "shapes": (np.zeros(2), np.zeros((2, 1))),
    "broadcast": (np.zeros((1, 2)), np.zeros((2, 2))),
    "values": ([1, {"a": (1,)}], [1, {"a": (2,)}]),
    "lengths": ([1], [1, 1]),
    "keys": ({"a": 1}, {"b": 1}),
    "texts": ("a", "b"),
}


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_values_are_not_the_same(left: object, right: object) -> None:
    assert not same(left, right)


@pytest.mark.parametrize("value", [np.array([np.nan, 1]), np.array(["a"]), {"a": [1, (2.0, None)]}, {1, 2}, len])
def test_a_value_is_the_same_as_itself(value: object) -> None:
    assert same(value, value)


class Series:
    """A value that compares entry by entry, as an array does."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *entries: float) -> None:
        self.entries = np.array(entries)

    def __eq__(self, other: object) -> Any:
        return self.entries == other.entries if isinstance(other, Series) else NotImplemented


class Undecided(Series):
    """A value whose comparison is none."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> Any:
        raise ValueError("which of them is meant?")


def cells(*items: object) -> np.ndarray[Any, Any]:
    held = np.empty(len(items), dtype=object)
    held[:] = items
    return held


def records(item: object) -> np.ndarray[Any, Any]:
    return np.array([(1.0, item), (2.0, None)], dtype=[("number", float), ("item", object)])


# Of each kind a value, and one that is another in one entry only.
WITHOUT_ONE_TRUTH = {
    "arrays in an array": (cells(np.zeros(2), np.ones(3)), cells(np.zeros(2), np.array([1.0, 1.0, 2.0]))),
    "dictionaries in an array": (cells({"W": np.zeros(2)}, None), cells({"W": np.ones(2)}, None)),
    "an array in a record": (records(np.zeros(2)), records(np.ones(2))),
    "a matrix of arrays": (cells(np.zeros(2), 1)[:, None], cells(np.zeros(2), 2)[:, None]),
    "a data frame": (pd.DataFrame({"a": [1.0, np.nan]}), pd.DataFrame({"a": [2.0, np.nan]})),
    "a data frame with another column": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1], "b": [2]})),
    "a series": (pd.Series([1.0, np.nan]), pd.Series([1.0, 2.0])),
    "an index": (pd.Index([np.nan]), pd.Index([1.0])),
    "a comparison by entries": (Series(1, 2), Series(1, 3)),
    "no comparison": (Undecided(1, 2), Undecided(1, 3)),
    "in a list": ([pd.Series([1, 2])], [pd.Series([1, 3])]),
}


@pytest.mark.parametrize(("value", "_"), WITHOUT_ONE_TRUTH.values(), ids=WITHOUT_ONE_TRUTH)
def test_a_copy_whose_comparison_is_no_single_truth_is_the_same(value: object, _: object) -> None:
    assert same(value, copy.deepcopy(value))


@pytest.mark.parametrize(("left", "right"), WITHOUT_ONE_TRUTH.values(), ids=WITHOUT_ONE_TRUTH)
def test_values_whose_comparison_is_no_single_truth_differ_by_one_entry(left: object, right: object) -> None:
    assert not same(left, right)


def test_an_array_of_arrays_that_was_changed_in_place_is_told() -> None:
    with pytest.raises(CheckFailed, match="changed its input in place: argument 1"):
        untouched(lambda weights: weights[0].fill(7), cells(np.zeros(2), np.ones(3)))


def test_a_list_that_holds_itself_is_handed_over_in_a_copy_and_compared():
    endless = [1]
    endless.append(endless)
    assert observe(lambda given: given[1][0], endless).value == 1


def test_a_list_that_holds_itself_and_was_changed_is_told():
    endless = [1]
    endless.append(endless)
    with pytest.raises(CheckFailed, match="argument 1"):
        untouched(lambda given: given.append(2), endless)

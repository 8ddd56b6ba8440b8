"""What stands for an object that stays in the candidate: what is asked of it, and what never is."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from autograder.errors import WireError
from autograder.examiner.handles import Licence, remote, trusted_class
from autograder.wire import OPERATIONS, PROTOCOLS, Handle, Holding


class Box:
    """Holds something."""

    size = 3

    def __enter__(self) -> int:
        return 1

    def __exit__(self, *error: object) -> None:
        self.size = len([one for one in error if one is not None])


class There:
    """Has one object, and keeps what it is asked for."""

    def __init__(self, *known: object) -> None:
        self.licence, self.doubted = Licence(learning=True), False
        self.known = known
        self.asked: list[tuple[Any, ...]] = []

    def operate(self, handle: Handle, _: int, operation: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        self.asked.append((operation, *args))
        numbers = [object.__getattribute__(arg, "_handle").number if is_remote(arg) else None for arg in args]
        given = [arg if number is None else self.known[number] for arg, number in zip(args, numbers, strict=True)]
        return OPERATIONS[operation](self.known[handle.number], *given, **kwargs)

    def trusted_class(self, _: str) -> None:
        return None

    def stand_in(self, number: int = 0, name: str = "") -> Any:
        protocols = [one for one in PROTOCOLS if hasattr(type(self.known[number]), one)]
        return remote(self, 1, Handle(number, ["__main__.Box"], protocols, name))


def is_remote(value: object) -> bool:
    return hasattr(type(value), "_asker")


def test_an_attribute_is_asked_for() -> None:
    there = There(Box())
    assert there.stand_in().size == 3
    assert there.asked == [("getattr", "size")]


@pytest.mark.parametrize("name", ["__name__", "__qualname__"])
def test_a_name_of_its_own_has_come_with_it(name: str) -> None:
    there = There(Box)
    assert getattr(there.stand_in(name="Box"), name) == "Box"
    assert there.asked == []


def test_what_has_a_name_has_other_attributes_too() -> None:
    assert There(Box).stand_in(name="Box").size == 3


@pytest.mark.parametrize("name", ["__array_interface__", "__array_struct__", "__array_function__", "__name__"])
def test_what_numpy_looks_for_is_not_asked_for(name: str) -> None:
    there = There(Box())
    assert not hasattr(there.stand_in(), name)
    assert there.asked == []


@pytest.mark.parametrize("name", ["__doc__", "__dict__"])
def test_what_people_look_for_is(name: str) -> None:
    box = Box()
    assert getattr(There(box).stand_in(), name) == getattr(box, name)


def test_what_is_there_can_be_listed() -> None:
    assert "size" in dir(There(Box()).stand_in())


def test_an_object_is_told_nothing_of_what_ended_a_with() -> None:
    box = Box()
    with pytest.raises(KeyError), There(box).stand_in():
        raise KeyError
    assert box.size == 0


def test_whether_an_object_is_of_a_class_there_is_asked_of_the_class() -> None:
    there = There(Box(), Box, int)
    assert isinstance(there.stand_in(0), there.stand_in(1))
    assert not isinstance(there.stand_in(0), there.stand_in(2))
    assert issubclass(there.stand_in(1), there.stand_in(1))


def test_what_is_no_object_there_is_of_no_class_there() -> None:
    there = There(int)
    assert not isinstance(3, there.stand_in())
    assert not issubclass(int, there.stand_in())
    assert there.asked == []


def test_a_tuple_that_holds_something_else_is_refused() -> None:
    found = remote(There(), 1, Handle(0, ["__main__.Pair", "builtins.tuple"], [], "", [1], plain=True))
    assert isinstance(found, Holding)
    with pytest.raises(WireError, match="holds a list"):
        found.given([1])


CLASSES = {
    "builtins.dict": dict,
    "builtins.function": types.FunctionType,
    "builtins.nothing": None,
    "numpy.ndarray": np.ndarray,
    "numpy.pi": None,
    "nowhere.function": None,
    "__main__.Box": Box,
    "__main__.box": None,
    "__main__.nothing": None,
}


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_of_the_examiners_own_is_found_by_its_full_name(kind: str) -> None:
    assert trusted_class(kind, {"Box": Box, "box": Box()}) is CLASSES[kind]

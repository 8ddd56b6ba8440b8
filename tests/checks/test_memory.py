"""What a trusted function gave is remembered, bit by bit the same, and in a copy of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from autograder.checks import gradients
from autograder.checks.memory import Memory, Remembered, only_recalling, recalling, remembered


@dataclass(frozen=True)
class Pair:
    left: np.ndarray
    right: float


def test_a_record_is_remembered_and_given_in_a_copy() -> None:
    calls = []

    @remembered
    def ask(number: float) -> Pair:
        calls.append(number)
        return Pair(np.full(2, number), number)

    with recalling(Memory()):
        ask(3.0).left[:] = 0.0
        again = ask(3.0)
    assert (calls, again.left.tolist(), again.right) == ([3.0], [3.0, 3.0], 3.0)


def test_the_slope_of_a_cost_is_measured_once() -> None:
    asked = []

    def cost(at: dict[str, np.ndarray]) -> float:
        asked.append(1)
        return float(np.sum(at["w"] ** 2))

    point = {"w": np.array([1.0, 2.0])}
    with recalling(Memory()):
        first = gradients.measure(cost, point)
        before = len(asked)
        second = gradients.measure(cost, point)
    assert len(asked) == before
    assert second["w"].value.tolist() == first["w"].value.tolist()


def asked_for() -> tuple[Remembered[[object], int], list[object]]:
    """Give a function that is remembered, and what it was asked while it did not know."""
    arguments: list[object] = []

    def ask(argument: object) -> int:
        arguments.append(argument)
        return 1

    return remembered(ask), arguments


@pytest.mark.parametrize("large", ["x" * 2**21, bytes(2**21), 1 << 2**24, ["x" * 2**20] * 2, [0] * 2**16], ids=type)
def test_what_was_asked_with_a_large_argument_is_not_remembered(large: object) -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        ask(large)
        ask(large)
    assert len(arguments) == 2


def test_what_was_asked_first_is_forgotten_when_texts_fill_the_room() -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        for number in [*range(40), 0]:
            ask(str(number) + "x" * 900_000)
    assert len(arguments) == 41


def test_complex_zeros_of_two_signs_are_two_arguments() -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        ask(complex(0.0, 0.0))
        ask(complex(0.0, -0.0))
    assert len(arguments) == 2


def test_what_is_known_is_recalled_where_nothing_new_is_kept() -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        ask(1)
        with only_recalling():
            ask(1)
    assert arguments == [1]


def test_nothing_new_is_kept_where_it_shall_not() -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        with only_recalling():
            ask(1)
        ask(1)
    assert arguments == [1, 1]


def test_new_things_are_kept_again_afterwards() -> None:
    ask, arguments = asked_for()
    with recalling(Memory()):
        with only_recalling():
            ask(1)
        ask(2)
        ask(2)
    assert arguments == [1, 2]

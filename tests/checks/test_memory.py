"""What a trusted function gave is remembered, bit by bit the same, and in a copy of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.checks import gradients
from autograder.checks.memory import Memory, recalling, remembered


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

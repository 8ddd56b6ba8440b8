"""What a trusted function gave is remembered, bit by bit the same, and in a copy of its own."""

from __future__ import annotations

import gc
import random
import sys
import types
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from autograder.checks import counted, gradients
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


def test_the_slope_of_a_cost_is_measured_once(capsys) -> None:
    def cost(at: dict[str, np.ndarray]) -> float:
        print("asked")  # noqa: T201 - a count in a list would be something that it reads
        return float(np.sum(at["w"] ** 2))

    point = {"w": np.array([1.0, 2.0])}
    with recalling(Memory()):
        first = gradients.measure(cost, point)
        assert capsys.readouterr().out
        second = gradients.measure(cost, point)
    assert not capsys.readouterr().out
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


SHUFFLES = """
import random
def deal(cards):
    cards = list(cards)
    random.shuffle(cards)
    return cards
"""
ROLLS = """
import numpy as np
rng = np.random.default_rng(5)
def one():
    return rng.random()
def roll(number):
    return [one() for _ in range(number)]
"""
SCALES = """
SCALE = 2.0
def times(number):
    return SCALE * number
def scaled(number):
    return times(number)
"""


@pytest.fixture
def lesson(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], types.ModuleType]:
    """Make a module whose function of some name is remembered in its place, as a course's reference is."""

    def make(code: str, name: str) -> types.ModuleType:
        module = types.ModuleType("lesson")
        monkeypatch.setitem(sys.modules, "lesson", module)
        exec(code, vars(module))  # noqa: S102 - the test's own
        setattr(module, name, Remembered(getattr(module, name), vars(module), name))
        return module

    return make


def test_a_function_that_draws_from_pythons_generator_draws_each_time(lesson) -> None:
    deal = lesson(SHUFFLES, "deal").deal
    dealt = []
    with recalling(Memory()):
        for seed in (1, 2):
            random.seed(seed)
            dealt.append(deal([*range(10)]))
            random.seed(seed)
            dealt.append(deal([*range(10)]))
    assert dealt[0] == dealt[1] != dealt[2] == dealt[3]


def test_a_normal_number_that_the_legacy_generator_had_in_store_is_drawn_once() -> None:
    normal = remembered(lambda _: np.random.standard_normal())
    np.random.seed(0)
    np.random.standard_normal()
    with recalling(Memory()):
        assert normal(1) != normal(1)


def test_a_function_whose_helper_draws_from_a_generator_beside_it_draws_each_time(lesson) -> None:
    roll = lesson(ROLLS, "roll").roll
    with recalling(Memory()):
        assert roll(2) != roll(2)


def test_a_constant_that_was_changed_makes_another_function_of_what_reads_it(lesson) -> None:
    module = lesson(SCALES, "scaled")
    with recalling(Memory()):
        module.scaled(1.0)
        module.SCALE = 3.0
        assert module.scaled(1.0) == 3.0


def test_a_constant_that_is_changed_twice_makes_two_others(lesson) -> None:
    module = lesson(SCALES, "scaled")
    with recalling(Memory()):
        module.scaled(1.0)
        module.SCALE = 3.0
        module.scaled(1.0)
        module.SCALE = 4.0
        assert module.scaled(1.0) == 4.0


def test_a_function_that_reads_a_class_of_its_package_is_asked_each_time(lesson) -> None:
    module = lesson("class Scale:\n    by = 2.0\ndef scaled(number):\n    return Scale.by * number", "scaled")
    with recalling(Memory()):
        module.scaled(1.0)
        module.Scale.by = 3.0
        assert module.scaled(1.0) == 3.0


def test_a_helper_that_was_replaced_makes_another_function_of_what_calls_it(lesson) -> None:
    module = lesson(SCALES, "scaled")
    with recalling(Memory()):
        module.scaled(1.0)
        module.times = lambda number: -number
        assert module.scaled(1.0) == -1.0


def test_a_function_that_reads_constants_and_helpers_is_remembered(lesson, capsys) -> None:
    module = lesson(SCALES.replace("return times", "print('asked'); return times"), "scaled")
    with recalling(Memory()):
        assert (module.scaled(1.0), module.scaled(1.0)) == (2.0, 2.0)
    assert capsys.readouterr().out == "asked\n"


def square(number: float) -> float:
    return number * number


def applied(function: Callable[[float], float], number: float) -> float:
    return function(number)


def test_every_call_of_a_counted_function_is_counted() -> None:
    ask, probe = remembered(applied), counted(square)
    with recalling(Memory()):
        for _ in range(3):
            ask(probe, 2.0)
    assert len(probe.calls) == 3


class Answer:
    """Stands for a proxy, which is no plain value."""

    __name__ = "answer"

    def __call__(self, number: float) -> float:
        return number


@pytest.mark.parametrize("wrap", [counted, lambda answer: lambda number: -answer(number)])
def test_what_wraps_an_answer_goes_with_it(wrap) -> None:
    memory, answer = Memory(), Answer()
    gone = weakref.ref(answer)
    with recalling(memory):
        remembered(applied)(wrap(answer), 1.0)
    del answer
    gc.collect()
    assert gone() is None


def test_what_a_counted_function_was_given_goes_with_it() -> None:
    memory, given = Memory(), np.ones(3)
    gone, probe = weakref.ref(given), counted(square)
    with recalling(memory):
        remembered(applied)(probe, 1.0)
        probe(given)
    del given, probe
    gc.collect()
    assert gone() is None

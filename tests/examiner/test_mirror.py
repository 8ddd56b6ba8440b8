"""What passes through the mirror, in which the reference is rehearsed, is what passes through a dialogue."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
import decimal
import fractions
import itertools
import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest

from autograder.api.notebooks import AGENT
from autograder.checks import injected, observe
from autograder.errors import CandidateTimeoutError, SandboxError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.mirror import Mirror
from autograder.examiner.remote import RemoteFunction
from autograder.limits import Limits
from autograder.sandbox import Sandbox
from autograder.wire import Cell, Load

ANSWERS = """
import random
import numpy as np


def same(x):
    return x


def kind(x):
    return type(x).__name__


def apply(f, *args):
    return f(*args)


def helper(f, x):
    return f(x)


def hand_on(f, x):
    return helper(f, x)


def hand_over(f, x):
    return f(lambda t: [t, x], x)


def hand_over_and_draw(f, n):
    return f(lambda: np.random.rand(), n), np.random.rand()


def change(x):
    x[0] = 7
    return x


def catch(f, x):
    try:
        return f(x)
    except ValueError as error:
        return "a ValueError: " + str(error)
    except RuntimeError as error:
        return "a RuntimeError: " + str(error)


def fail(f):
    return f(1 // 0)


def refuse(name):
    raise {"key": KeyError, "own": Own, "value": ValueError}[name]("text")


class Own(LookupError):
    pass


def draw(rng):
    return rng.random()


def spawn(rng, n):
    return [one.random() for one in rng.spawn(n)]


def nested(levels, f=None):
    value = []
    for _ in range(levels):
        value = [value]
    return value if f is None else f(value)


SHARED = []


def grown():
    SHARED.append(1)
    return SHARED


def own_generator(seed):
    return np.random.default_rng(seed)


def noise():
    return np.random.randn(3).tolist()


def deal(n):
    cards = list(range(n))
    random.shuffle(cards)
    return cards


def noisy(f, n):
    return [f() + np.random.rand() + random.random() for _ in range(n)]
"""
NAMES = [line[4 : line.index("(")] for line in ANSWERS.splitlines() if line.startswith("def ")]


class Point(NamedTuple):
    x: int
    y: int


class Box:
    size = 1


class StopError(ValueError):
    pass


VALUES: dict[str, Callable[[], Any]] = {
    "nothing": lambda: None,
    "numbers": lambda: [1, True, 2**100, 0.1, float("nan"), -0.0, 1 + 2j],
    "texts": lambda: ("text", b"bytes", "\ud800"),
    "containers": lambda: {"a": {1, 2}, (1, 2): [frozenset({3})]},
    "arrays": lambda: [
        np.arange(3),
        np.ones((2, 0)),
        np.array(["a"]),
        np.array(1.5),
        np.float32(2),
        np.array([True])[0],
    ],
    "rare arrays": lambda: [np.array([1, None]), np.array(["2020-01-01"], "M8[D]"), np.longdouble(0.1)],
    "a matrix": lambda: np.matrix([[1, 2]]),
    "masked entries": lambda: np.ma.array([1, 2], mask=[True, False]),
    "of the library": lambda: [fractions.Fraction(1, 3), dt.date(2020, 1, 2), decimal.Decimal("0.1"), range(3)],
    "a queue": lambda: collections.deque([1]),
    "a counter": lambda: collections.Counter("aab"),
    "a named tuple": lambda: Point(1, 2),
    "what an iterator gives": lambda: (n for n in range(3)),
    "views": lambda: [{"a": 1}.keys(), {"a": 1}.values()],
    "functions": lambda: [abs, len, Box],
    "an object": object,
    "a box": Box,
    "a pattern": lambda: re.compile("x"),
    "a generator": lambda: np.random.default_rng(3),
    "a legacy generator": lambda: np.random.RandomState(3),
    "too deep": lambda: deep(100),
}


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


Functions = Mapping[str, Any]


def noise() -> float:
    return float(np.random.rand() + random.random())  # noqa: S311


def seeded(use: Callable[[], Any]) -> list[Any]:
    """Call with generators that are seeded once, and tell what is drawn here afterwards."""
    np.random.seed(1)
    random.seed(1)
    return [use(), use(), noise()]


def raises(error: type[Exception]) -> Callable[..., Any]:
    def function(*_: object) -> None:
        raise error("text")

    return function


def drawn_by_both(f: Functions, rng: Any) -> list[Any]:
    return [f["draw"](rng), rng.random(), f["apply"](lambda one: one.random(), rng), rng.random()]


def kept(f: Functions) -> Any:
    """Call a function of the answer's after the call that handed it over."""
    found: list[Any] = []
    f["hand_over"](lambda one, _: found.append(one), 1)
    return found[0](2)


def spawned_by_both(f: Functions, rng: Any) -> list[Any]:
    return [f["spawn"](rng, 2), rng.spawn(1)[0].random()]


TESTS: dict[str, Callable[[Functions], Any]] = {
    "what a callback is given and gives": lambda f: f["apply"](lambda *args: [repr(args), *args], 1, (2,), np.ones(2)),
    "a callback that is given what does not cross": lambda f: f["apply"](lambda g: repr(type(g)), Box()),
    "a callback that gives what does not cross": lambda f: f["apply"](Box),
    "a callback that gives a function": lambda f: f["same"](f["apply"](lambda: lambda x: x)),
    "a function handed on to another": lambda f: f["apply"](lambda g, x: g(x) + 1, lambda x: 2 * x, 3),
    "a function that is handed on is the same": lambda f: f["apply"](lambda g: g is abs, abs),
    "a function handed on to a helper": lambda f: injected(f["hand_on"], helper=lambda g, x: [g(x)])(abs, -1),
    "a function of the answer's handed over": lambda f: f["hand_over"](lambda g, x: [g(x), g(np.ones(2))], 3),
    "one that is handed what does not cross": lambda f: f["hand_over"](lambda g, _: repr(g(Box())), 3),
    "one that is handed back": lambda f: f["hand_over"](f["apply"], 3),
    "one that is called later": kept,
    "one that is copied, as observing does": lambda f: f["hand_over"](lambda g, _: observe(lambda h: h(2), g).value, 3),
    "one that draws": lambda f: seeded(lambda: f["hand_over_and_draw"](lambda g, _: [g(), noise(), g()], 1)),
    "a built-in exception of a callback": lambda f: f["catch"](raises(ValueError), 1),
    "an exception of a callback that is none of Python's": lambda f: f["catch"](raises(StopError), 1),
    "an exception of a callback that nobody catches": lambda f: f["apply"](raises(KeyError), 1),
    "an exception before a callback": lambda f: f["fail"](abs),
    "a key error": lambda f: f["refuse"]("key"),
    "a value error": lambda f: f["refuse"]("value"),
    "an exception of the answer's own": lambda f: f["refuse"]("own"),
    "an iterator without an end": lambda f: f["kind"](itertools.count()),
    "arguments that are wrong": lambda f: f["same"](1, 2),
    "changed arguments": lambda f: observe(f["change"], np.zeros(2)).changed,
    "what is nested too deeply": lambda f: f["nested"](100),
    "what is nested too deeply for a callback": lambda f: f["nested"](100, len),
    "a callback that gives what is nested too deeply": lambda f: f["catch"](deep, 100),
    "an earlier result that is changed": lambda f: [observe(f["grown"]).earlier for _ in range(2)],
    "arguments by name": lambda f: observe(f["change"], x=[1]).changed,
    "a generator drawn from in turns": lambda f: drawn_by_both(f, np.random.default_rng(1)),
    "a legacy generator in turns": lambda f: drawn_by_both(f, np.random.RandomState(1)),
    "what is spawned in turns": lambda f: spawned_by_both(f, np.random.default_rng(1)),
    "more generators than are known at a time": lambda f: [f["draw"](np.random.default_rng(n)) for n in range(1100)],
    "a generator of the answer's own": lambda f: f["own_generator"](5).random(),
    "noise": lambda f: seeded(f["noise"]),
    "shuffled cards": lambda f: seeded(lambda: f["deal"](9)),
    "a callback that draws too": lambda f: seeded(lambda: f["noisy"](noise, 3)),
}


def through_mirror() -> dict[str, RemoteFunction]:
    space: dict[str, Any] = {"__name__": "answers"}
    exec(compile(ANSWERS, "answers", "exec"), space)  # noqa: S102 - as a module is run
    mirror = Mirror({name: space[name] for name in NAMES}, "hw")
    return {name: RemoteFunction(mirror, name, {}) for name in NAMES}


@pytest.fixture(name="through_dialogue", scope="module")
def _through_dialogue() -> Iterator[Callable[[], dict[str, RemoteFunction]]]:
    limits = Limits()
    load = Load([Cell(ANSWERS, given=False)], NAMES, "", 10)
    with (
        Sandbox(AGENT, limits) as sandbox,
        contextlib.closing(Dialogue(sandbox, limits, load, seeds_python=True)) as dialogue,
    ):

        def begin() -> dict[str, RemoteFunction]:
            dialogue.end_cell()
            dialogue.begin_cell("same", hidden=False)
            return {name: RemoteFunction(dialogue, name, {}) for name in NAMES}

        dialogue.begin_cell("same", hidden=False)
        yield begin


def outcome(test: Callable[[], Any]) -> Any:
    try:
        return told(test())
    except Exception as error:  # noqa: BLE001 - that is the outcome
        return [kind.__name__ for kind in type(error).__mro__], str(error)


def told(value: Any) -> Any:
    """Tell a value with its types, and a generator by what it draws or gives."""
    if isinstance(value, (np.random.Generator, np.random.RandomState)):
        return type(value), value.standard_normal(3).tolist()
    if isinstance(value, (list, tuple, Iterator)):
        return type(value), [told(item) for item in value]
    return type(value), repr(value)


@pytest.mark.parametrize("function", ["same", "kind"])
@pytest.mark.parametrize("name", VALUES)
def test_a_value_arrives_and_comes_back_as_the_same_through_both(name: str, function: str, through_dialogue) -> None:
    through = [outcome(lambda f=f: f[function](VALUES[name]())) for f in (through_mirror(), through_dialogue())]
    assert through[0] == through[1]


@pytest.mark.parametrize("name", TESTS)
def test_what_a_test_does_comes_to_the_same_through_both(name: str, through_dialogue) -> None:
    assert outcome(lambda: TESTS[name](through_mirror())) == outcome(lambda: TESTS[name](through_dialogue()))


@pytest.mark.parametrize("error", [CandidateTimeoutError("late"), SandboxError("busy")], ids=repr)
def test_what_there_is_no_time_or_room_for_is_no_exception_of_the_functions(error: Exception) -> None:
    def ended() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        RemoteFunction(Mirror({"ended": ended}, "hw"), "ended", {})()
    assert raised.value is error


def test_a_function_of_the_answers_own_is_gone_with_its_test_cell(through_dialogue) -> None:
    found: list[Any] = []
    through_dialogue()["hand_over"](lambda one, _: found.append(one), 1)
    again = through_dialogue()
    with pytest.raises(RuntimeError, match="later test cell"):
        found[0](2)
    assert again["same"](1) == 1

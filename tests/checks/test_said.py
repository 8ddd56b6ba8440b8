"""What messages say of an answer: nothing that it could have chosen to tell what it was asked."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder import checks
from autograder.checks.failure import CheckFailed
from autograder.checks.saying import described, dtype_of, shape_of
from autograder.wire.values import SIMPLE_DTYPES

SECRET = 1_234_567
SECURITY = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
# Beyond any of the limits, by the number of entries and by that of sides.
ENTRIES, SIDES = 10_050, 6


def message(check, *arguments):
    with pytest.raises(CheckFailed) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        np.empty((0, SECRET)),
        np.empty((0,) * 5),
        np.zeros(SECRET, np.uint8),
        np.zeros((1,) * 8 + (2,)),
        [0] * SECRET,
        np.array(["x" * 1234]),
        np.zeros(1, f"M8[{SECRET}s]"),
        np.zeros(2, f"m8[{SECRET}D]"),
        np.zeros(2, [(f"secret{SECRET}", float, (12, 34))]),
    ],
    ids=["nothing, far", "nothing, often", "many", "many sides", "a list", "a text", "dates", "times", "records"],
)
def test_what_could_say_much_is_not_said(value):
    told = message(checks.scalar, value)
    assert not any(sign in told for sign in ("1234", "0, 0", "1, 1", "12, 34"))


@pytest.mark.parametrize("check", [checks.array, checks.close, checks.agree])
def test_a_unit_of_time_is_not_said_where_it_could_say_much(check):
    wanted = (2,) if check is checks.array else np.zeros(2)
    assert "datetime64[...]" in message(check, np.zeros(2, f"M8[{SECRET}ns]"), wanted)


def test_times_of_another_unit_are_told_without_their_count():
    told = message(checks.agree, np.zeros(2, f"m8[{SECRET}Y]"), np.zeros(2, "m8[D]"))
    assert told == "the result.dtype is timedelta64[...], wanted timedelta64[D]."


@pytest.mark.parametrize("unit", ["Y", "D", "ns"])
def test_an_ordinary_unit_of_time_is_said(unit):
    assert f"dtype datetime64[{unit}]," in message(checks.scalar, np.zeros(2, f"M8[{unit}]"))


def test_the_byte_order_of_numbers_is_not_said():
    assert "dtype float64," in message(checks.scalar, np.zeros(2, ">f8"))


class Posing(np.ndarray):
    """What an object of an answer's that claims to be an array says of itself."""

    shape = ("secret", -3)
    dtype = type("Dtype", (), {"kind": "O", "name": "secret", "__str__": lambda _: "secret"})()


def test_an_object_that_poses_as_an_array_has_no_words_of_its_own():
    posing = np.ndarray.__new__(Posing, (2,))
    assert described(posing) == "an array of shape (...) and dtype (...)"


def multisets(entries: int, sides: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Give all shapes of so many entries and sides at most, whose sides are in order."""
    yield ()
    for side in range(least, entries + 1) if sides else ():
        yield from ((side, *rest) for rest in multisets(entries // side, sides - 1, side))


def orders(shape: tuple[int, ...]) -> int:
    return math.factorial(len(shape)) // math.prod(map(math.factorial, Counter(shape).values()))


def said(array: np.ndarray, wanted: tuple[int, ...]) -> bool:
    return shape_of(array, wanted) == str(array.shape)


def shaped(shape: tuple[int, ...]) -> np.ndarray:
    """Give an array of a shape without its bytes."""
    return np.ndarray(shape, np.uint8, bytes(1), strides=(0,) * len(shape))


@pytest.fixture(scope="module")
def small() -> list[np.ndarray]:
    return [shaped(shape) for shape in multisets(ENTRIES, SIDES)]


# No shape is made of primes in two ways.
WANTED = (101, 103, 107, 109, 113, 127, 131, 137)


@pytest.mark.parametrize("sides", [3, 4, 5, 6, 8])
def test_no_more_shapes_are_said_than_the_documentation_counts(small, sides):
    wanted = WANTED[:sides]
    ordinary = sum(orders(array.shape) for array in small if said(array, wanted))
    beside = {*itertools.product(*[(1, side - 1, side, side + 1) for side in wanted])}
    for n in range(min(sides + 1, SIDES)):
        beside |= {*itertools.product({1, *wanted}, repeat=n)}
    larger = sum(math.prod(shape) > ENTRIES and said(shaped(shape), wanted) for shape in beside)
    most = int(re.search(r"no more than ([\d,]+) shapes", SECURITY)[1].replace(",", ""))
    assert 300_000 < ordinary + larger <= most < 10**5.8


def test_no_more_dtypes_are_said_than_the_documentation_counts():
    units = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")
    times = [f"{sort}8{unit}" for sort in "mM" for unit in ["", *(f"[{n}{one}]" for one in units for n in (1, 2, 3))]]
    said = {dtype_of(np.empty(1, name)) for name in [*SIMPLE_DTYPES, "U1", "U2", "S3", "O", *times]}
    assert len(said) == int(re.search(r"and (\d+) dtypes", SECURITY)[1])


def test_a_large_shape_of_many_sides_is_said_where_it_is_off_by_one():
    assert "(64, 31, 31, 128)" in message(checks.array, np.zeros((64, 31, 31, 128), np.uint8), (64, 32, 32, 128))


def test_what_complex_number_is_not_finite_is_not_said():
    told = message(checks.agree, complex(0.123456789, np.nan), 1j)
    assert told == "the result is a complex number that is not finite."


def test_the_place_of_an_item_is_said_among_the_first_hundred():
    assert message(checks.agree, [*range(99), 0], [*range(100)]) == "the result[99] has a wrong value."


def test_the_place_of_an_item_is_not_said_where_it_could_say_much():
    right = [*range(1000)]
    assert message(checks.agree, [*right[:700], 0, *right[701:]], right) == "an entry of the result has a wrong value."


def test_the_number_of_other_keys_is_not_said_where_it_could_say_much():
    told = message(checks.mapping, dict.fromkeys(range(1234)), ["W1"])
    assert told == "the result has no 'W1'; it has (...) of other names."


@pytest.mark.parametrize("shape", [(0,), (3,), (5, 3), (1, 5, 3)])
def test_an_ordinary_shape_is_said(shape):
    assert str(shape) in message(checks.array, np.zeros(shape), (3, 5))


def test_a_shape_of_many_sides_is_said_where_as_many_are_wanted():
    assert "(3, 5, 5, 3)" in message(checks.array, np.zeros((3, 5, 5, 3)), (3, 1, 3, 3))


def test_a_large_one_is_said_where_it_is_made_of_the_sides_that_are_wanted():
    assert "(300, 12288)" in message(checks.array, np.zeros((300, 12288), np.float32), (12288, 300))


def test_an_array_without_entries_has_none_that_hold():
    assert message(checks.array, np.empty((0, 3)), None) == "the result has no entries."


def test_entries_are_not_missed_where_none_are_wanted():
    assert checks.array(np.empty((0, 3)), (0, 3)).size == 0


@pytest.mark.parametrize(("difference", "said"), [(0.25, "0.25"), (1.5e154, "beyond 10"), (-3e20, "beyond -10")])
def test_a_difference_is_said_where_it_can_be_one(difference, said):
    assert f"the difference is {said};" in message(checks.below, difference, 1e-7)


def test_one_too_small_to_be_one_is_said_to_be_none():
    assert "the difference is 0;" in message(checks.above, 1.234e-300, 1e-7)

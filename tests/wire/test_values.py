"""Plain values cross the wire and come back equal and of the same exact type; all others come back as `Opaque`."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.errors import CandidateTimeoutError, WireError
from autograder.wire import FunctionRef, Opaque, Packer, Unpacker, Value, library
from autograder.wire.channel import MAX_BUFFERS, MAX_STRUCTURE

Point = namedtuple("Point", "x y")  # noqa: PYI024 - the plain kind is what students use


class Text(str):
    __slots__ = ()


class Number(IntEnum):
    ONE = 1


class Liar(dict):
    """Says that it holds something else."""

    def items(self) -> Any:
        return {"W1": "full marks"}.items()

    def __iter__(self) -> Any:
        raise RuntimeError

    def __len__(self) -> int:
        return 100


class Float64(np.float64):
    pass


class Many(set[str]):
    """Says that it holds nothing."""

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


class Fixed(frozenset[str]):
    """Says that it holds nothing."""

    def __iter__(self) -> Any:
        return iter(())


class Octets(bytes):
    """Says that it is another text."""

    def __bytes__(self) -> bytes:
        return b""


class Complex(complex):
    """Says that it is another number."""

    def __complex__(self) -> complex:
        return 0j


class Vector(np.ndarray[Any, Any]):
    pass


def crossed(value: object) -> Any:
    """Give what arrives at the other end, through msgpack and back."""
    packer = Packer(lambda _: None, [])
    structure = msgspec.msgpack.encode(packer.pack(value))
    unpacker = Unpacker(memoryview(bytearray(b"".join(packer.buffers))), lambda ref: ref)
    result = unpacker.unpack(msgspec.msgpack.decode(structure, type=Value))
    unpacker.finish()
    return result


def held(value: object) -> Any:
    """Give what arrives where a kernel's objects may be held."""
    packer = Packer(lambda _: None, [], lambda _: None)
    structure = msgspec.msgpack.encode(packer.pack(value))
    unpacker = Unpacker(memoryview(bytearray(b"".join(packer.buffers))), lambda ref: ref, holding=True)
    return unpacker.unpack(msgspec.msgpack.decode(structure, type=Value))


def identical(left: Any, right: Any) -> bool:
    """Compare types, dtypes, shapes and bits, through containers."""
    if type(left) is not type(right):
        return False
    if isinstance(left, (np.ndarray, np.generic)):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, dict):
        return identical(list(left.items()), list(right.items()))
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(identical, left, right))
    if isinstance(left, float):
        return left.hex() == right.hex() and math.copysign(1, left) == math.copysign(1, right)
    return bool(left == right)


PLAIN = {
    "none": None,
    "true": True,
    "zero": 0,
    "least int64": -(2**63),
    "beyond int64": 2**63,
    "a hundred digits": -(10**100),
    "minus zero": -0.0,
    "nan": math.nan,
    "inf": -math.inf,
    "complex": 1 - 2j,
    "complex with minus zero": complex(-0.0, math.inf),
    "text": "Kosten: λ\0",
    "bytes": b"\x00\xff",
    "no bytes": b"",
    "list": [1, 1.0, True, [None]],
    "tuple": (1, (), ("a",)),
    "set": {1, "a", None, (1, 2)},
    "frozenset": frozenset({2.5, b"x"}),
    "dictionary in its order": {"b": 1, "a": {"W1": np.eye(2)}, (1, 2): [3], 1: 2},
    "float32 scalar": np.float32(0.1),
    "int64 scalar": np.int64(-1),
    "numpy bool": np.bool_(True),  # noqa: FBT003
    "text scalar": np.str_("ab"),
    "0-d": np.array(3.5),
    "empty": np.zeros((0, 3)),
    "big-endian": np.arange(3, dtype=">f8"),
    "bool array": np.array([[True, False]]),
    "uint8": np.array([0, 255], dtype=np.uint8),
    "half": np.array([1.5, np.nan], dtype=np.float16),
    "complex array": np.array([1j, -0.0]),
    "unicode array": np.array(["a", "λμ"]),
    "last character": np.array([chr(0x10FFFF)]),
    "bytes array": np.array([b"a", b"bc"]),
    "nan and minus zero": np.array([np.nan, -0.0, np.inf]),
    "32 dimensions": np.ones((1,) * 32),
}


LIBRARY = {
    "fraction": Fraction(1, 3),
    "decimal": Decimal("1.50"),
    "deque": deque([1, 2], 3),
    "date": dt.date(2024, 2, 29),
    "ordered": OrderedDict(a=1, b=[2.5]),
    "default": defaultdict(list, a=1),
    "counter": Counter("aab"),
    "range": range(1, 9, 2),
}


@pytest.mark.parametrize("name", LIBRARY)
def test_values_of_the_library_come_back_as_they_are(name: str) -> None:
    value = crossed([LIBRARY[name]])[0]
    assert (type(value), value) == (type(LIBRARY[name]), LIBRARY[name])


@pytest.mark.parametrize("iterator", [(n for n in (1, 2)), map(abs, [-1, 2]), iter({1: "a", 2: "b"})])
def test_an_iterator_comes_back_as_one_of_what_it_gives(iterator: Any) -> None:
    assert [list(one) for one in crossed([iterator])] == [[1, 2]]


def test_an_iterator_without_an_end_is_cut_off_and_not_taken_for_a_short_one() -> None:
    cut_off = crossed(itertools.count())
    assert [next(cut_off) for _ in range(100)] == list(range(100))
    with pytest.raises(CandidateTimeoutError, match="does not end"):
        list(cut_off)


@pytest.mark.parametrize("value", [np.array([None, 1]), np.zeros(2, "M8[s]"), np.zeros(2, "m8[s]")])
def test_arrays_of_objects_and_of_dates_come_back_as_they_are(value: np.ndarray[Any, Any]) -> None:
    assert (crossed(value).dtype, crossed(value).tolist()) == (value.dtype, value.tolist())


@pytest.mark.parametrize("value", PLAIN.values(), ids=PLAIN)
def test_plain_values_come_back_exact(value: object) -> None:
    assert identical(crossed(value), value)


def test_nan_comes_back_as_nan() -> None:
    assert math.isnan(crossed(math.nan))


@pytest.mark.parametrize("value", [np.arange(6.0).reshape(2, 3).T, np.arange(12)[::-3], np.broadcast_to(1.5, (2, 3))])
def test_arrays_of_any_memory_layout_keep_their_entries(value: np.ndarray[Any, Any]) -> None:
    result = crossed(value)
    assert np.array_equal(result, value)
    assert (result.shape, result.dtype) == (value.shape, value.dtype)


def test_an_array_that_came_is_writable_and_shares_nothing() -> None:
    first, second = crossed([np.zeros(2), np.zeros(2)])
    first[0] = 1
    assert second.tolist() == [0, 0]


NOT_PLAIN = {
    "MaskedArray": np.ma.array([1.0], mask=[True]),
    "array of [('a', '<f8')]": np.zeros(2, [("a", float)]),
    "type": dict,
    "object": object(),
    "int of 19932 bits": 10**6000,
    "str with lone surrogates": "\ud800",
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_no_plain_value_arrives_as_opaque(name: str) -> None:
    assert crossed([NOT_PLAIN[name]]) == [Opaque(name)]


SUBCLASSES = {
    "a defaultdict of a function's": (defaultdict(lambda: 0, a=1), {"a": 1}),
    "namedtuple": (Point(1, np.float64(2)), (1, np.float64(2))),
    "a str": (Text("a"), "a"),
    "an IntEnum": (Number.ONE, 1),
    "a float64": (Float64(1.5), 1.5),
    "an array": (np.eye(2).view(Vector), np.eye(2)),
    "a masked array that masks nothing": (np.ma.array([1.5], mask=[False]), np.array([1.5])),
    "a ChainMap": (ChainMap({"a": 1}, {"a": 2, "b": 3}), {"a": 1, "b": 3}),
    "a set": (Many("ab"), {"a", "b"}),
    "a frozenset": (Fixed("ab"), frozenset("ab")),
    "some bytes": (Octets(b"ab"), b"ab"),
    "a complex": (Complex(1, -0.0), complex(1, -0.0)),
    "one that lies": (Liar(W1=0.5), {"W1": 0.5}),
    "keys and items": ({Text("W1"): Point(1, 2)}, {"W1": (1, 2)}),
}


@pytest.mark.parametrize("name", SUBCLASSES)
def test_an_instance_of_a_subclass_crosses_as_what_it_holds(name: str) -> None:
    value, plain = SUBCLASSES[name]
    assert identical(crossed(value), plain)


def test_a_subclass_that_holds_itself_is_refused() -> None:
    loop = OrderedDict[str, Any]()
    loop["a"] = loop
    with pytest.raises(WireError, match="nested"):
        crossed(loop)


@pytest.mark.parametrize("value", [np.longdouble(0.1), np.array([[1, 2]], np.longdouble) / 3])
def test_numbers_of_more_digits_than_a_float_are_rounded_to_one(value: Any) -> None:
    assert identical(crossed(value), value.astype(np.float64))


@pytest.mark.filterwarnings("error")
def test_a_number_beyond_all_floats_becomes_infinite_without_a_word() -> None:
    assert crossed(np.full(2, np.finfo(np.longdouble).max)).tolist() == [math.inf, math.inf]


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < "2.0.0", reason="an older NumPy has no such arrays")
def test_an_array_of_more_dimensions_than_any_numpy_takes_is_opaque() -> None:
    assert isinstance(crossed(np.ones((1,) * 33)), Opaque)


def test_a_function_crosses_as_the_number_it_was_given() -> None:
    packer = Packer(lambda function: 7 if function is len else None, [])
    assert packer.pack((len, max)).items == [FunctionRef(7, "len"), Opaque("builtin_function_or_method")]


@pytest.mark.parametrize("depth", [64, 65])
def test_nesting_has_a_limit(depth: int) -> None:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    if depth == 64:
        assert crossed(value) == value
    else:
        with pytest.raises(WireError, match="nested more than 64 deep"):
            crossed(value)


def test_a_list_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError, match="nested"):
        crossed(loop)


texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts | st.binary()
arrays = npst.arrays(
    npst.boolean_dtypes()
    | npst.integer_dtypes()
    | npst.floating_dtypes(sizes=(16, 32, 64))
    | npst.complex_number_dtypes(sizes=(64, 128)),
    npst.array_shapes(min_dims=0, min_side=0, max_side=3),
)
values = st.recursive(
    keys | st.floats() | arrays,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
        | st.sets(keys, max_size=4)
        | st.frozensets(keys, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(values)
def test_whatever_is_plain_comes_back_exact(value: object) -> None:
    assert identical(crossed(value), value)


@pytest.mark.parametrize("kind", ["M8[25s]", "M8[s]", "m8[2D]", "m8[ns]", "M8[ps]", "m8[fs]", "M8[as]", "M8", "m8"])
def test_dates_and_durations_keep_their_unit_and_its_multiple(kind: str) -> None:
    value = np.array([3, -1, np.iinfo("i8").min], dtype="i8").view(kind)
    assert identical(held(value), value)


@pytest.mark.parametrize("kind", [">M8[D]", ">m8[2s]", ">m8"])
def test_dates_and_durations_keep_the_order_of_their_bytes(kind: str) -> None:
    value = np.array([3, -1], dtype=">i8").view(kind)
    assert identical(held(value), value)


@pytest.mark.parametrize("kind", ["M8[D]", ">m8[s]"])
def test_one_date_or_duration_keeps_its_shape(kind: str) -> None:
    value = np.array(7, dtype="i8").view(kind.lstrip(">")).astype(kind)
    assert identical(held(value), value)


SCALARS = [
    *(np.datetime64("2020"), np.datetime64("2020-02-29T01", "25s"), np.timedelta64(3, "D"), np.timedelta64(-3)),
    *(np.datetime64("NaT"), np.array(7, ">M8[D]")[()]),
]


@pytest.mark.parametrize("value", SCALARS, ids=repr)
def test_a_single_date_or_duration_comes_back_as_one(value: Any) -> None:
    result = crossed(value)
    assert (type(result), result.dtype, repr(result)) == (type(value), value.dtype, repr(value))


def test_dates_that_are_spread_in_memory_keep_their_order() -> None:
    value = np.arange(6, dtype="i8").view("M8[D]").reshape(2, 3).T
    assert identical(held(value), value)


@pytest.mark.parametrize("count", [2, 0])
def test_dates_without_a_unit_have_no_number_of_it(count: int) -> None:
    with pytest.raises(WireError, match="number of units"):
        library.build("dates", ("generic", count, np.zeros(2, np.int64)))


LARGE = {
    "list": [0] * (MAX_STRUCTURE + 1),
    "lists": [[0] * (MAX_STRUCTURE // 2)] * 3,
    "dictionary": dict.fromkeys(range(MAX_STRUCTURE // 2 + 1)),
    "text": "a" * (MAX_STRUCTURE + 1),
    "array": np.zeros(MAX_BUFFERS + 1, dtype=np.uint8),
    "the same array": [np.zeros(MAX_BUFFERS // 2, dtype=np.uint8)] * 3,
    "bytes": bytes(MAX_BUFFERS + 1),
}


ENDLESS = [range(10**15), range(10**30), range(0, -(10**15), -2), np.zeros((2**50, 0)), [range(10**6)] * 5]


@pytest.mark.parametrize("value", ENDLESS, ids=["long", "longer", "backwards", "rows", "many"])
def test_what_a_candidate_makes_long_without_bytes_is_not_packed(value: object) -> None:
    with pytest.raises(WireError, match="more than a message holds"):
        Packer(lambda _: None, [], bounded=True).pack(value)


def test_a_frame_of_more_rows_than_cross_is_no_plain_value() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(index=pd.RangeIndex(10**15))
    assert crossed([frame]) == [Opaque("DataFrame")]


def test_a_range_that_a_test_hands_over_may_have_any_length() -> None:
    record = Packer(lambda _: None, []).pack(range(10**30))
    assert Unpacker(memoryview(b""), lambda ref: ref, bounded=False).unpack(record) == range(10**30)


@pytest.mark.parametrize("what", LARGE)
def test_more_than_a_message_holds_is_not_packed(what: str) -> None:
    with pytest.raises(WireError, match="more than a message holds"):
        Packer(lambda _: None, []).pack(LARGE[what])

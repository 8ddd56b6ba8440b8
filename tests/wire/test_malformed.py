"""Records that lie: each is refused by a `WireError` before memory is taken."""

from __future__ import annotations

import tracemalloc
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import WireError
from autograder.wire import Opaque, Unpacker, Value

PRIME = 2**61 - 1  # Python's hash of an integer is its rest modulo this


def unpacked(record: Any, data: bytes = b"") -> Any:
    """Unpack a record that stands as the lists and texts of which msgpack would make it."""
    raw = msgspec.msgpack.encode(record)
    unpacker = Unpacker(memoryview(bytearray(data)), lambda ref: Opaque(ref.name))
    value = unpacker.unpack(msgspec.msgpack.decode(raw, type=Value))
    unpacker.finish()
    return value


def array(dtype: str, *shape: int) -> list[Any]:
    return ["a", dtype, list(shape)]


LIES = {
    "more bytes than came": (array("<f8", 2), b"12345678"),
    "leftover bytes": (array("<f8", 1), b"123456789"),
    "bytes without an array": (None, b"1"),
    "negative side": (array("<f8", -1), b""),
    "two negative sides": (array("<f8", -1, -1), b"12345678"),
    "two negative sides and one that is not": (array("<f8", -1, -1, 1), b"12345678"),
    "side of 2**62": (array("<f8", 2**62), b""),
    "sides that overflow to 1": (array("|b1", 2**32, 2**32, 2**63), b"1"),
    "nothing by 2**62": (array("<f8", 0, 2**62), b""),
    "nothing by 2**64 - 1": (array("<f8", 0, 2**64 - 1), b""),
    "33 dimensions": (array("<f8", *[1] * 33), b"12345678"),
    "100,000 dimensions": (array("<f8", *[1] * 100_000), b"12345678"),
    "negative bytes": (["b", -1], b""),
    "negative bytes that others make good": (["s", "l", [["b", -1], ["b", 1]]], b""),
    "too many bytes": (["b", 2**40], b""),
    "unknown container": (["s", "x", []], b""),
    "empty container kind": (["s", "", []], b""),
    "list in a set": (["s", "s", [["s", "l", []]]], b""),
    "dictionary in a frozenset": (["s", "f", [["m", []]]], b""),
    "list as key": (["m", [[["s", "l", []], 1]]], b""),
    "array as key": (["m", [[array("<f8"), 1]]], b"12345678"),
    "key of a tuple with a list": (["m", [[["s", "t", [["s", "l", []]]], 1]]], b""),
    "integer of 5000 digits": (["i", "0x" + "f" * 5000], b""),
    "integer that is none": (["i", "0xzz"], b""),
    "empty integer": (["i", ""], b""),
    "text beyond Unicode": (array("<U1", 1), b"\xff\xff\xff\xff"),
    "text scalar beyond Unicode": (["g", "<U1"], b"\xff\xff\xff\x7f"),
    "lone surrogate, big-endian": (array(">U1", 1), b"\x00\x00\xd8\x00"),
}


def built(kind: str, *parts: Any) -> list[Any]:
    return ["l", kind, ["s", "t", list(parts)]]


LIST = ["s", "l", []]
# What has no bytes for its entries; code in C that goes over them hears of no deadline.
ENDLESS = {
    "a range": built("range", 0, 10**15, 1),
    "a range beyond every length": built("range", 0, ["i", hex(10**30)], 1),
    "a range backwards": built("range", 0, -(10**15), -2),
    "ranges that are many together": ["s", "l", [built("range", 0, 10**5, 1)] * 1000],
    "rows of nothing": array("<f8", 2**50, 0),
    "rows of rows of nothing": array("<f8", 2**20, 0, 2**20),
    "rows of no objects": built("objects", ["s", "t", [2**50, 0]], LIST),
    "rows of no dates": built("dates", "s", 1, array("<i8", 2**50, 0)),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_an_answer_makes_long_without_bytes_is_refused(name: str) -> None:
    with pytest.raises(WireError, match="entries"):
        unpacked(ENDLESS[name])


def test_ranges_and_empty_arrays_of_ordinary_lengths_are_no_fault() -> None:
    ordinary = ["s", "l", [built("range", 5, 10**6, 2), array("<f8", 1000, 0, 1000), array("<f8", 0)]]
    assert [len(one) for one in unpacked(ordinary)] == [499_998, 1000, 0]


@pytest.mark.parametrize("stop", [10**15, ["i", hex(10**30)]])
def test_an_index_of_pandas_without_an_end_is_refused(stop: Any) -> None:
    pytest.importorskip("pandas")
    with pytest.raises(WireError, match="rows"):
        unpacked(built("index", ["s", "t", ["range", 0, stop, 1, None]]))


def test_a_single_date_is_no_array() -> None:
    with pytest.raises(WireError, match="one integer"):
        unpacked(built("datetime64", "s", 1, array("<i8", 1)), bytes(8))


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_refused(name: str) -> None:
    with pytest.raises(WireError):
        unpacked(*LIES[name])


def test_a_handle_is_refused_where_there_is_no_kernel() -> None:
    with pytest.raises(WireError, match="only a kernel"):
        unpacked(["h", 1, ["list"], [], ""])


DTYPES = [
    *("O", "|O", "<f8,<f8", "M8[s]", "<M8[s]", "<m8[D]", "<U999999999", "<U0", "|S0", "|S5000", "<U-1", "<U²"),
    *("<f16", "<c32", "|V8", "f8", "=f8", "", "<", "<f8\n", "a" * 10_000),
]


@pytest.mark.parametrize("kind", [lambda dtype: array(dtype, 1), lambda dtype: ["g", dtype]], ids=["array", "scalar"])
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: ascii(dtype)[:20])
def test_an_unknown_dtype_is_refused(dtype: str, kind: Any) -> None:
    with pytest.raises(WireError, match="do not cross"):
        unpacked(kind(dtype), bytes(16))


def test_a_claimed_terabyte_takes_no_memory() -> None:
    tracemalloc.start()
    with pytest.raises(WireError):
        unpacked(array("<f8", 2**17, 2**20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_a_boolean_of_another_byte_is_made_true() -> None:
    result = unpacked(array("|b1", 3), b"\x02\x00\x01")
    assert result.view(np.uint8).tolist() == [1, 0, 1]


@pytest.mark.parametrize("container", [lambda keys: ["s", "s", keys], lambda keys: ["m", [[key, 0] for key in keys]]])
def test_keys_of_one_hash_are_refused_before_they_cost_time(container: Any) -> None:
    keys = [["i", hex(n * PRIME)] for n in range(1, 20_000)]
    with pytest.raises(WireError, match="same hash"):
        unpacked(container(keys))


def test_many_ordinary_keys_are_no_fault() -> None:
    assert len(unpacked(["m", [[n, 0] for n in range(-5000, 5000)]])) == 10_000


def test_records_nested_deeply_are_refused() -> None:
    record: Any = None
    for _ in range(70):
        record = ["s", "l", [record]]
    with pytest.raises(WireError, match="nested"):
        unpacked(record)


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=10,
)
records = st.one_of(
    st.tuples(
        st.just("a"),
        st.sampled_from([*DTYPES, "<f8", "|b1", ">U2", "|S3"]),
        st.lists(st.integers(-2, 2**64 - 1), max_size=4),
    ),
    st.tuples(st.just("g"), st.sampled_from([*DTYPES, "<f8", "|b1", ">U2", "|S3"])),
    st.tuples(st.just("b"), st.integers(-2, 20)),
    st.tuples(st.just("i"), st.text("0123456789abcdefx-_ +", max_size=10)),
    st.tuples(st.just("s"), st.text("ltsfx", max_size=1), st.lists(anything, max_size=3)),
    st.tuples(st.just("m"), st.lists(st.tuples(anything, anything), max_size=3)),
)


@settings(max_examples=300)
@given(records, st.binary(max_size=32))
def test_no_record_does_worse_than_be_refused(record: Any, data: bytes) -> None:
    try:
        unpacked(record, data)
    except (WireError, msgspec.ValidationError):
        return

"""What pandas calls its own comes back equal, column by column; what it has no form for is no plain value."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.errors import WireError
from autograder.wire import Opaque, Packer, Unpacker, Value, library

pd = pytest.importorskip("pandas")

COLUMNS = {
    "whole numbers": np.array([1, 2, 3]),
    "small ones": np.array([1, 2, 3], dtype="i1"),
    "floats with none": np.array([1.5, np.nan, -0.0]),
    "truth": np.array([True, False, True]),
    "complex": np.array([1j, 2, 3]),
    "texts": ["a", "λ", None],
    "texts by name": pd.array(["a", None, "b"], dtype="string"),
    "objects": pd.Series([1, "a", None], dtype=object),
    "moments": pd.to_datetime(["2024-02-29", "2024-03-01", None]),
    "moments in a zone": pd.to_datetime(["2024-02-29", "2024-03-01", None]).tz_localize("Europe/Berlin"),
    "spans": pd.to_timedelta([1, 2, None], unit="s"),
    "whole numbers or none": pd.array([1, None, 3], dtype="Int64"),
    "floats or none": pd.array([1.5, None, 3], dtype="Float64"),
    "truth or none": pd.array([True, None, False], dtype="boolean"),
    "categories": pd.Categorical(["a", "b", "a"]),
    "categories in order": pd.Categorical(["a", "b", None], categories=["b", "a"], ordered=True),
}
INDEXES = {
    "a range": pd.RangeIndex(2, 8, 2, name="n"),
    "texts": pd.Index(["a", "b", "c"], name="letter"),
    "numbers": pd.Index([3, 1, 2]),
    "moments": pd.DatetimeIndex(["2024-01-01", "2024-01-03", "2024-01-04"], tz="UTC"),
    "levels": pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["letter", None]),
    "categories": pd.CategoricalIndex(["a", "b", "a"]),
}
ALONE = [
    *(pd.Timestamp("2024-02-29 12:00"), pd.Timestamp("2024-02-29", tz="UTC"), pd.Timedelta("1 day 2 s")),
    *(pd.NaT, pd.NA),
]


def crossed(value: object) -> Any:
    packer = Packer(lambda _: None, [])
    structure = msgspec.msgpack.encode(packer.pack(value))
    unpacker = Unpacker(memoryview(bytearray(b"".join(packer.buffers))), lambda ref: ref)
    result = unpacker.unpack(msgspec.msgpack.decode(structure, type=Value))
    unpacker.finish()
    return result


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_comes_back_as_it_is(name: str) -> None:
    column = pd.Series(COLUMNS[name], name="c")
    pd.testing.assert_series_equal(crossed(column), column)
    frame = pd.DataFrame({"c": COLUMNS[name], "d": [1.0, 2.0, 3.0]})
    pd.testing.assert_frame_equal(crossed(frame), frame)


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_comes_back_as_it_is(name: str) -> None:
    index = INDEXES[name]
    pd.testing.assert_index_equal(crossed(index), index, exact=True)
    frame = pd.DataFrame(np.eye(3), index=index, columns=index)
    pd.testing.assert_frame_equal(crossed(frame), frame)


def test_columns_of_one_name_stay_two() -> None:
    frame = pd.DataFrame([[1, 2.5], [3, 4.5]], columns=["a", "a"])
    pd.testing.assert_frame_equal(crossed(frame), frame)


@pytest.mark.parametrize("value", ALONE, ids=repr)
def test_a_moment_and_a_span_come_back_as_they_are(value: Any) -> None:
    result = crossed(value)
    assert (type(result), repr(result)) == (type(value), repr(value))


NO_FORM = {
    "PeriodIndex": pd.period_range("2024-01", periods=2, freq="M"),
    "Series": pd.Series(pd.arrays.SparseArray([0, 1])),
    "DataFrameGroupBy": pd.DataFrame({"a": [1, 2]}).groupby("a"),
    "RangeIndex": pd.RangeIndex(10**9),
}


@pytest.mark.parametrize("name", NO_FORM)
def test_what_has_no_form_is_no_plain_value(name: str) -> None:
    assert crossed([NO_FORM[name]]) == [Opaque(name)]


@pytest.mark.parametrize("zone", ["/etc/passwd", "dateutil//etc/passwd", "pytz/UTC", "../UTC"])
def test_the_name_of_a_zone_is_no_path(zone: str) -> None:
    with pytest.raises(WireError, match="moments want"):
        library.build("array", (("zoned", zone, "ns", np.zeros(1, np.int64)),))

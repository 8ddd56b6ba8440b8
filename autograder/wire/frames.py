"""What pandas calls its own: frames, series, indexes and moments, as parts that are plain data.

Part of the wire where pandas is installed. A column of a type that is not in the list makes the whole value none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.errors import WireError

Parts = tuple[Any, ...]

_NULLABLE = {f"{sign}{bits}" for sign in ("Int", "UInt") for bits in (8, 16, 32, 64)}
_NULLABLE |= {"boolean", "Float32", "Float64"}
_TEXTS = {"str", "string", "object"}
_MOST_LEVELS = 32
_MOST_ROWS = 10_000_000
_ZONE = re.compile(r"UTC([+-]\d\d:\d\d)?|(?!dateutil|pytz)[A-Z][A-Za-z_]*(/[A-Za-z_+\-0-9]+){0,2}")


def take_apart(value: object) -> tuple[str, Parts] | None:  # noqa: PLR0911 - one return a kind of value
    """Give the kind and the parts of a value of pandas; None where it is none that crosses."""
    pd = sys.modules.get("pandas")
    if pd is None:
        return None
    kind = type(value)
    try:
        if kind is pd.DataFrame:
            columns = [_column(value.iloc[:, n].array) for n in range(value.shape[1])]  # type: ignore[attr-defined]
            return "frame", (_index(value.columns), _index(value.index), columns)  # type: ignore[attr-defined]
        if kind is pd.Series:
            return "series", (_column(value.array), _index(value.index), value.name)  # type: ignore[attr-defined]
        if isinstance(value, pd.Index) and kind.__module__.split(".")[0] == "pandas":
            return "index", (_index(value),)
        if kind is pd.Timestamp:
            return "timestamp", (value.isoformat(), value.unit)  # type: ignore[attr-defined]
        if kind is pd.Timedelta:
            return "span", (value.isoformat(), value.unit)  # type: ignore[attr-defined]
        if value is pd.NaT or value is pd.NA:
            return "nothing", ("NaT" if value is pd.NaT else "NA",)
        if isinstance(value, pd.api.extensions.ExtensionArray):
            return "array", (_column(value),)
    except _OtherError:
        return None
    return None


def lacks_entries(value: object) -> bool:
    """Tell whether entries of a value of pandas are missing: its sums, and its ``all``, pass over these."""
    pd = _pandas()
    if isinstance(value, pd.MultiIndex):
        return any(bool(np.any(np.asarray(codes) < 0)) for codes in value.codes)
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)):
        return bool(np.any(np.asarray(pd.isna(value))))
    # A missing value alone has no truth.
    return False


class _OtherError(Exception):
    """A column or an index of a type that does not cross."""


def _column(array: Any) -> Parts:  # noqa: ANN401
    pd, dtype = sys.modules["pandas"], array.dtype
    name = str(dtype)
    if isinstance(dtype, pd.CategoricalDtype):
        return "category", np.asarray(array.codes), _index(dtype.categories), bool(dtype.ordered)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "zoned", str(dtype.tz), dtype.unit, np.asarray(array.view("i8"))
    if name in _NULLABLE:
        return "nullable", name, np.asarray(array._data), np.asarray(array._mask)  # noqa: SLF001 - has no other way
    if name in _TEXTS:
        return "text", name, list(array)
    dtype = getattr(dtype, "numpy_dtype", dtype)
    if isinstance(dtype, np.dtype) and dtype.kind in "biufcmM":
        return "plain", np.asarray(array)
    raise _OtherError


def _index(index: Any) -> Parts:  # noqa: ANN401
    pd = sys.modules["pandas"]
    if isinstance(index, pd.MultiIndex):
        levels = [_index(index.get_level_values(n)) for n in range(index.nlevels)]
        return "levels", levels, list(index.names)
    if isinstance(index, pd.RangeIndex):
        if not _is_of_rows(range(index.start, index.stop, index.step)):
            raise _OtherError
        return "range", index.start, index.stop, index.step, index.name
    if type(index) in {pd.PeriodIndex, pd.IntervalIndex}:
        raise _OtherError
    return "index", _column(index.array), index.name


def _is_of_rows(numbers: range) -> bool:
    """Tell whether an index is no longer than code in C may go over, which hears of no deadline."""
    return not numbers[_MOST_ROWS : _MOST_ROWS + 1]


def _pandas() -> Any:  # noqa: ANN401
    try:
        import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415 - optional, and slow to load
    except ImportError:
        raise WireError("a value of pandas came where pandas is not installed") from None
    return pd


def _built_column(parts: object) -> Any:  # noqa: ANN401
    pd = _pandas()
    kind, *rest = _tuple(parts)
    if kind == "category":
        codes, categories, ordered = rest
        dtype = pd.CategoricalDtype(_built_index(categories), ordered=ordered is True)
        return pd.Categorical.from_codes(codes, dtype=dtype)
    if kind == "zoned":
        zone, unit, numbers = rest
        # pandas would take other names for paths of files.
        if unit not in {"s", "ms", "us", "ns"} or not _ZONE.fullmatch(str(zone)):
            raise WireError("moments want a unit and the name of a zone")
        naive = pd.DatetimeIndex(numbers.astype(np.int64).view(f"M8[{unit}]"))
        return naive.tz_localize("UTC").tz_convert(str(zone)).array
    if kind == "nullable" and rest[0] in _NULLABLE:
        name, data, mask = rest
        return pd.arrays.BooleanArray(data, mask) if name == "boolean" else _numbers(pd, name, data, mask)
    if kind == "text" and rest[0] in _TEXTS:
        return pd.Series(rest[1], dtype=rest[0]).array
    if kind == "plain" and type(rest[0]) is np.ndarray:
        return pd.Series(rest[0], copy=False).array
    raise WireError("a column of no known kind")


def _numbers(pd: Any, name: str, data: Any, mask: Any) -> Any:  # noqa: ANN401
    kind = pd.arrays.FloatingArray if name.startswith("Float") else pd.arrays.IntegerArray
    return kind(data, mask)


def _built_index(parts: object) -> Any:  # noqa: ANN401
    pd = _pandas()
    kind, *rest = _tuple(parts)
    if kind == "levels" and len(rest[0]) <= _MOST_LEVELS:
        return pd.MultiIndex.from_arrays([_built_index(level) for level in rest[0]], names=rest[1])
    if kind == "range":
        if not _is_of_rows(range(*rest[:3])):
            raise WireError(f"an index has more than {_MOST_ROWS} rows without bytes for them")
        return pd.RangeIndex(rest[0], rest[1], rest[2], name=rest[3])
    if kind == "index":
        return pd.Index(_built_column(rest[0]), name=rest[1])
    raise WireError("an index of no known kind")


def _built_frame(columns: object, index: object, data: object) -> Any:  # noqa: ANN401
    pd = _pandas()
    if not isinstance(data, list):
        raise WireError("a frame wants a list of columns")
    rows = _built_index(index)
    frame = pd.DataFrame({n: _built_column(column) for n, column in enumerate(data)}, index=range(len(rows)))
    frame.index, frame.columns = rows, _built_index(columns)
    return frame


def _built_series(column: object, index: object, name: object) -> Any:  # noqa: ANN401
    return _pandas().Series(_built_column(column), index=_built_index(index), name=name)


def _tuple(parts: object) -> Parts:
    if not isinstance(parts, tuple) or not parts:
        raise WireError("a part of a frame is no tuple")
    return parts


BUILDERS: dict[str, Callable[..., Any]] = {
    "frame": _built_frame,
    "series": _built_series,
    "index": _built_index,
    "array": _built_column,
    "timestamp": lambda text, unit: _pandas().Timestamp(str(text)).as_unit(unit),
    "span": lambda text, unit: _pandas().Timedelta(str(text)).as_unit(unit),
    "nothing": lambda name: {"NaT": _pandas().NaT, "NA": _pandas().NA}[name],
}

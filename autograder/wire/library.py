"""Values of Python's library that are data through and through: taken apart into plain values, and built of them.

An allow-list of kinds, each with a builder that is given plain values and checks them; nothing here looks up a name
that came over the wire.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import PosixPath
from typing import Any

import numpy as np

from autograder.errors import CandidateError, CandidateTimeoutError, WireError
from autograder.wire import frames

Parts = tuple[Any, ...]

_FACTORIES = {kind.__name__: kind for kind in (int, float, str, list, dict, set, tuple, bool)}
_MOST_DIGITS = 10_000
_MOST_OBJECTS = 1_000_000
_MOST_DIMENSIONS = 32
_MOST_UNITS = 2**31
# NumPy's name for none, as an array of nothing but NaT has it.
_NO_UNIT = "generic"
_UNITS = {"Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", _NO_UNIT}


def take_apart(value: object) -> tuple[str, Parts] | None:
    """Give the kind and the parts of a value of the library; None where it is none of these.

    The exact type counts: a subclass may do anything.
    """
    kind = type(value)
    if kind in _APART:
        name, apart = _APART[kind]
        parts = apart(value)
        return None if parts is None else (name, parts)
    return frames.take_apart(value)


def build(kind: str, parts: object) -> Any:  # noqa: ANN401
    """Build a value of the library.

    Raises
    ------
    WireError
        Where there is no such kind, or the parts do not make one.
    CandidateError, MemoryError
        From around: what limits whoever builds it is not the parts' doing.
    """
    builder = _BUILDERS.get(kind) or frames.BUILDERS.get(kind)
    if builder is None or not isinstance(parts, tuple):
        raise WireError(f"no value of the library is called {kind[:40]!r}")
    try:
        return builder(*parts)
    except (CandidateError, MemoryError):
        # An alarm of the examiner's rings anywhere.
        raise
    except Exception as error:  # noqa: BLE001 - whatever a constructor makes of parts that are none
        raise WireError(f"a {kind} cannot be built of these parts: {type(error).__name__}") from None


def byteless(value: object) -> int:
    """Count the entries of a value that take no bytes: those of a range, and the rows of an array without entries."""
    if type(value) is range:
        # Its own length may be more than Python takes for one.
        return (value[-1] - value[0]) // value.step + 1 if value else 0
    if type(value) is np.ndarray and not value.size:
        return math.prod(side or 1 for side in map(int, value.shape))
    return 0


def _of_defaultdict(value: defaultdict[Any, Any]) -> Parts | None:
    factory = value.default_factory
    if factory is None:
        return "", dict(value)
    name = getattr(factory, "__name__", "")
    return (name, dict(value)) if _FACTORIES.get(name) is factory else None


def _of_moment(value: dt.datetime) -> Parts | None:
    return None if value.tzinfo else (value.isoformat(),)


def _is_short(value: Decimal) -> bool:
    """Tell whether a number has few digits when it is written without an exponent; any other takes forever as one."""
    return not value.is_finite() or (
        len(value.as_tuple().digits) <= _MOST_DIGITS and abs(value.adjusted()) <= _MOST_DIGITS
    )


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not _is_short(value):
        raise WireError("a decimal has too many digits")
    return value


def _text(text: object) -> str:
    if type(text) is not str:
        raise WireError("a text is wanted")
    return text


def _objects(shape: object, items: object) -> np.ndarray[Any, Any]:
    if not isinstance(shape, tuple) or not isinstance(items, list) or len(shape) > _MOST_DIMENSIONS:
        raise WireError("an array of objects wants a shape and a list")
    if len(items) > _MOST_OBJECTS or any(type(side) is not int or side < 0 for side in shape):
        raise WireError("an array of objects claims a shape that cannot be")
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array.reshape(shape)


def objects(array: np.ndarray[Any, Any]) -> Parts:
    """Give the parts of an array of objects."""
    return tuple(map(int, array.shape)), array.ravel().tolist()


def _plain(kind: type) -> Callable[[object], Any]:
    """Require that a part is of one built-in type, and of no subclass of it."""

    def check(value: object) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            raise WireError(f"a {kind.__name__} is wanted")
        return value

    return check


def _moments(unit: object, count: object, numbers: object, sort: str) -> np.ndarray[Any, Any]:
    if unit not in _UNITS or not isinstance(numbers, np.ndarray) or numbers.dtype.newbyteorder("=") != np.int64:
        raise WireError("dates want a unit and integers")
    if type(count) is not int or not 0 < count < _MOST_UNITS or (unit == _NO_UNIT and count > 1):
        raise WireError("dates want a number of units from 1 up, and without a unit 1")
    kind = np.dtype(f"{sort}8" if unit == _NO_UNIT else f"{sort}8[{count}{unit}]")
    return numbers.view(kind.newbyteorder(numbers.dtype.byteorder))


def _moment(unit: object, count: object, number: object, sort: str) -> Any:  # noqa: ANN401
    array = _moments(unit, count, number, sort)
    if array.ndim:
        raise WireError("a date wants one integer")
    return array[()]


def moments(array: np.ndarray[Any, Any] | np.datetime64 | np.timedelta64) -> Parts:
    """Give the parts of an array of dates or of times between them, or of one of these."""
    unit, count = np.datetime_data(array.dtype)
    numbers = np.dtype(np.int64).newbyteorder(array.dtype.byteorder)
    return unit, int(count), np.asarray(array, order="C").view(numbers)


_VIEWS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    type({}.keys()): ("keys", dict.fromkeys),
    type({}.values()): ("values", list),
    type({}.items()): ("items", dict),
}


def view_of(value: object) -> tuple[str, Parts] | None:
    """Give the kind and the parts of a view of a dictionary; None where it is none."""
    if type(value) not in _VIEWS:
        return None
    kind, holds = _VIEWS[type(value)]
    return kind, (holds(value),)


def _yielded(items: object, whole: object) -> Iterator[Any]:
    """Give what an iterator gave on the other side, as a generator."""

    def gives() -> Iterator[Any]:
        yield from items  # type: ignore[misc]
        if whole is not True:
            raise CandidateTimeoutError("an iterator gave more than is handed over, and does not end")

    if not isinstance(items, list):
        raise WireError("an iterator wants a list")
    return gives()


_APART: dict[type, tuple[str, Callable[[Any], Parts | None]]] = {
    Fraction: ("fraction", lambda v: (v.numerator, v.denominator)),
    Decimal: ("decimal", lambda v: (str(v),) if _is_short(v) else None),
    dt.datetime: ("datetime", _of_moment),
    dt.date: ("date", lambda v: (v.isoformat(),)),
    dt.timedelta: ("timedelta", lambda v: (v.days, v.seconds, v.microseconds)),
    deque: ("deque", lambda v: (list(v), v.maxlen)),
    Counter: ("counter", lambda v: (dict(v),)),
    OrderedDict: ("ordered", lambda v: (dict(v),)),
    defaultdict: ("default", _of_defaultdict),
    np.datetime64: ("datetime64", moments),
    np.timedelta64: ("timedelta64", moments),
    range: ("range", lambda v: (v.start, v.stop, v.step)),
    slice: ("slice", lambda v: (v.start, v.stop, v.step)),
    bytearray: ("bytearray", lambda v: (bytes(v),)),
    PosixPath: ("path", lambda v: (str(v),)),
}
_BUILDERS: dict[str, Callable[..., Any]] = {
    "fraction": lambda n, d: Fraction(_plain(int)(n), _plain(int)(d)),
    "decimal": lambda text: _decimal(_text(text)),
    "datetime": lambda text: dt.datetime.fromisoformat(_text(text)),
    "date": lambda text: dt.date.fromisoformat(_text(text)),
    "timedelta": lambda *parts: dt.timedelta(*map(_plain(int), parts)),
    "deque": lambda items, most: deque(_plain(list)(items), most),
    "counter": lambda items: Counter(_plain(dict)(items)),
    "ordered": lambda items: OrderedDict(_plain(dict)(items)),
    "default": lambda name, items: defaultdict(_FACTORIES[name] if name else None, _plain(dict)(items)),
    "range": lambda *parts: range(*map(_plain(int), parts)),
    "slice": slice,
    "bytearray": lambda data: bytearray(_plain(bytes)(data)),
    "path": lambda text: PosixPath(_text(text)),
    "keys": lambda items: _plain(dict)(items).keys(),
    "values": lambda items: dict(enumerate(_plain(list)(items))).values(),
    "items": lambda items: _plain(dict)(items).items(),
    "yielded": _yielded,
    "objects": _objects,
    "dates": functools.partial(_moments, sort="M"),
    "durations": functools.partial(_moments, sort="m"),
    "datetime64": functools.partial(_moment, sort="M"),
    "timedelta64": functools.partial(_moment, sort="m"),
}

"""From plain values to records and buffers."""

from __future__ import annotations

import io
import sys
import time
from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from autograder.errors import WireError
from autograder.wire import library
from autograder.wire.channel import MAX_BUFFERS, MAX_STRUCTURE
from autograder.wire.generators import GENERATORS
from autograder.wire.values import (
    MATRIX,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_DIMENSIONS,
    NAMES,
    Array,
    BigInt,
    Built,
    Complex,
    Drawing,
    FunctionRef,
    Handle,
    Items,
    Mapping,
    Opaque,
    Raw,
    Scalar,
    Value,
    crosses,
)

_INT64 = 2**63
_KINDS: dict[type, str] = {list: "l", tuple: "t", set: "s", frozenset: "f"}
# An iterator that has not ended by then is cut off: with so many items, or after so long with enough of them.
_MOST_YIELDED, _LEAST_YIELDED, _SECONDS_YIELDING = 100_000, 100, 2.0
_AS_THEY_ARE = frozenset({type(None), bool, float})
# What an instance of a subclass holds, by the built-in type's own method: whatever the subclass says of itself.
_HELD: dict[type, Callable[[Any], Any]] = {
    dict: dict.copy,
    list: list.copy,
    tuple: lambda value: tuple(tuple.__iter__(value)),
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    complex: complex.__pos__,
    # What is no dictionary but used as one, such as a ChainMap; it has only its own methods to tell what it holds.
    abc.Mapping: dict,
}

# What may cross both as an object and as what it holds, told without a line of its own code; and how many records of
# it, and bytes of arrays, a message takes besides what it takes anyway.
_CARRIED = (dict, list, tuple, set, frozenset, str, bytes, int, float, complex, np.ndarray)
_MOST_CARRIED, _MOST_BYTES_CARRIED = 100_000, MAX_BUFFERS // 4


@dataclass(slots=True)
class Packer:
    """Turns the values of one message into records and buffers.

    Parameters
    ----------
    refer : callable
        Given a function, gives the number by which the other side may call it; or None, where it may not.
    buffers : list of bytes
        Filled in the order in which the arrays were met.
    hold : callable or None
        Given what is no plain data, gives the handle by which the other side may speak of it; or None, where it may
        not. Without it there are no handles.
    exhausts : bool
        Whether an iterator crosses as what it gives, for which it is used up.
    bounded : bool
        Whether what has no bytes for its entries counts as if it had: so the other side wants it, see `Unpacker`.
    draws : callable or None
        Given a random generator, gives its record; or None, where it is to be known by none. Without it no generator
        crosses.

    Attributes
    ----------
    lost : list of str
        What did not cross, by the names of the types; a bare ``object``, which has nothing to lose, is not counted.
    """

    refer: Callable[[Callable[..., Any]], int | None]
    buffers: list[bytes]
    hold: Callable[[object], Handle | None] | None = None
    draws: Callable[[object], Drawing | None] | None = None
    exhausts: bool = True
    bounded: bool = False
    lost: list[str] = field(default_factory=list)
    _most_records: int = MAX_STRUCTURE
    _most_bytes: int = MAX_BUFFERS
    _within: bool = False
    _left: tuple[int, int] = (_MOST_CARRIED, _MOST_BYTES_CARRIED)
    _records: int = 0
    _bytes: int = 0

    def pack(self, value: object, depth: int = 0) -> Value:  # noqa: PLR0911 - one return a kind of value
        """Give the record of a value.

        Raises
        ------
        WireError
            Where it is nested too deeply, or where a message cannot hold it, which shows before it is packed.
        """
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested more than {MAX_DEPTH} deep")
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value  # type: ignore[return-value]
        if kind is str:
            self._take(records=len(value))  # type: ignore[arg-type]
            return self._text(value)  # type: ignore[arg-type]
        if kind is int:
            return self._integer(value)  # type: ignore[arg-type]
        if kind is np.ndarray:
            return self._array(value, depth)  # type: ignore[arg-type]
        if kind in _KINDS:
            self._take(records=len(value))  # type: ignore[arg-type]
            return Items(_KINDS[kind], [self.pack(item, depth + 1) for item in value])  # type: ignore[attr-defined]
        if kind is dict:
            self._take(records=2 * len(value))  # type: ignore[arg-type]
            pairs = value.items()  # type: ignore[attr-defined]
            return Mapping([(self.pack(k, depth + 1), self.pack(v, depth + 1)) for k, v in pairs])
        return self._rare(value, depth)

    def _take(self, records: int = 0, size: int = 0) -> None:
        """Count what the message will hold at least: a byte a record and a character, and the bytes of arrays."""
        self._records += records
        self._bytes += size
        if self._records > self._most_records or self._bytes > self._most_bytes:
            raise WireError(f"more than a message holds: {MAX_STRUCTURE} records, and {MAX_BUFFERS} bytes of arrays")

    def _take_byteless(self, value: object) -> None:
        if self.bounded:
            self._take(records=library.byteless(value))

    def _rare(self, value: object, depth: int) -> Value:  # noqa: PLR0911 - one return a kind of value
        kind = type(value)
        if kind is bytes:
            self._take(size=len(value))  # type: ignore[arg-type]
            self.buffers.append(value)  # type: ignore[arg-type]
            return Raw(len(value))  # type: ignore[arg-type]
        if issubclass(kind, np.generic) and np.dtype(kind).type is kind and crosses(np.asarray(value).dtype):
            array = np.asarray(value)
            self.buffers.append(array.tobytes())
            return Scalar(array.dtype.str)
        if kind is complex:
            return Complex(value.real, value.imag)  # type: ignore[attr-defined]
        if kind in GENERATORS:
            return self._drawing(value) or self._opaque(kind.__name__)
        if (apart := library.take_apart(value)) is not None:
            self._take_byteless(value)
            return Built(apart[0], self.pack(apart[1], depth + 1))
        if self.hold is not None and (handle := self.hold(value)) is not None:
            return self._carrying(handle, value, depth)
        return self._other(value, depth)

    def _carrying(self, handle: Handle, value: object, depth: int) -> Handle:
        """Add to a handle what the object holds, for whoever wants plain data; nothing where that is too much."""
        if (drawing := self._drawing(value)) is not None:
            return msgspec.structs.replace(handle, held=drawing)
        if not isinstance(value, _CARRIED) or (held := _held(value)) is None:
            return handle
        if self._within:
            return msgspec.structs.replace(handle, held=self.pack(held, depth + 1))
        limits = self._most_records, self._most_bytes
        before = len(self.buffers), len(self.lost), self._records, self._bytes
        self._within = True
        self._most_records = min(limits[0], self._records + self._left[0])
        self._most_bytes = min(limits[1], self._bytes + self._left[1])
        try:
            carrying = msgspec.structs.replace(handle, held=self.pack(held, depth + 1))
        except WireError:
            # Such as objects that hold each other; one is enough.
            self._left = 0, 0
            del self.buffers[before[0] :], self.lost[before[1] :]
            self._records, self._bytes = before[2:]
            return handle
        else:
            self._left = self._most_records - self._records, self._most_bytes - self._bytes
            return carrying
        finally:
            self._within = False
            self._most_records, self._most_bytes = limits

    def _drawing(self, value: object) -> Drawing | None:
        # By its type: a stand-in for a generator says that it is of its class.
        return self.draws(value) if self.draws and issubclass(type(value), GENERATORS) else None

    def _other(self, value: object, depth: int) -> Value:  # noqa: PLR0911 - one return a kind of value
        """Give the record of what crosses as something else, if at all."""
        kind = type(value)
        if (drawing := self._drawing(value)) is not None:
            return drawing
        if (view := library.view_of(value)) is not None:
            return Built(view[0], self.pack(view[1], depth + 1))
        if self.exhausts and issubclass(kind, abc.Iterator) and not issubclass(kind, io.IOBase):
            return self._yielded(value, depth)  # type: ignore[arg-type]
        if kind is np.longdouble:
            return self.pack(_float64(np.asarray(value))[()], depth)
        if (held := _held(value)) is not None:
            return self.pack(held, depth)
        if callable(value):
            number = self.refer(value)
            if number is not None:
                return FunctionRef(number, str(getattr(value, "__name__", kind.__name__)))
        if issubclass(kind, Opaque) or kind is object:
            # What came as one, or has nothing to lose.
            return Opaque(kind.__name__)
        return self._opaque(MATRIX if issubclass(kind, np.matrix) else kind.__name__)

    def _yielded(self, iterator: Iterator[object], depth: int) -> Value:
        """Take what an iterator gives, until it ends or has given enough; see `_MOST_YIELDED`."""
        items: list[Value] = []
        began = time.process_time()
        for item in iterator:
            spent = time.process_time() - began
            half = self._records > MAX_STRUCTURE // 2 or self._bytes > MAX_BUFFERS // 2
            if half or len(items) >= _MOST_YIELDED or (spent > _SECONDS_YIELDING and len(items) >= _LEAST_YIELDED):
                return Built("yielded", Items("t", [Items("l", items), False]))
            self._take(records=1)
            items.append(self.pack(item, depth + 2))
        return Built("yielded", Items("t", [Items("l", items), True]))

    def _opaque(self, name: str) -> Opaque:
        self.lost.append(name)
        return Opaque(name)

    def _text(self, value: str) -> Value:
        """Lone surrogates have no UTF-8; such a text is no plain data."""
        try:
            value.encode()
        except UnicodeEncodeError:
            return self._opaque("str with lone surrogates")
        return value

    def _integer(self, value: int) -> Value:
        if -_INT64 <= value < _INT64:
            return value
        digits = hex(value)
        return BigInt(digits) if len(digits) <= MAX_DIGITS else self._opaque(f"int of {value.bit_length()} bits")

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> Value:
        self._take_byteless(value)
        if value.dtype.kind in "OmM" and value.dtype.fields is None:
            kind = {"O": "objects", "M": "dates", "m": "durations"}[value.dtype.kind]
            parts = library.objects(value) if kind == "objects" else library.moments(value)
            return Built(kind, self.pack(parts, depth + 1))
        name = NAMES.get(value.dtype) or (value.dtype.str if crosses(value.dtype) else "")
        if not name and value.dtype.type is np.longdouble:
            value = _float64(value)
            name = value.dtype.str
        if not name or value.ndim > MAX_DIMENSIONS:
            return self._opaque(f"array of {value.dtype}")
        self._take(size=value.nbytes)
        self.buffers.append(value.tobytes())
        return Array(name, list(value.shape))


def fingerprint(value: object) -> bytes:
    """Give bytes that differ when a value does, NaN and all; a random generator is there to be drawn from.

    Raises
    ------
    WireError
        Where the value is nested too deeply, or larger than a message may be.
    """
    packer = Packer(lambda _: None, [], lambda _: None, exhausts=False)
    return msgspec.msgpack.encode(packer.pack(value)) + b"".join(packer.buffers)


def _held(value: object) -> object:
    """Give what an instance of a subclass of a plain type holds, and None where it is none."""
    kind = type(value)
    if isinstance(value, np.ndarray) and issubclass(kind, np.ndarray):
        return _plain_array(value)
    base = next((base for base in _HELD if issubclass(kind, base)), None)
    return None if base is None else _HELD[base](value)


def _plain_array(value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """Give what an array of a subclass holds; of a matrix, which multiplies otherwise, or of masked entries nothing."""
    kind, masked = type(value), sys.modules.get("numpy.ma")
    if issubclass(kind, np.matrix) or (masked and issubclass(kind, masked.MaskedArray) and masked.is_masked(value)):
        return None
    return np.ndarray.view(value, np.ndarray)


def _float64(value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Round numbers of more digits, which other machines do not have; what is too large becomes infinite."""
    with np.errstate(over="ignore"):
        return value.astype(np.float64)

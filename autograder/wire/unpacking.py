"""From records and buffers to plain values; every claim is checked before memory is taken."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import WireError
from autograder.wire import frames, library
from autograder.wire.channel import MAX_STRUCTURE
from autograder.wire.values import (
    MATRIX,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_DIMENSIONS,
    SIMPLE_DTYPES,
    Array,
    BigInt,
    Built,
    Complex,
    Drawing,
    FunctionRef,
    Handle,
    Holding,
    Items,
    Mapping,
    Matrix,
    Opaque,
    Raw,
    Scalar,
    Value,
    crosses,
)

_SIMPLE_DTYPE = re.compile(rf"[<>|](?:{'|'.join(sorted(SIMPLE_DTYPES))})")
_TEXT_DTYPE = re.compile(r"[<>|][US][0-9]{1,4}")
_MAX_SAME_HASH = 100
_SURROGATES = 0xD800 >> 11
_LAST_CODE_POINT = 0x10FFFF
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {"l": list, "t": tuple, "s": set, "f": frozenset}
_TEXTS = frozenset({str, bytes, bytearray, range})
_ARRIVES_AS_IT_IS = frozenset({type(None), bool, int, float, str})


@dataclass(slots=True)
class Unpacker:
    """Turns the records and buffers of one message back into values.

    Parameters
    ----------
    buffers : memoryview
        The bytes of all arrays of the message.
    resolve : callable
        Given a `FunctionRef`, a `Handle` or a `Drawing`, gives what stands for that here; a handle itself, where what
        it holds does, or a `Holding`, which wants that.
    holding : bool
        Whether the other side may send handles.
    bounded : bool
        Whether what has no bytes for its entries, a range say, is no longer than a list could be: code in C that goes
        over it hears of no deadline. False where the other side is trusted.
    offset : int
        How many bytes have been used.
    hollow : bool
        Whether there is something with which many comparisons hold: an array without entries or of nothing but NaN, an
        iterator that gives nothing, or a value of pandas that lacks some, see `frames.lacks_entries`. See also
        `is_hollow`.
    """

    buffers: memoryview
    resolve: Callable[[FunctionRef | Handle | Drawing], Any]
    holding: bool = False
    bounded: bool = True
    offset: int = 0
    hollow: bool = False
    _byteless: int = 0

    def unpack(self, record: Value, depth: int = 0) -> Any:  # noqa: ANN401, C901, PLR0911 - one return a kind of value
        """Give the value of a record. Arrays are fresh and writable.

        Raises
        ------
        WireError
            Where the record claims what its bytes do not hold, is nested too deeply, or may not come from there.
        """
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested more than {MAX_DEPTH} deep")
        if type(record) in _ARRIVES_AS_IT_IS:
            return record
        if isinstance(record, Array):
            return self._array(record)
        if isinstance(record, Items):
            return self._items(record, depth)
        if isinstance(record, Mapping):
            return self._mapping(record, depth)
        if isinstance(record, Scalar):
            return self._array(Array(record.dtype, []))[()]
        if isinstance(record, Raw):
            return bytes(self._take(record.size))
        if isinstance(record, Complex):
            return complex(record.real, record.imaginary)
        if isinstance(record, BigInt):
            return _big(record.digits)
        if isinstance(record, (FunctionRef, Drawing)):
            return self.resolve(record)
        if isinstance(record, Built):
            return self._built(record.kind, self.unpack(record.parts, depth + 1))
        if isinstance(record, Handle):
            return self._held(record, depth)
        return Matrix(MATRIX) if isinstance(record, Opaque) and record.type_name == MATRIX else record

    def finish(self) -> None:
        """Require that every byte was used.

        Raises
        ------
        WireError
            Where bytes are left over.
        """
        if self.offset != len(self.buffers):
            raise WireError(f"{len(self.buffers) - self.offset} bytes belong to no array")

    def _held(self, record: Handle, depth: int) -> Any:  # noqa: ANN401
        if not self.holding:
            raise WireError("only a kernel sends handles")
        found = self.resolve(record)
        if record.held is None:
            return found
        if found is record:
            return self.unpack(record.held, depth + 1)
        if isinstance(found, Holding):
            return found.given(self.unpack(record.held, depth + 1))
        # Its bytes came all the same; of what is in there nothing is spoken, but each may be a key of its own.
        passed_over = Unpacker(self.buffers, lambda _: object(), holding=True, offset=self.offset)
        passed_over.unpack(record.held, depth + 1)
        self.offset = passed_over.offset
        return found

    def _items(self, record: Items, depth: int) -> Any:  # noqa: ANN401
        if record.kind not in _CONTAINERS:
            raise WireError(f"no container is called {record.kind!r}")
        items = [self.unpack(item, depth + 1) for item in record.items]
        try:
            if record.kind in "sf":
                _spread(items)
            return _CONTAINERS[record.kind](items)
        except TypeError as error:
            raise WireError(f"a set holds what cannot be in a set: {error}") from None

    def _mapping(self, record: Mapping, depth: int) -> dict[Any, Any]:
        pairs = [(self.unpack(k, depth + 1), self.unpack(v, depth + 1)) for k, v in record.pairs]
        try:
            _spread([key for key, _ in pairs])
            return dict(pairs)
        except TypeError as error:
            raise WireError(f"a dictionary has a key that cannot be one: {error}") from None

    def _array(self, record: Array) -> Any:  # noqa: ANN401
        dtype = _dtype(record.dtype)
        if len(record.shape) > MAX_DIMENSIONS or min(record.shape, default=0) < 0:
            raise WireError(f"an array claims the shape {record.shape[:40]}")
        # Python's integers cannot overflow here, so a claimed shape is compared before anything is allocated.
        size = math.prod(record.shape) * dtype.itemsize
        raw = self._take(size)
        if not size:
            self.hollow = True
            return self._within_bounds(_empty(record, dtype))
        if dtype.kind in "bU":
            return _entries(raw, dtype).reshape(record.shape)
        value = np.ndarray(record.shape, dtype, raw).copy()
        self.hollow = self.hollow or _is_all_nan(value)
        return value

    def _built(self, kind: str, parts: object) -> Any:  # noqa: ANN401
        value = self._within_bounds(library.build(kind, parts))
        none = not value.size if type(value) is np.ndarray else kind == "yielded" and parts[0] == []  # type: ignore[index]
        self.hollow = self.hollow or none or (kind in frames.BUILDERS and frames.lacks_entries(value))
        return value

    def _within_bounds(self, value: Any) -> Any:  # noqa: ANN401
        self._byteless += library.byteless(value) if self.bounded else 0
        if self._byteless > MAX_STRUCTURE:
            raise WireError(f"a message has more than {MAX_STRUCTURE} entries for which no bytes came")
        return value

    def _take(self, size: int) -> memoryview:
        if not 0 <= size <= len(self.buffers) - self.offset:
            raise WireError(f"{size} bytes are claimed where {len(self.buffers) - self.offset} came")
        self.offset += size
        return self.buffers[self.offset - size : self.offset]


def is_hollow(value: object) -> bool:
    """Tell whether there is nothing in an answer that could be compared: it is empty, or NaN, or holds only such."""
    if type(value) in _TEXTS:
        return not value
    if isinstance(value, dict):
        return all(map(is_hollow, value.values()))
    if isinstance(value, (list, tuple, set, frozenset, deque)):
        return all(map(is_hollow, value))
    return isinstance(value, (float, np.floating)) and bool(np.isnan(value))


def _is_all_nan(value: np.ndarray[Any, Any]) -> bool:
    # Of most arrays the first entry tells.
    return value.ndim > 0 and value.dtype.kind in "fc" and bool(np.isnan(value.flat[0])) and bool(np.isnan(value).all())


def _big(digits: str) -> int:
    # Hexadecimal is parsed in linear time; a cap keeps even that small.
    if len(digits) > MAX_DIGITS:
        raise WireError(f"an integer of {len(digits)} digits is too large")
    try:
        return int(digits, 16)
    except ValueError:
        raise WireError("an integer is not written in hexadecimal") from None


@functools.lru_cache(maxsize=64)
def _dtype(text: str) -> np.dtype[Any]:
    # Looked up in the allow-list before NumPy reads it: NumPy's dtype strings can describe far more.
    if _SIMPLE_DTYPE.fullmatch(text) or _TEXT_DTYPE.fullmatch(text):
        dtype = np.dtype(text)
        if crosses(dtype):
            return dtype
    raise WireError(f"arrays of dtype {text[:40]!r} do not cross")


def _entries(raw: memoryview, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """Give the entries that bytes describe; NumPy believes any bytes, and misbehaves later."""
    if dtype.kind == "b":
        # A boolean of another byte than 0 or 1 would be True to one operation and 2 to the next.
        return np.frombuffer(raw, dtype=np.uint8).astype(np.bool_)
    entries = np.frombuffer(raw, dtype=dtype).copy()
    if dtype.kind == "U":
        points = entries.view(np.dtype(np.uint32).newbyteorder(dtype.byteorder))
        if np.any(points > _LAST_CODE_POINT) or np.any(points >> 11 == _SURROGATES):
            raise WireError("an array of text holds what is no character")
    return entries


def _spread(keys: Collection[object]) -> None:
    """Refuse keys that were chosen to have one hash: filling a dictionary with them takes forever."""
    if len(keys) > _MAX_SAME_HASH and max(Counter(map(hash, keys)).values()) > _MAX_SAME_HASH:
        raise WireError(f"more than {_MAX_SAME_HASH} keys of one container have the same hash")


def _empty(record: Array, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    try:
        return np.empty(record.shape, dtype=dtype)
    except (ValueError, MemoryError) as error:
        raise WireError(f"an array cannot be built: {error}") from None

"""Plain values as tagged records, and back.

Exact types cross and come back exact: an ``int`` is no ``bool``, a ``float32`` no ``float64``, a tuple no list. A
subclass of a built-in type is no plain value: where nothing else speaks for it, what it holds crosses as the built-in
type, and what it overrides stays behind. So do ``longdouble`` numbers, as ``float64``. What has no such form either
arrives as `Opaque`, which is good for nothing but a message.
"""

from __future__ import annotations

import functools
import math
import re
import sys
from collections import Counter, abc
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import msgspec
import numpy as np

from autograder.errors import WireError
from autograder.wire import library

MAX_DEPTH = 64
_INT64 = 2**63
# No objects, no records, no dates: an entry of these is its bytes and nothing more.
_SIMPLE_DTYPES = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"}
_SIMPLE_DTYPE = re.compile(rf"[<>|](?:{'|'.join(sorted(_SIMPLE_DTYPES))})")
_TEXT_DTYPE = re.compile(r"[<>|][US][0-9]{1,4}")
_MAX_TEXT_ITEM = 4096
_MAX_DIGITS = 4000
_MAX_DIMENSIONS = 32
_MAX_SAME_HASH = 100
_SURROGATES = 0xD800 >> 11
_LAST_CODE_POINT = 0x10FFFF


class BigInt(msgspec.Struct, tag="i", array_like=True, frozen=True):
    """An integer beyond 64 bits, in hexadecimal."""

    digits: str


class Complex(msgspec.Struct, tag="c", array_like=True, frozen=True):
    """A complex number."""

    real: float
    imaginary: float


class Items(msgspec.Struct, tag="s", array_like=True, frozen=True):
    """A list, tuple, set or frozenset."""

    kind: str
    items: list[Value]


class Mapping(msgspec.Struct, tag="m", array_like=True, frozen=True):
    """A dictionary, in its order."""

    pairs: list[tuple[Value, Value]]


class Array(msgspec.Struct, tag="a", array_like=True, frozen=True):
    """An array; its bytes, in C order, follow in the frame."""

    dtype: str
    shape: list[int]


class Scalar(msgspec.Struct, tag="g", array_like=True, frozen=True):
    """A NumPy scalar; its bytes follow in the frame."""

    dtype: str


class Raw(msgspec.Struct, tag="b", array_like=True, frozen=True):
    """A bytes object; its bytes follow in the frame."""

    size: int


class FunctionRef(msgspec.Struct, tag="f", array_like=True, frozen=True):
    """A function of the sender's, by the number under which the sender will answer calls of it."""

    number: int
    name: str


class Handle(msgspec.Struct, tag="h", array_like=True, frozen=True):
    """An object of the candidate's that stays there, by its number.

    `kinds` are the names of its class and that one's bases, nearest first, with their modules; `protocols` the special
    methods that it has; `name` its own ``__name__``, where it has one. All of this is what the candidate says.
    """

    number: int
    kinds: list[str]
    protocols: list[str]
    name: str


class Built(msgspec.Struct, tag="l", array_like=True, frozen=True):
    """A value of the library, by its kind and its parts; see `library`."""

    kind: str
    parts: Value


class Opaque(msgspec.Struct, tag="o", array_like=True, frozen=True):
    """Something that is no plain data, by the name of its type."""

    type_name: str


# Tests say of a value that they cannot use what its type is called: in no word of ours.
Opaque.__name__ = "object"
_MATRIX = "matrix"


class _Matrix(Opaque, tag="o", array_like=True, frozen=True):
    """Stands for a matrix, of which NumPy must not make an array that holds one object."""

    def __array__(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a matrix stands where an array is wanted; np.asarray(m) makes an array of a matrix m")


_Matrix.__name__ = _MATRIX


Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | BigInt
    | Complex
    | Items
    | Mapping
    | Array
    | Scalar
    | Raw
    | FunctionRef
    | Handle
    | Built
    | Opaque
    | None
)

_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {"l": list, "t": tuple, "s": set, "f": frozenset}
_KINDS: dict[type, str] = {list: "l", tuple: "t", set: "s", frozenset: "f"}
_AS_THEY_ARE = frozenset({type(None), bool, float})
_ARRIVES_AS_IT_IS = frozenset({type(None), bool, int, float, str})
# What an instance of a subclass holds, by the built-in type's own method: whatever the subclass says of itself.
_HELD: dict[type, Callable[[Any], Any]] = {
    dict: dict.copy,
    list: list.copy,
    tuple: lambda value: tuple(tuple.__iter__(value)),
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    # What is no dictionary but used as one, such as a ChainMap; it has only its own methods to tell what it holds.
    abc.Mapping: dict,
}
# The names of the few dtypes that most arrays have, once they were met.
_NAMES: dict[np.dtype[Any], str] = {}


def crosses(dtype: np.dtype[Any]) -> bool:
    """Tell whether arrays of a dtype are plain data here."""
    if dtype.kind in "US":
        return 0 < dtype.itemsize <= _MAX_TEXT_ITEM
    name = dtype.str
    if name[1:] not in _SIMPLE_DTYPES:
        return False
    _NAMES[dtype] = name
    return True


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
        not. Without it there are no handles, and no values of the library either.
    """

    refer: Callable[[Callable[..., Any]], int | None]
    buffers: list[bytes]
    hold: Callable[[object], Handle | None] | None = None

    def pack(self, value: object, depth: int = 0) -> Value:  # noqa: PLR0911 - one return a kind of value
        """Give the record of a value.

        Raises
        ------
        WireError
            Where it is nested too deeply.
        """
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested more than {MAX_DEPTH} deep")
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value  # type: ignore[return-value]
        if kind is str:
            return _text(value)  # type: ignore[arg-type]
        if kind is int:
            return _integer(value)  # type: ignore[arg-type]
        if kind is np.ndarray:
            return self._array(value, depth)  # type: ignore[arg-type]
        if kind in _KINDS:
            return Items(_KINDS[kind], [self.pack(item, depth + 1) for item in value])  # type: ignore[attr-defined]
        if kind is dict:
            pairs = value.items()  # type: ignore[attr-defined]
            return Mapping([(self.pack(k, depth + 1), self.pack(v, depth + 1)) for k, v in pairs])
        return self._rare(value, depth)

    def _rare(self, value: object, depth: int) -> Value:  # noqa: PLR0911 - one return a kind of value
        kind = type(value)
        if kind is bytes:
            self.buffers.append(value)  # type: ignore[arg-type]
            return Raw(len(value))  # type: ignore[arg-type]
        if issubclass(kind, np.generic) and np.dtype(kind).type is kind and crosses(np.asarray(value).dtype):
            array = np.asarray(value)
            self.buffers.append(array.tobytes())
            return Scalar(array.dtype.str)
        if kind is complex:
            return Complex(value.real, value.imag)  # type: ignore[attr-defined]
        if self.hold is not None and (apart := library.take_apart(value)) is not None:
            return Built(apart[0], self.pack(apart[1], depth + 1))
        if self.hold is not None and (handle := self.hold(value)) is not None:
            return handle
        if kind is np.longdouble:
            return self.pack(_float64(np.asarray(value))[()], depth)
        if (held := _held(value)) is not None:
            return self.pack(held, depth)
        if callable(value):
            number = self.refer(value)
            if number is not None:
                return FunctionRef(number, str(getattr(value, "__name__", kind.__name__)))
        return Opaque(_MATRIX if issubclass(kind, np.matrix) else kind.__name__)

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> Value:
        if self.hold is not None and value.dtype.kind in "OmM" and value.dtype.fields is None:
            kind = {"O": "objects", "M": "dates", "m": "durations"}[value.dtype.kind]
            parts = library.objects(value) if kind == "objects" else library.moments(value)
            return Built(kind, self.pack(parts, depth + 1))
        name = _NAMES.get(value.dtype) or (value.dtype.str if crosses(value.dtype) else "")
        if not name and value.dtype.type is np.longdouble:
            value = _float64(value)
            name = value.dtype.str
        if not name or value.ndim > _MAX_DIMENSIONS:
            return Opaque(f"array of {value.dtype}")
        self.buffers.append(value.tobytes())
        return Array(name, list(value.shape))


@dataclass(slots=True)
class Unpacker:
    """Turns the records and buffers of one message back into values.

    Parameters
    ----------
    buffers : memoryview
        The bytes of all arrays of the message.
    resolve : callable
        Given a `FunctionRef` or a `Handle`, gives what stands for that here.
    holding : bool
        Whether the other side may send handles, and values of the library.
    offset : int
        How many bytes have been used.
    """

    buffers: memoryview
    resolve: Callable[[FunctionRef | Handle], Any]
    holding: bool = False
    offset: int = 0

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
        if isinstance(record, FunctionRef):
            return self.resolve(record)
        if isinstance(record, (Handle, Built)):
            return self._held(record, depth)
        return _Matrix(_MATRIX) if isinstance(record, Opaque) and record.type_name == _MATRIX else record

    def finish(self) -> None:
        """Require that every byte was used.

        Raises
        ------
        WireError
            Where bytes are left over.
        """
        if self.offset != len(self.buffers):
            raise WireError(f"{len(self.buffers) - self.offset} bytes belong to no array")

    def _held(self, record: Handle | Built, depth: int) -> Any:  # noqa: ANN401
        if not self.holding:
            raise WireError("only a kernel sends handles and values of the library")
        if isinstance(record, Handle):
            return self.resolve(record)
        return library.build(record.kind, self.unpack(record.parts, depth + 1))

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
        if len(record.shape) > _MAX_DIMENSIONS or min(record.shape, default=0) < 0:
            raise WireError(f"an array claims the shape {record.shape[:40]}")
        # Python's integers cannot overflow here, so a claimed shape is compared before anything is allocated.
        size = math.prod(record.shape) * dtype.itemsize
        raw = self._take(size)
        if not size:
            return _empty(record, dtype)
        if dtype.kind in "bU":
            return _entries(raw, dtype).reshape(record.shape)
        return np.ndarray(record.shape, dtype, raw).copy()

    def _take(self, size: int) -> memoryview:
        if not 0 <= size <= len(self.buffers) - self.offset:
            raise WireError(f"{size} bytes are claimed where {len(self.buffers) - self.offset} came")
        self.offset += size
        return self.buffers[self.offset - size : self.offset]


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


def _text(value: str) -> Value:
    """Lone surrogates have no UTF-8; such a text is no plain data."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return Opaque("str with lone surrogates")
    return value


def _integer(value: int) -> Value:
    if -_INT64 <= value < _INT64:
        return value
    digits = hex(value)
    return BigInt(digits) if len(digits) <= _MAX_DIGITS else Opaque(f"int of {value.bit_length()} bits")


def _big(digits: str) -> int:
    # Hexadecimal is parsed in linear time; a cap keeps even that small.
    if len(digits) > _MAX_DIGITS:
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

"""What crosses: records of plain values.

Exact types cross and come back exact: an ``int`` is no ``bool``, a ``float32`` no ``float64``, a tuple no list. A
subclass of a built-in type is no plain value: where nothing else speaks for it, what it holds crosses as the built-in
type, and what it overrides stays behind. So do ``longdouble`` numbers, as ``float64``. What has no such form either
arrives as `Opaque`, which is good for nothing but a message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

import msgspec
import numpy as np

MAX_DEPTH = 64
MAX_DIGITS = 4000
MAX_DIMENSIONS = 32
_MAX_TEXT_ITEM = 4096
# No objects, no records, no dates: an entry of these is its bytes and nothing more.
SIMPLE_DTYPES = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"}


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
    """A function, by the number under which whose it is will answer calls of it; the candidate's are below zero."""

    number: int
    name: str


class Handle(msgspec.Struct, tag="h", array_like=True, frozen=True):
    """An object of the candidate's that stays there, by its number.

    `kinds` are the names of its class and that one's bases, nearest first, with their modules; `protocols` the special
    methods that it has; `name` its own ``__name__``, where it has one; `held` what it holds, where its class is derived
    from a plain type, else None; `plain` says of a tuple that its class compares as tuples do. All of this is what the
    candidate says.
    """

    number: int
    kinds: list[str]
    protocols: list[str]
    name: str
    held: Value = None
    plain: bool = False


class Holding(msgspec.Struct, frozen=True):
    """What stands for an object as soon as it is given what that holds; never sent."""

    given: Callable[[Any], Any]


class Drawing(msgspec.Struct, tag="r", array_like=True, frozen=True):
    """A random generator, by the number under which both sides know it; see `generators`."""

    number: int


class Built(msgspec.Struct, tag="l", array_like=True, frozen=True):
    """A value of the library, by its kind and its parts; see `library`."""

    kind: str
    parts: Value


class Opaque(msgspec.Struct, tag="o", array_like=True, frozen=True):
    """Something that is no plain data, by the name of its type."""

    type_name: str


# Tests say of a value that they cannot use what its type is called: in no word of ours.
Opaque.__name__ = "object"
MATRIX = "matrix"


class Matrix(Opaque, tag="o", array_like=True, frozen=True):
    """Stands for a matrix, of which NumPy must not make an array that holds one object."""

    def __array__(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a matrix stands where an array is wanted; np.asarray(m) makes an array of a matrix m")


Matrix.__name__ = MATRIX


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
    | Drawing
    | Built
    | Opaque
    | None
)

# The names of the few dtypes that most arrays have, once they were met.
NAMES: dict[np.dtype[Any], str] = {}


def crosses(dtype: np.dtype[Any]) -> bool:
    """Tell whether arrays of a dtype are plain data here."""
    if dtype.kind in "US":
        return 0 < dtype.itemsize <= _MAX_TEXT_ITEM
    name = dtype.str
    if name[1:] not in SIMPLE_DTYPES:
        return False
    NAMES[dtype] = name
    return True

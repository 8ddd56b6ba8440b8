"""What tells a value from any other, bit by bit: the keys by which is remembered what a function gave.

A function is told by its code and by all that its code reads. One that its module holds under its own name is there
once, and is told by itself; one of the reference's also by what its package holds of all that it reads, itself and
through others. So a constant that a test changes makes another function of it, and one that draws from a generator
beside it has no key.
"""

from __future__ import annotations

import dataclasses
import dis
import functools
import operator
import sys
from collections.abc import Callable, Hashable, Iterator
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")

LARGEST = 2**20
PLAIN = (type(None), bool, int, str, bytes)
_MANY = (tuple, list, dict, set, frozenset)
# What a part of a key takes beside its own bytes: tuples, and its place in them.
_PART = 200
_DEEPEST = 12
_Get = Callable[[], Any]


class NotPlainError(Exception):
    """A value that cannot be told apart bit by bit."""


class StandIn(Generic[P, R]):
    """What stands in a trusted function's place.

    Parameters
    ----------
    function : callable
    vouched : bool
        Whether it depends on nothing but its arguments, for certain.
    """

    def __init__(self, function: Callable[P, R], *, vouched: bool) -> None:
        self.function = function
        self.vouched = vouched

    @functools.cached_property
    def reach(self) -> _Reach:
        """What the function reads, itself and through others of its package."""
        if type(self.function) is not FunctionType:
            raise NotPlainError
        return _reach(self.function)


@dataclasses.dataclass(frozen=True, slots=True)
class _Reach:
    """How to get what a function reads.

    Parameters
    ----------
    fixed : list of callable
        What is told by itself, such as a helper or a number, ...
    known : list
        ... and what it was at first.
    data : list of callable
        Everything else.
    """

    fixed: list[_Get]
    known: list[object]
    data: list[_Get]


class _Size:
    """How much memory a key or a value takes, roughly; what is larger than is ever kept is not looked at further."""

    def __init__(self) -> None:
        self.bytes = 0

    def add(self, more: int) -> None:
        self.bytes += _PART + more
        if self.bytes > LARGEST:
            raise NotPlainError


def key_of(value: object) -> tuple[Hashable, int]:
    """Give what tells a value from any other, and its size in bytes, roughly.

    Raises
    ------
    NotPlainError
        Where nothing does, or the value is larger than `LARGEST`.
    """
    size = _Size()
    return _part(value, size, 0), size.bytes


def _part(value: object, size: _Size, depth: int) -> Hashable:  # noqa: PLR0911 - one return a kind of value
    kind = type(value)
    if depth > _DEEPEST:
        raise NotPlainError
    if kind is np.ndarray or isinstance(value, np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            raise NotPlainError
        size.add(array.nbytes)
        return kind, array.dtype.str, array.shape, array.strides, array.tobytes()
    if kind is float or kind is complex:
        size.add(0)
        return kind, _bits(value)  # type: ignore[arg-type]
    if kind in PLAIN:
        size.add(sys.getsizeof(value))
        return kind, value
    if isinstance(value, StandIn):
        return _of_stand_in(value, size, depth)
    if kind is FunctionType:
        return _of_function(value, size, depth)  # type: ignore[arg-type]
    if kind is ModuleType:
        size.add(0)
        return kind, value
    if kind in _MANY or is_record(kind):
        return _of_many(value, size, depth)
    raise NotPlainError


def _bits(number: complex) -> tuple[str, str]:
    """Tell -0.0 from 0.0, and know NaN."""
    return number.real.hex(), number.imag.hex()


def _of_many(value: Any, size: _Size, depth: int) -> Hashable:  # noqa: ANN401 - one of `_MANY`, or a record
    kind = type(value)
    if kind is tuple or kind is list:
        return _of_all(kind, value, size, depth)
    if kind is set or kind is frozenset:
        _, *items = _of_all(kind, value, size, depth)
        return kind, frozenset(items)
    parts = value if kind is dict else parts_of(value)
    return _of_all(kind, (part for pair in parts.items() for part in pair), size, depth)


def _of_all(kind: type, values: Any, size: _Size, depth: int) -> tuple[Any, ...]:  # noqa: ANN401 - whatever gives values
    size.add(0)
    return (kind, *(_part(value, size, depth + 1) for value in values))


def _of_stand_in(value: StandIn[..., Any], size: _Size, depth: int) -> Hashable:
    """Tell a trusted function by itself, and by what is there of all that it reads."""
    size.add(0)
    if value.vouched:
        return value
    reach = value.reach
    now, read = [get() for get in reach.fixed], reach.known
    if not all(map(operator.is_, now, read)):
        bare = zip(map(_bare, now), map(_bare, read), strict=True)
        read = [known if one is known else _part(one, size, depth + 1) for one, known in bare]
    return value.function, *map(_bare, read), *[_part(get(), size, depth + 1) for get in reach.data]


def _of_function(function: FunctionType, size: _Size, depth: int) -> Hashable:
    """Tell a function by its code and by all that its code reads; a module's own by itself."""
    size.add(0)
    if _is_there_once(function):
        return FunctionType, function
    read = [get() for _, get in _read_by(function, lambda _, value: isinstance(value, StandIn))]
    return function.__code__, _of_all(FunctionType, (*read, function.__dict__), size, depth)


def _is_there_once(value: Any) -> bool:  # noqa: ANN401 - a function, a class or whatever has their attributes
    """Tell whether something is what its module holds under its name.

    Names alone may be copied, as by `functools.wraps`: what wraps a function is made anew, and holds what it was given.
    """
    module = sys.modules.get(getattr(value, "__module__", None) or "")
    found = vars(module).get(getattr(value, "__qualname__", "")) if module else None
    return _bare(found) is value and value is not None and not getattr(value, "__closure__", None)


def _bare(value: object) -> object:
    return value.function if isinstance(value, StandIn) else value


def _reach(function: FunctionType) -> _Reach:
    """Find what a function reads, itself and through the functions of its package that it reads."""
    package = _package(function)
    reach = _Reach([], [], [])
    found, places = [function], set()
    for one in found:
        for place, get in _read_by(one, lambda module, _: module.__name__.split(".")[0] == package):
            if place in places:
                continue
            places.add(place)
            value = _bare(get())
            if type(value) is FunctionType and _package(value) == package and value not in found:
                found.append(value)
            if _is_fixed(value, package):
                reach.fixed.append(get)
                reach.known.append(get())
            else:
                reach.data.append(get)
    return reach


def _is_fixed(value: object, package: str) -> bool:
    """Tell whether nothing in a value may change; a class of the package may hold whatever it likes."""
    kind = type(value)
    if kind is tuple or kind is frozenset:
        return all(_is_fixed(item, package) for item in value)  # type: ignore[attr-defined]
    if isinstance(value, type) and not is_record(value) and _package(value) == package:
        return False
    return kind in PLAIN or kind is float or kind is ModuleType or _is_there_once(value)


def _package(value: FunctionType | type) -> str:
    return (value.__module__ or "").split(".")[0]


def _read_by(
    function: FunctionType, of_module: Callable[[ModuleType, object], bool]
) -> Iterator[tuple[tuple[int, str], _Get]]:
    """Give where a function reads values, and how to get them: globals, attributes of modules, cells, defaults."""
    space: dict[str, Any] = function.__globals__
    globals_, attributes = _reads(function.__code__)
    modules = []
    for name in globals_:
        if name in space:
            yield (id(space), name), functools.partial(space.get, name)
            modules += [space[name]] if type(space[name]) is ModuleType else []
    for module in modules:
        inside = vars(module)
        for name in attributes:
            if name in inside and of_module(module, inside[name]):
                yield (id(inside), name), functools.partial(inside.get, name)
                if type(inside[name]) is ModuleType and inside[name] not in modules:
                    modules.append(inside[name])
    for cell in function.__closure__ or ():
        yield (id(cell), ""), functools.partial(_held, cell)
    for defaults in ("__defaults__", "__kwdefaults__"):
        if getattr(function, defaults):
            yield (id(function), defaults), functools.partial(getattr, function, defaults)


def _held(cell: CellType) -> Any:  # noqa: ANN401
    try:
        return cell.cell_contents
    except ValueError:
        raise NotPlainError from None


@functools.lru_cache(maxsize=256)
def _reads(code: CodeType) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the globals and the attributes that a code reads, also inside the functions that it makes."""
    inner = [_reads(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    own = [one.argval for one in dis.get_instructions(code) if one.opname in {"LOAD_GLOBAL", "LOAD_NAME"}]
    return (
        tuple(dict.fromkeys([*own, *(name for globals_, _ in inner for name in globals_)])),
        tuple(dict.fromkeys([*code.co_names, *(name for _, attributes in inner for name in attributes)])),
    )


def is_record(kind: type) -> bool:
    """Tell whether a value of this class is what it was made of: a frozen dataclass without anything hidden."""
    made = dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return made and all(one.init for one in dataclasses.fields(kind)) and _is_there_once(kind)


def parts_of(record: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the fields of a record by their names."""
    return {one.name: getattr(record, one.name) for one in dataclasses.fields(record)}

"""What trusted functions gave is remembered: the questions of a test are the same for every submission.

A function is asked again only where an argument differs in a bit. What cannot be told apart bit by bit, an answer's
proxy above all, is never looked up; nor is a function that changes its arguments or draws from NumPy's legacy
generator, for then more has happened than that it gave something.
"""

from __future__ import annotations

import contextlib
import dataclasses
import dis
import functools
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")

_ROOM = 32 * 2**20
_LARGEST = 2**20
# What a part of a key takes beside its own bytes: tuples, and its place in them.
_PART = 200
_PLAIN = (type(None), bool, int, str, bytes)
_DEEPEST = 12


class Memory:
    """What functions gave, the latest used first to stay; a fresh copy is given each time.

    Attributes
    ----------
    learns : bool
        Whether what is not known yet is kept.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._used = 0
        # To look whether a function draws takes longer than most functions: no more than once for one that does.
        self._drawing: set[Callable[..., Any]] = set()
        self.learns = True

    def call(self, function: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        """Give what a function gives, or gave."""
        if function in self._drawing:
            return function(*args, **kwargs)
        try:
            key, size = _key((function, args, kwargs))
        except _NotPlainError:
            return function(*args, **kwargs)
        if key in self._known:
            self._known.move_to_end(key)
            known: R = _copied(self._known[key][0])
            return known
        if not self.learns:
            return function(*args, **kwargs)
        before = _drawn()
        value = function(*args, **kwargs)
        if before != _drawn():
            self._drawing.add(function)
            return value
        with contextlib.suppress(_NotPlainError):
            if key == _key((function, args, kwargs))[0]:
                self._keep(key, _copied(value), size + _key(value)[1])
        return value

    def _keep(self, key: Hashable, value: object, size: int) -> None:
        if size > _LARGEST:
            return
        self._known[key] = value, size
        self._used += size
        while self._used > _ROOM:
            self._used -= self._known.popitem(last=False)[1][1]


_active: list[Memory] = []


@contextlib.contextmanager
def recalling(memory: Memory) -> Iterator[None]:
    """Let remembered functions use a memory, for the length of a ``with``."""
    memory.learns = True
    _active.append(memory)
    try:
        yield
    finally:
        _active.pop()


@contextlib.contextmanager
def only_recalling() -> Iterator[None]:
    """Let the memory that is in use keep nothing new, for the length of a ``with``.

    For what a candidate asks: the reference's questions again, which are known, or its own, as many as it likes.
    """
    memory = _active[-1] if _active else Memory()
    learned, memory.learns = memory.learns, False
    try:
        yield
    finally:
        memory.learns = learned


class Remembered(Generic[P, R]):
    """A function whose results are remembered while a memory is in use; else it is the function.

    Parameters
    ----------
    function : callable
    space : dict or None
        The globals in which this stands in the function's place, if it does.
    name : str
        Its name there.
    """

    def __init__(self, function: Callable[P, R], space: dict[str, Any] | None = None, name: str = "") -> None:
        self.function = function
        self._space = {} if space is None else space
        self._name = name
        functools.update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function, or remember."""
        with self._away():
            return _active[-1].call(self.function, args, kwargs) if _active else self.function(*args, **kwargs)

    @contextlib.contextmanager
    def _away(self) -> Iterator[None]:
        """Let the function find itself under its name: it may call itself as deep as Python lets it."""
        if self._space.get(self._name) is not self:
            yield
            return
        self._space[self._name] = self.function
        try:
            yield
        finally:
            self._space[self._name] = self

    def injected(self, **replacements: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function bound to other helpers; see `autograder.checks.injected`."""
        from autograder.checks.calls import injected  # noqa: PLC0415 - that module asks for nothing here

        bound = injected(self.function, **replacements)

        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            # With other helpers it is another function, and so are those that it calls.
            active, _active[:] = _active[:], []
            try:
                with self._away():
                    return bound(*args, **kwargs)
            finally:
                _active[:] = active

        return call


def remembered(function: Callable[P, R]) -> Remembered[P, R]:
    """Let a function be remembered; a decorator."""
    return Remembered(function)


class _NotPlainError(Exception):
    """A value that cannot be told apart bit by bit."""


def _drawn() -> tuple[int, int]:
    """Tell the state of NumPy's legacy generator, as far as a draw changes it."""
    _, words, position, *_ = np.random.get_state(legacy=True)
    return int(position), hash(np.asarray(words).tobytes())


class _Size:
    """How much memory a key or a value takes, roughly; what is larger than is ever kept is not looked at further."""

    def __init__(self) -> None:
        self.bytes = 0

    def add(self, more: int) -> None:
        self.bytes += _PART + more
        if self.bytes > _LARGEST:
            raise _NotPlainError


def _key(value: object) -> tuple[Hashable, int]:
    """Give what tells a value from any other, and its size in bytes, roughly."""
    size = _Size()
    return _part(value, size, 0), size.bytes


def _part(value: object, size: _Size, depth: int) -> Hashable:  # noqa: PLR0911 - one return a kind of value
    kind = type(value)
    if depth > _DEEPEST:
        raise _NotPlainError
    if kind is np.ndarray or isinstance(value, np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            raise _NotPlainError
        size.add(array.nbytes)
        return kind, array.dtype.str, array.shape, array.strides, array.tobytes()
    if kind is float or kind is complex:
        size.add(0)
        return kind, _bits(value)  # type: ignore[arg-type]
    if kind in _PLAIN:
        size.add(sys.getsizeof(value))
        return kind, value
    if kind is tuple or kind is list:
        return _of_all(kind, value, size, depth)
    if kind is dict or _is_record(kind):
        parts: dict[Any, Any] = value if kind is dict else _parts(value)  # type: ignore[assignment]
        return _of_all(kind, (part for pair in parts.items() for part in pair), size, depth)
    if kind is Remembered or kind is ModuleType:
        size.add(0)
        return kind, value
    if kind is FunctionType:
        return _of_function(value, size, depth)  # type: ignore[arg-type]
    raise _NotPlainError


def _bits(number: complex) -> tuple[str, str]:
    """Tell -0.0 from 0.0, and know NaN."""
    return number.real.hex(), number.imag.hex()


def _of_all(kind: type, values: Any, size: _Size, depth: int) -> Hashable:  # noqa: ANN401 - whatever gives values
    size.add(0)
    return (kind, *(_part(value, size, depth + 1) for value in values))


def _of_function(function: FunctionType, size: _Size, depth: int) -> Hashable:
    """Tell a function by its code and by all that its code reads."""
    if function.__module__ != "__main__":
        # A module's own, which is there once; a test cell defines its functions anew each time.
        size.add(0)
        return FunctionType, function
    space: dict[str, Any] = function.__globals__
    read = [space[name] for name in _reads(function.__code__) if name in space]
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    known = (*read, *cells, function.__defaults__, function.__kwdefaults__)
    return function.__code__, _of_all(FunctionType, known, size, depth)


@functools.lru_cache(maxsize=256)
def _reads(code: CodeType) -> tuple[str, ...]:
    """Name the globals that a code reads, also inside the functions that it makes."""
    inner = [name for constant in code.co_consts if isinstance(constant, CodeType) for name in _reads(constant)]
    own = [one.argval for one in dis.get_instructions(code) if one.opname in {"LOAD_GLOBAL", "LOAD_NAME"}]
    return tuple(dict.fromkeys([*own, *inner]))


def _copied(value: Any) -> Any:  # noqa: ANN401
    kind = type(value)
    if kind is np.ndarray:
        return value.copy(order="K")
    if kind is tuple or kind is list:
        return kind(_copied(item) for item in value)
    if kind is dict:
        return {key: _copied(item) for key, item in value.items()}
    if kind in _PLAIN or kind is float or kind is complex or isinstance(value, np.generic):
        return value
    if _is_record(kind):
        return kind(**{name: _copied(part) for name, part in _parts(value).items()})
    raise _NotPlainError


def _is_record(kind: type) -> bool:
    """Tell whether a value of this class is what it was made of: a frozen dataclass without anything hidden."""
    made = dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return made and all(one.init for one in dataclasses.fields(kind))


def _parts(record: Any) -> dict[str, Any]:  # noqa: ANN401
    return {one.name: getattr(record, one.name) for one in dataclasses.fields(record)}

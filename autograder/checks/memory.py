"""What trusted functions gave is remembered: the questions of a test are the same for every submission.

A function is asked again only where an argument differs in a bit. What cannot be told apart bit by bit, an answer's
proxy above all, is never looked up; nor is a function that changes its arguments or draws from NumPy's legacy
generator or Python's, for then more has happened than that it gave something. What tells values apart is in
`autograder.checks.keys`.
"""

from __future__ import annotations

import contextlib
import functools
import random
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, ParamSpec, TypeVar

import numpy as np

from autograder.checks.keys import LARGEST, PLAIN, NotPlainError, StandIn, is_record, key_of, parts_of

P = ParamSpec("P")
R = TypeVar("R")

_ROOM = 32 * 2**20


class Memory:
    """What functions gave, the latest used first to stay; a fresh copy is given each time.

    Parameters
    ----------
    forget : callable or None
        Called before a function is asked whose result is to be kept: lets it keep nothing of earlier calls by itself,
        which could tell less well than here what it was called with.

    Attributes
    ----------
    learns : bool
        Whether what is not known yet is kept.
    """

    def __init__(self, forget: Callable[[], None] | None = None) -> None:
        self._forget = forget
        self._asking = False
        self._known: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._used = 0
        # To look whether a function draws takes longer than most functions: no more than once for one that does.
        self._drawing: set[Callable[..., Any]] = set()
        self.learns = True

    def call(self, asked: StandIn[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        """Give what a function gives, or gave."""
        function = asked.function
        if function in self._drawing:
            return function(*args, **kwargs)
        try:
            key, size = key_of((asked, args, kwargs))
        except NotPlainError:
            return function(*args, **kwargs)
        if key in self._known:
            self._known.move_to_end(key)
            known: R = _copied(self._known[key][0])
            return known
        if not self.learns:
            return function(*args, **kwargs)
        before = _drawn()
        value = self._asked(function, args, kwargs)
        if before != _drawn():
            self._drawing.add(function)
            return value
        with contextlib.suppress(NotPlainError):
            if key == key_of((asked, args, kwargs))[0]:
                self._keep(key, _copied(value), size + key_of(value)[1])
        return value

    def _asked(self, function: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        if self._forget is None or self._asking:
            # Whoever asks this one may be keeping something just now.
            return function(*args, **kwargs)
        self._forget()
        try:
            self._asking = True
            return function(*args, **kwargs)
        finally:
            self._asking = False

    def _keep(self, key: Hashable, value: object, size: int) -> None:
        if size > LARGEST:
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


class Remembered(StandIn[P, R]):
    """A function whose results are remembered while a memory is in use; else it is the function.

    Parameters
    ----------
    function : callable
    space : dict or None
        The globals in which this stands in the function's place; None where it depends on nothing but its arguments.
    name : str
        Its name there.
    """

    def __init__(self, function: Callable[P, R], space: dict[str, Any] | None = None, name: str = "") -> None:
        super().__init__(function, vouched=space is None)
        self._space = {} if space is None else space
        self._name = name
        functools.update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function, or remember."""
        with self._away():
            return _active[-1].call(self, args, kwargs) if _active else self.function(*args, **kwargs)

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
    """Let a function be remembered that depends on nothing but its arguments; a decorator."""
    return Remembered(function)


def _drawn() -> tuple[Hashable, ...]:
    """Tell the states of NumPy's legacy generator and of Python's, as far as a draw changes them."""
    _, words, *places = np.random.get_state(legacy=True)
    return hash(np.asarray(words).tobytes()), *places, random.getstate()


def _copied(value: Any) -> Any:  # noqa: ANN401
    kind = type(value)
    if kind is np.ndarray:
        return value.copy(order="K")
    if kind is tuple or kind is list:
        return kind(_copied(item) for item in value)
    if kind is dict:
        return {key: _copied(item) for key, item in value.items()}
    if kind in PLAIN or kind is float or kind is complex or isinstance(value, np.generic):
        return value
    if is_record(kind):
        return kind(**{name: _copied(part) for name, part in parts_of(value).items()})
    raise NotPlainError

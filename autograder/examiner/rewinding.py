"""What trusted modules keep from one call to the next: whoever is graded next must find it as the first one did."""

from __future__ import annotations

import functools
import inspect
import random as python_random
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

_KINDS = (np.random.Generator, np.random.RandomState, python_random.Random)
_WITHOUT_STATE = (python_random.SystemRandom,)
_CACHE = type(functools.cache(len))


class Rewound:
    """Generators that are put back to where they stood when they were first seen.

    What they have spawned is not counted back: NumPy has no way to.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, Any]] = {}

    def learn(self, modules: Iterable[ModuleType]) -> None:
        """Look for generators that are not known yet.

        Parameters
        ----------
        modules : iterable of module
        """
        for module in modules:
            for value in vars(module).values():
                if isinstance(value, _KINDS) and not isinstance(value, _WITHOUT_STATE) and id(value) not in self._known:
                    self._known[id(value)] = value, _state_of(value)

    def rewind(self) -> None:
        """Put all of them back."""
        for generator, state in self._known.values():
            _put(generator, state)


def _state_of(generator: Any) -> Any:  # noqa: ANN401 - each kind has its own
    if isinstance(generator, np.random.Generator):
        return generator.bit_generator.state
    return generator.get_state() if isinstance(generator, np.random.RandomState) else generator.getstate()


def _put(generator: Any, state: Any) -> None:  # noqa: ANN401
    if isinstance(generator, np.random.Generator):
        generator.bit_generator.state = state
    elif isinstance(generator, np.random.RandomState):
        generator.set_state(state)
    else:
        generator.setstate(state)


class Forgotten:
    """What functions of trusted modules keep of earlier calls, to forget it.

    To a dictionary, 7 and 7.0 are one, and so are 1 and True: a function that keeps what it gave gives for the one what
    it gave for the other. So an answer that calls it, or that gives what a test calls it with, would choose what it
    gives later, to this test and to those of others.

    Parameters
    ----------
    package : str
        The one whose functions depend on their arguments alone, so that any dictionary that grows is such a memory.
        In others only the caches of `functools` are.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._caches: dict[int, Any] = {}
        self._dictionaries: dict[int, tuple[dict[Any, Any], frozenset[Any]]] = {}

    def learn(self, modules: Iterable[ModuleType]) -> None:
        """Look for what is not known yet.

        Parameters
        ----------
        modules : iterable of module
        """
        for module in modules:
            of_package = module.__name__.split(".")[0] == self._package
            for value in _kept(module):
                if isinstance(value, _CACHE):
                    self._caches[id(value)] = value
                elif of_package and type(value) is dict and id(value) not in self._dictionaries:
                    self._dictionaries[id(value)] = value, frozenset(value)

    def forget(self) -> None:
        """Empty the caches, and take out of the dictionaries what has come into them since they were first seen."""
        for cache in self._caches.values():
            cache.cache_clear()
        for dictionary, first in self._dictionaries.values():
            if len(dictionary) > len(first):
                for key in dictionary.keys() - first:
                    del dictionary[key]


def _kept(module: ModuleType) -> Iterator[Any]:
    """Give what a module has by names, and what its functions and classes hold."""
    for name, value in [*vars(module).items()]:
        if not name.startswith("__"):
            yield value
            if getattr(value, "__module__", None) == module.__name__:
                yield from _held(value)


def _held(value: object) -> Iterator[Any]:
    """Give what a function keeps in its defaults, its attributes and round it; and what a class has by names."""
    if isinstance(value, type):
        # Of a static method, the function.
        yield from (getattr(one, "__func__", one) for one in vars(value).values())
    if isinstance(value, FunctionType):
        yield from (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *vars(value).values())
        yield from inspect.getclosurevars(value).nonlocals.values()

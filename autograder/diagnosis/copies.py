"""Copies of what functions take and give, and what tells one such value from another."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np

# What gives something else each time that it is asked.
DRAWN_FROM = (np.random.Generator, np.random.RandomState, random.Random)


def copied(value: Any) -> Any:  # noqa: ANN401
    """Copy arrays, and the dictionaries, lists and tuples that hold some; all else is given as it is.

    A deep copy of the standard library would take longer than the functions that are asked.
    """
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return like(value, map(copied, value)) if isinstance(value, (list, tuple)) else value


def locked(value: Any) -> Any:  # noqa: ANN401
    """Copy arguments into arrays that cannot be changed, and generators that nobody else draws from."""
    if isinstance(value, np.ndarray):
        array = value.copy()
        array.flags.writeable = False
        return array
    if isinstance(value, dict):
        return {key: locked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return like(value, map(locked, value))
    return copy.deepcopy(value) if isinstance(value, DRAWN_FROM) else value


def holds(value: Any, kinds: tuple[type, ...]) -> bool:  # noqa: ANN401
    """Tell whether a value, or what a dictionary, list or tuple holds, is of some kinds."""
    if isinstance(value, dict):
        return any(holds(item, kinds) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(holds(item, kinds) for item in value)
    return isinstance(value, kinds)


def like(value: list[Any] | tuple[Any, ...], items: Iterable[Any]) -> Any:  # noqa: ANN401
    """Give a list or a tuple with other items, of the same class: a named tuple takes them one by one."""
    make: Callable[[Iterable[Any]], Any] = getattr(value, "_make", type(value))
    return make(items)


def key_of(value: Any) -> Hashable:  # noqa: ANN401
    """Give what equal values of that kind have in common, and no others.

    Raises
    ------
    TypeError
        Where a generator is among them, which is never the same again.
    """
    if isinstance(value, DRAWN_FROM):
        raise TypeError("a random generator has no key")
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, dict):
        return tuple((key, key_of(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(key_of, value))
    return type(value), value

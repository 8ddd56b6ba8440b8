"""Arguments that a call has changed in place: the test's own objects become what the candidate's copies are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

_MUTABLE = (list, dict, set, bytearray, np.ndarray)
# Of an object that nobody holds but a tuple of ours, and who asks.
_HELD_BY_US = 2


class Undoing:
    """What objects were before calls have changed them, to make them that again when a submission has been examined.

    Some are a helper module's own, which is the same for the next submission.
    """

    def __init__(self) -> None:
        self._before: dict[int, tuple[Any, Any]] = {}

    def keep(self, value: object) -> None:
        """Remember what an object and those in it are, unless that is known; and no longer those that nobody holds."""
        self._before = {n: pair for n, pair in self._before.items() if sys.getrefcount(pair[0]) > _HELD_BY_US}
        waiting = [value]
        while waiting:
            one = _owner(waiting.pop())
            if id(one) not in self._before:
                if isinstance(one, _MUTABLE) or _is_of_pandas(one):
                    self._before[id(one)] = one, one.copy()
                if isinstance(one, (list, tuple, dict)):
                    waiting += one.values() if isinstance(one, dict) else one

    def undo(self) -> None:
        """Make all of them what they were."""
        while self._before:
            value, before = self._before.popitem()[1]
            if isinstance(value, dict):
                value.clear()
                value.update(before)
            elif isinstance(value, (list, bytearray)):
                value[:] = before
            else:
                write_back(value, before)


def write_back(old: Any, new: Any) -> Any:  # noqa: ANN401
    """Change an object to what another one of its type is, as deep as they agree, and give it.

    Parameters
    ----------
    old : object
        The test's own; whoever else holds it, or a part of it, sees the change.
    new : object
        What came over the wire.

    Returns
    -------
    object
        `old`, or `new` where that is of another type or of another shape, or cannot be changed.
    """
    if type(old) is not type(new):
        return new
    if _is_of_pandas(old):
        # Frames and series have no public way to become another one.
        old._update_inplace(new)  # noqa: SLF001
        return old
    if not isinstance(old, (*_MUTABLE, tuple)):
        return new
    if isinstance(old, tuple):
        return tuple(_items(old, new))
    if isinstance(old, list):
        old[:] = _items(old, new)
    elif isinstance(old, dict):
        merged = {key: write_back(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(merged)
    elif isinstance(old, set):
        old.clear()
        old.update(new)
    elif isinstance(old, bytearray):
        old[:] = new
    elif old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable:
        old[...] = new
    else:
        return new
    return old


def _items(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    shared = [write_back(a, b) for a, b in zip(old, new, strict=False)]
    return shared + list(new[len(shared) :])


def _is_of_pandas(value: object) -> bool:
    return type(value).__module__.split(".")[0] == "pandas" and hasattr(value, "_update_inplace")


def _owner(value: Any) -> Any:  # noqa: ANN401
    """Give what an array is a part of, for the part may be a test's and the whole a module's."""
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
        value = value.base
    return value

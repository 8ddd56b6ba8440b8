"""Arguments that a call has changed in place: the test's own objects become what the candidate's copies are."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

MUTABLE = (list, dict, set, bytearray, np.ndarray)
_WITH_PARTS = frozenset({*MUTABLE, tuple})
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
                if isinstance(one, MUTABLE) or _is_of_pandas(one):
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


def parts_of(value: object) -> list[Any]:
    """Give the parts of an object that can change, as deep as they go; both sides find them in one order."""
    items = value.values() if type(value) is dict else value if type(value) in {list, tuple} else ()
    found = []
    for item in items:  # type: ignore[attr-defined]
        # Most are numbers.
        if type(item) in _WITH_PARTS:
            found += parts_of(item) if type(item) is tuple else [item, *parts_of(item)]
    return found


def whence(before: Sequence[object], value: object) -> list[int]:
    """Tell of each part of an object which of those it is that the object had before; -1 where it is none of them."""
    places = {id(part): place for place, part in enumerate(before)}
    now = parts_of(value)
    # What stands twice in an object is best taken for what stood at the same place.
    kept = [place < len(before) and before[place] is part for place, part in enumerate(now)]
    return [place if kept[place] else places.get(id(part), -1) for place, part in enumerate(now)]


def write_back(old: Any, new: Any, before: int = -1, parts: Sequence[int] = ()) -> Any:  # noqa: ANN401
    """Change an object to what another one of its type is, as deep as they agree, and give it.

    Parameters
    ----------
    old : object
        The test's own; whoever else holds it, or a part of it, sees the change.
    new : object
        What came over the wire.
    before : int
        How many parts the other side's copy had.
    parts : sequence of int
        Which of those the parts of the new one are; see `whence`. Where the numbers do not fit what is here, each part
        is taken for the one that stood at its place.

    Returns
    -------
    object
        `old`, or `new` where that is of another type or of another shape, or cannot be changed.
    """
    mine, others = parts_of(old), parts_of(new)
    fit = len(mine) == before and len(others) == len(parts)
    places = zip(others, parts, strict=True) if fit else ()
    return _Writing({id(one): mine[at] if 0 <= at < len(mine) else one for one, at in places}).become(old, new)


class _Writing:
    """Changes objects to what others are, where it is known which part of these is which part of those."""

    def __init__(self, known: Mapping[int, Any]) -> None:
        self._known = known
        self._open: list[int] = []

    def become(self, old: Any, new: Any) -> Any:  # noqa: ANN401
        """Change an object, its parts first; see `write_back`."""
        if type(old) is not type(new):
            return new
        if isinstance(old, (list, dict, tuple)):
            self._open.append(id(old))
            try:
                return self._with_parts(old, new)
            finally:
                self._open.pop()
        return new if old is new else _changed(old, new)

    def _with_parts(self, old: Any, new: Any) -> Any:  # noqa: ANN401
        if isinstance(old, dict):
            merged = {key: self._part(old.get(key, value), value) for key, value in new.items()}
            old.clear()
            old.update(merged)
            return old
        items = [self._part(a, b) for a, b in zip(old, new, strict=False)]
        items += [self._part(item, item) for item in new[len(items) :]]
        if isinstance(old, tuple):
            return tuple(items)
        old[:] = items
        return old

    def _part(self, old: Any, new: Any) -> Any:  # noqa: ANN401
        old = self._known.get(id(new), old)
        # No object is made a part of itself, whatever the other side says.
        return self.become(new if id(old) in self._open else old, new)


def _changed(old: Any, new: Any) -> Any:  # noqa: ANN401
    if _is_of_pandas(old):
        # Frames and series have no public way to become another one.
        old._update_inplace(new)  # noqa: SLF001
        return old
    if isinstance(old, set):
        old.clear()
        old.update(new)
    elif isinstance(old, bytearray):
        old[:] = new
    elif isinstance(old, np.ndarray) and old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable:
        old[...] = new
    else:
        return new
    return old


def _is_of_pandas(value: object) -> bool:
    return type(value).__module__.split(".")[0] == "pandas" and hasattr(value, "_update_inplace")


def _owner(value: Any) -> Any:  # noqa: ANN401
    """Give what an array is a part of, for the part may be a test's and the whole a module's."""
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
        value = value.base
    return value

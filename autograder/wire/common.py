"""What both sides hold: a list that an object has kept, one that an answer gives away and goes on using."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.errors import WireError
from autograder.wire.messages import Became
from autograder.wire.packing import Packer, fingerprint
from autograder.wire.writing_back import MUTABLE, parts_of, whence, write_back

_MOST = 100
# After each call all of them are looked at.
_LARGEST = 100_000


class Common:
    """Objects of which each side has a copy, by the numbers that the candidate gives them.

    In a kernel there is one object, and who changes it changes it for both.
    """

    def __init__(self) -> None:
        self._objects: dict[int, Any] = {}
        self._prints: dict[int, bytes] = {}
        self._parts: dict[int, list[Any]] = {}
        self._numbered = 0

    def __contains__(self, number: int) -> bool:
        return number in self._objects

    def number_of(self, value: object) -> int | None:
        """Give the number of an object, a new one where it has none; None where it is not followed."""
        known = next((number for number, one in self._objects.items() if one is value), None)
        if known is not None or not is_mutable(value):
            return known
        number = self._numbered
        self._numbered += 1
        self.add(number, value)
        return number if number in self else None

    def add(self, number: int, value: object) -> None:
        """Follow an object from now on, unless it is very large or one too many."""
        seen = _print_of(value)
        if seen is not None and len(self._objects) < _MOST:
            self._objects[number] = value
            self._look(number, seen)

    def changed(self) -> dict[int, tuple[Any, list[Any]]]:
        """Give the objects that have changed since they were last looked at, with the parts that they had then."""
        now = {number: _print_of(value) for number, value in self._objects.items()}
        found = {}
        for number, seen in now.items():
            if seen != self._prints[number]:
                value, before = self._objects[number], self._parts[number]
                if seen is not None:
                    found[number] = value, before
                self._look(number, seen)
        return found

    def become(self, number: int, value: object, before: int = -1, parts: Sequence[int] = ()) -> Any:  # noqa: ANN401
        """Change an object to what the other side's copy of it has become, and give it; see `write_back`."""
        one = self._objects[number] = write_back(self._objects[number], value, before, parts)
        self._look(number, _print_of(one))
        return one

    def _look(self, number: int, seen: bytes | None) -> None:
        """Note what an object is now; one that has become very large is followed no longer."""
        if seen is None:
            del self._objects[number], self._prints[number], self._parts[number]
        else:
            self._prints[number], self._parts[number] = seen, parts_of(self._objects[number])


def became(packer: Packer, value: object, before: Sequence[object]) -> Became:
    """Give the record of what an object has become that had some parts before; see `parts_of`."""
    return Became(packer.pack(value), len(before), whence(before, value))


def is_mutable(value: object) -> bool:
    """Tell whether it matters that a value is the very one."""
    return isinstance(value, MUTABLE)


def references(values: Mapping[str, object]) -> dict[str, int]:
    """Count who holds each of some objects, as far as it matters; only to be compared with another such count."""
    return {name: sys.getrefcount(value) for name, value in values.items() if is_mutable(value)}


def _print_of(value: object) -> bytes | None:
    try:
        seen = fingerprint(value)
    except WireError:
        return None
    return seen if len(seen) <= _LARGEST else None

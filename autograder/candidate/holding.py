"""Objects that stay in the candidate while the examiner speaks of them."""

from __future__ import annotations

import contextlib
from typing import Any

from autograder.errors import WireError
from autograder.wire import PROTOCOLS, Handle

_MOST = 100_000
_MAX_NAME = 200
_MAX_KINDS = 20
_COMPARING = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__", "__hash__", "__getitem__")


class Held:
    """The objects of one test cell that the examiner has been told of, each by one number."""

    def __init__(self) -> None:
        self._objects: list[object] = []
        self._numbers: dict[int, int] = {}

    def hold(self, value: object) -> Handle | None:
        """Give the handle of an object; None where there are too many."""
        number = self._numbers.get(id(value))
        if number is None:
            if len(self._objects) >= _MOST:
                return None
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        kind = type(value)
        kinds = [_name(one) for one in kind.__mro__[:-1]][:_MAX_KINDS]
        return Handle(number, kinds, _protocols(kind), _called(value), plain=_compares_as_a_tuple(kind))

    def get(self, handle: Handle) -> Any:  # noqa: ANN401
        """Give the object of a handle.

        Raises
        ------
        WireError
            Where there is none.
        """
        if not 0 <= handle.number < len(self._objects):
            raise WireError(f"there is no object number {handle.number}")
        return self._objects[handle.number]


def _protocols(kind: type) -> list[str]:
    found = [name for name in PROTOCOLS if getattr(kind, name, None) is not None]
    # Every object has these; what matters is whether its class says more.
    return [name for name in found if getattr(kind, name) is not getattr(object, name, None)]


def _compares_as_a_tuple(kind: type) -> bool:
    return issubclass(kind, tuple) and all(getattr(kind, name) is getattr(tuple, name) for name in _COMPARING)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"[:_MAX_NAME].encode("utf-8", "replace").decode()


def _called(value: object) -> str:
    """Give the name of a function or a class; an object's own code may answer, and raise whatever it likes."""
    with contextlib.suppress(Exception):
        name = getattr(value, "__name__", "")
        return name[:_MAX_NAME].encode("utf-8", "replace").decode() if isinstance(name, str) else ""
    return ""

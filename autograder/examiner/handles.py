"""What stands in the examiner for an object that stays in the candidate.

A stand-in can do what its object can: each use of it is a question to the candidate, and the answer is plain data or
another stand-in. What the candidate says of it is a claim. So that no claim decides a test that the source's own
solution did not leave to an object, everything that judges (comparisons, arithmetic, truth) is licensed: by what the
solution was asked in the same test cell. Named tuples are not asked: what they hold has come with them, and judges.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from autograder.errors import WireError, with_article
from autograder.wire import JUDGING, PROTOCOLS, Handle, Holding

# Their operations are Python's own, and give one item after another. An object that only claims to be one can do no
# more either: see `Items`. By the names of these it is known here; any other that gives items is known by none.
_HARMLESS = frozenset(
    {
        "builtins.generator",
        "builtins.map",
        "builtins.filter",
        "builtins.zip",
        "builtins.enumerate",
        "builtins.reversed",
        "builtins.list_iterator",
        "builtins.tuple_iterator",
        "builtins.set_iterator",
        "builtins.dict_keyiterator",
        "builtins.dict_keys",
        "builtins.dict_values",
        "builtins.dict_items",
    }
)
_TUPLE = "builtins.tuple"
_OF_TUPLES = frozenset(name for name in PROTOCOLS if name in vars(tuple))
_ITEM_BY_ITEM = frozenset({"__iter__", "__next__", "__len__", "__reversed__"})
_OF_ITERATORS = frozenset({"__iter__", "__next__", "__call__"})
# One judgement has several methods, and which of them Python asks is the class's choice: `a != b` without `__ne__` is
# `a == b`, `a += b` without `__iadd__` is `a + b`, and `if a` without `__bool__` asks how long it is.
_SAME_JUDGEMENT = {
    "__ne__": "__eq__",
    "__iadd__": "__add__",
    "__isub__": "__sub__",
    "__imul__": "__mul__",
    "__len__": "__bool__",
}
# Of two objects `a > b` is `b < a` where the class has only that.
_MIRRORED = {"__gt__": "__lt__", "__ge__": "__le__"}


class Licence:
    """What objects may be asked in one test cell.

    Parameters
    ----------
    learning : bool
        Whether the source's own solution answers now: then all is allowed, and remembered.
    """

    def __init__(self, *, learning: bool = False) -> None:
        self.learning = learning
        self._allowed: set[tuple[str, ...]] = set()

    def permits(self, *what: str) -> bool:
        """Tell whether something is allowed; while learning it is from now on."""
        if self.learning:
            self._allowed.add(what)
        return what in self._allowed

    def calls(self, name: str, kind: str) -> bool:
        """Tell whether a name is called and nothing else: a plain function, or what can be called in place of one.

        Parameters
        ----------
        name : str
        kind : str
            What the candidate says of it; see `Defined`.
        """
        if kind == "function":
            if self.learning:
                self._allowed.add(("function", name))
            return True
        return kind == "callable" and ("function", name) in self._allowed

    def judges_by_content(self, handle: Handle) -> bool:
        """Tell whether tuples of classes of their own are judged by what they hold, as Python does.

        So it is where the solution gave such as leave it to Python, and for others only where it gave none of these;
        else an answer's class would choose what a test concludes.
        """
        if self.learning:
            self._allowed.add(("tuples", "plain" if handle.plain else "own"))
        return ("tuples", "plain") in self._allowed and (handle.plain or ("tuples", "own") not in self._allowed)

    @property
    def of_objects(self) -> bool:
        """Whether the solution gave objects at all."""
        return any(what[0] == "kind" for what in self._allowed)

    def admitted(self, kinds: list[str]) -> list[str]:
        """Give those of an object's classes that the solution's objects had: by no other is it known here."""
        if self.learning:
            self._allowed.update(("kind", kind) for kind in kinds)
        return [kind for kind in kinds if ("kind", kind) in self._allowed]


class Asker(Protocol):
    """Whoever carries questions to a candidate.

    Attributes
    ----------
    licence : Licence
    doubted : bool
        Whether in the present test cell something was left undone for want of a licence.
    """

    licence: Licence
    doubted: bool

    def operate(
        self, handle: Handle, cell: int, operation: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401
        """Ask something of an object."""

    def trusted_class(self, kind: str) -> type | None:
        """Give the examiner's own class of a name."""


class Remote:
    """Base of all stand-ins; `remote` makes one that has the special methods of its object."""

    __slots__ = ("_asker", "_cell", "_handle")

    def __init__(self, asker: Asker, cell: int, handle: Handle) -> None:
        object.__setattr__(self, "_asker", asker)
        object.__setattr__(self, "_cell", cell)
        object.__setattr__(self, "_handle", handle)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # noqa: ANN401
        handle: Handle = object.__getattribute__(self, "_handle")
        found = map(object.__getattribute__(self, "_asker").trusted_class, handle.kinds)
        return next((kind for kind in found if kind is not None), Remote)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name in {"__name__", "__qualname__"} and self._handle.name:
            return self._handle.name
        # Not whatever the object claims to have: NumPy looks for some on the instance, and does what they say.
        if name.startswith("__") and name not in {"__dict__", "__call__", "__wrapped__"}:
            raise AttributeError(name)
        return _ask(self, "getattr", name)

    def __setattr__(self, name: str, value: object) -> None:
        _ask(self, "setattr", name, value)

    def __delattr__(self, name: str) -> None:
        _ask(self, "delattr", name)

    def __instancecheck__(self, one: object) -> bool:
        return isinstance(one, Remote) and bool(_ask(self, "isinstance", one))

    def __subclasscheck__(self, one: object) -> bool:
        return isinstance(one, Remote) and bool(_ask(self, "issubclass", one))

    def __str__(self) -> str:
        return str(_ask(self, "str"))

    def __repr__(self) -> str:
        return str(_ask(self, "repr"))

    def __format__(self, spec: str) -> str:
        return str(_ask(self, "format", spec))

    def __dir__(self) -> list[str]:
        return list(map(str, _ask(self, "dir")))

    def __hash__(self) -> int:
        return hash((id(self._asker), self._handle.number))

    def __eq__(self, other: object) -> Any:  # noqa: ANN401
        # As for any object whose class says nothing else.
        return same(self, other) or NotImplemented


class Items(Remote):
    """Base of stand-ins that give one item after another or are called, and say nothing else of themselves."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        raise AttributeError(name)


class Again(Items):
    """Base of those that can be gone through again: each time they give the same items, and they have as many.

    Their object is gone through once. Were it asked each time, it could have as many items as a test counts, and none
    when that compares them.
    """

    __slots__ = ("_coming", "_given")

    def _goes_on(self) -> bool:
        """Take one more item of the object's; tell whether there was one."""
        try:
            self._given.append(next(self._coming))
        except StopIteration:
            return False
        return True

    def _begun(self) -> list[Any]:
        """Give the list of the items that have come so far, which grows as they come."""
        try:
            given: list[Any] = object.__getattribute__(self, "_given")
        except AttributeError:
            given = []
            object.__setattr__(self, "_coming", iter(_ask(self, "__iter__")))
            object.__setattr__(self, "_given", given)
        return given

    def _whole(self) -> list[Any]:
        """Give the list of all items."""
        given = self._begun()
        while self._goes_on():
            pass
        return given

    def _each(self) -> Iterator[Any]:
        given, place = self._begun(), 0
        while place < len(given) or self._goes_on():
            yield given[place]
            place += 1


class Tuple(Remote):
    """Base of stand-ins of tuples that are judged by what they hold; for anything else their object is asked."""

    __slots__ = ("_value",)

    def __hash__(self) -> int:
        return hash(_content(self))


def same(one: object, other: object) -> bool:
    """Tell whether two stand-ins are of one object."""
    both = type(one).__mro__, type(other).__mro__
    if not all(Remote in kinds for kinds in both):
        return False
    a, b = (object.__getattribute__(x, "_handle") for x in (one, other))
    return bool(a.number == b.number)


def handle_of(value: object) -> Handle | None:
    """Give the handle behind a stand-in; None where it is none."""
    return object.__getattribute__(value, "_handle") if Remote in type(value).__mro__ else None


def remote(asker: Asker, cell: int, handle: Handle) -> Remote | Handle | Holding | None:
    """Make the stand-in of an object, as far as the asker's licence admits it; None where it may not be spoken of.

    Where the solution gave plain data only, an object that holds such is no more than that: then the handle itself is
    given back, for what it holds. Of a tuple that is judged by that, what makes its stand-in is given.

    Parameters
    ----------
    asker : Asker
    cell : int
        The test cell in which the object can be spoken of.
    handle : Handle
    """
    if kinds := asker.licence.admitted(handle.kinds):
        known = msgspec.structs.replace(handle, kinds=kinds, held=None)
        if _TUPLE in kinds and handle.held is not None and asker.licence.judges_by_content(handle):
            return Holding(functools.partial(_tuple, asker, cell, known))
        return _stand_in(Remote, _called(kinds), frozenset(PROTOCOLS) & {*handle.protocols})(asker, cell, known)
    if handle.held is not None and not asker.licence.of_objects:
        return handle
    asker.doubted = True
    # Where the solution's objects are called, so is whatever can be: what comes back judges nothing by itself.
    harmless = _ITEM_BY_ITEM | {"__call__"} if asker.licence.permits("__call__") else _ITEM_BY_ITEM
    if protocols := harmless & {*handle.protocols}:
        kinds = [kind for kind in handle.kinds[:1] if kind in _HARMLESS]
        known = msgspec.structs.replace(handle, kinds=kinds, held=None)
        again = "__iter__" in protocols and "__next__" not in protocols
        # What gives no items has none to count either.
        fitting = protocols if again else protocols & _OF_ITERATORS
        return _stand_in(Again if again else Items, _called(kinds), fitting)(asker, cell, known)
    return None


def _tuple(asker: Asker, cell: int, handle: Handle, held: object) -> Tuple:
    if type(held) is not tuple:
        raise WireError(f"an object that says it is a tuple holds {with_article(type(held).__name__)}")
    protocols = (frozenset(PROTOCOLS) & {*handle.protocols}) | _OF_TUPLES
    made: Tuple = _stand_in(Tuple, _called(handle.kinds), protocols)(asker, cell, handle)  # type: ignore[assignment]
    object.__setattr__(made, "_value", held)
    return made


_OF_ITEMS: dict[str, Callable[[Again], Any]] = {
    "__iter__": Again._each,  # noqa: SLF001 - no name of theirs may hide one of the object's
    "__len__": lambda one: len(one._whole()),  # noqa: SLF001
    "__reversed__": lambda one: reversed(one._whole()),  # noqa: SLF001
}


def _content(value: Any) -> Any:  # noqa: ANN401
    """Give what a tuple's stand-in holds; any other value as it is."""
    return object.__getattribute__(value, "_value") if Tuple in type(value).__mro__ else value


def _called(kinds: list[str]) -> str:
    """Name the class of a stand-in, as messages show it: by what is known of its object."""
    return kinds[0].rpartition(".")[2] if kinds else "object"


@functools.lru_cache(maxsize=512)
def _stand_in(base: type[Remote], name: str, protocols: frozenset[str]) -> type[Remote]:
    own = {one: _of_content(one) for one in _OF_TUPLES} if base is Tuple else _OF_ITEMS if base is Again else {}
    methods: dict[str, Any] = {one: own.get(one) or _method(one) for one in protocols}
    if "__eq__" in methods:
        methods["__hash__"] = base.__hash__
    # A class made here has a text of its own, none, which would be found before anything is asked.
    return type(name, (base,), {"__slots__": (), "__doc__": property(_text), **methods})


def _text(one: Remote) -> Any:  # noqa: ANN401
    return None if isinstance(one, Items) else _ask(one, "getattr", "__doc__")


def _of_content(name: str) -> Callable[..., Any]:
    def answer(self: Tuple, *args: Any) -> Any:  # noqa: ANN401
        return getattr(tuple, name)(_content(self), *map(_content, args))

    answer.__name__ = name
    return answer


def _method(name: str) -> Callable[..., Any]:
    def ask(self: Remote, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if name == "__eq__" and same(self, args[0]):
            return True
        if name == "__array__":
            return _ask(self, name)
        if name == "__exit__":
            return _left(self, args[0])
        return _ask(self, name, *args, **kwargs)

    ask.__name__ = name
    return ask


def _left(one: Remote, kind: type[BaseException] | None) -> bool:
    """End a `with` block; what has ended it early an object may swallow where it could have ended the solution's too.

    Else no answer would fail an assertion inside the block.
    """
    asker: Asker = object.__getattribute__(one, "_asker")
    raised = next((base.__name__ for base in kind.__mro__ if _can_be_told(base)), None) if kind else None
    told = raised is not None and asker.licence.permits("__exit__", raised)
    return bool(_ask(one, "__exit__", raised if told else None)) and told


def _can_be_told(kind: type) -> bool:
    """Tell whether an exception is one of Python's own that needs no more than its name."""
    return (
        kind.__module__ == "builtins"
        and issubclass(kind, Exception)
        and not issubclass(kind, (UnicodeError, BaseExceptionGroup))
    )


def _ask(one: Remote, operation: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
    asker: Asker = object.__getattribute__(one, "_asker")
    handle: Handle = object.__getattribute__(one, "_handle")
    if not asker.licence.permits(*_judgement(operation, args)) and operation in JUDGING:
        asker.doubted = True
        raise TypeError(f"an object of the candidate's may not be asked for {operation} here")
    return asker.operate(handle, object.__getattribute__(one, "_cell"), operation, args, kwargs)


def _judgement(operation: str, args: Sequence[object]) -> tuple[str, ...]:
    """Tell what a licence must allow for an operation: the same for all methods by which Python asks the same."""
    if operation == "__call__":
        return (operation,)
    others = tuple("object" if Remote in type(arg).__mro__ else "data" for arg in args)
    if others == ("object",):
        operation = _MIRRORED.get(operation, operation)
    return _SAME_JUDGEMENT.get(operation, operation), *others


def trusted_class(kind: str, space: Mapping[str, Any]) -> type | None:
    """Give the examiner's own class of a full name, from its own namespace or from a module that it has loaded."""
    module, _, name = kind.rpartition(".")
    if module == "__main__":
        # Looked up as a plain dictionary: a name that is not there is not to be asked for.
        mine = space.get(name)
        return mine if Remote not in type(mine).__mro__ and isinstance(mine, type) else None
    found = getattr(sys.modules.get(module), name, None)
    if module == "builtins" and found is None:
        import types  # noqa: PLC0415

        found = next((one for one in vars(types).values() if isinstance(one, type) and one.__name__ == name), None)
    return found if isinstance(found, type) else None

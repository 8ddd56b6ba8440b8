"""The messages between examiner and candidate.

One conversation::

    examiner                       candidate
    Load(cells, names)        ->             run the definitions that the names need
                              <-  Ready
    Fork(function)            ->             fork; the child answers from here on
                              <-  Forked
    Call(function, arguments) ->             the student's function runs
                              <-  Ask        it called a function of the examiner's
    Answer | Refuse           ->
                              <-  Returned | Raised
    Fetch(name)               ->
                              <-  Fetched
    Finish                    ->             the child ends; the parent waits for the next Fork
                              <-  Finished

Wherever values go, `drawn` tells the states of the generators among them and of earlier ones; see `generators`.

Where a notebook runs as in a kernel, `Load` brings no cells; they come in order, between the test cells::

    Run(cells, names)         ->             run these cells
                              <-  Ready
    Perform(test cell)        ->             run a test cell among the student's, where it cannot be examined
                              <-  Performed | Raised
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from autograder.wire.states import Drawn
from autograder.wire.values import FunctionRef, Handle, Value


class Cell(msgspec.Struct, array_like=True, frozen=True):
    """The source of one code cell; `given` marks the instructor's own, `part` tells which tests stand above it."""

    source: str
    given: bool
    part: int = 0


class Load(msgspec.Struct, tag="load", array_like=True, frozen=True):
    """Run what the names need. `modules` is a folder of the instructor's helper modules, or empty.

    `seconds` is what all of that may take. `ends` gives, by function, the part that its tests end. `kernel` says that
    cells will come one after another, and are to be run as a kernel runs them.
    """

    cells: list[Cell]
    names: list[str]
    modules: str
    seconds: float
    ends: dict[str, int] = {}
    kernel: bool = False


class Run(msgspec.Struct, tag="run", array_like=True, frozen=True):
    """Run whole cells in order, each for so many seconds at most; then tell what became of the names."""

    cells: list[Cell]
    names: list[str]
    seconds: float


class Perform(msgspec.Struct, tag="perform", array_like=True, frozen=True):
    """Run a test cell in the student's own namespace, as plain nbgrader does; its outcome proves nothing."""

    source: str
    file: str
    seconds: float


class Fork(msgspec.Struct, tag="fork", array_like=True, frozen=True):
    """Begin a test cell of a function, in a fresh copy of the state after the definitions."""

    function: str


class Became(msgspec.Struct, array_like=True, frozen=True):
    """What an object has become that both sides have a copy of.

    `before` is how many parts it had that can change, and `parts` tells which of these its parts now are, in order;
    -1 is none of them.
    """

    value: Value
    before: int
    parts: list[int]


class Call(msgspec.Struct, tag="call", array_like=True, frozen=True):
    """Call a function by its global name, with some globals replaced; one that is replaced by an `Opaque` is deleted.

    `random` is the state of NumPy's legacy generator: the 624 words, the position, whether a normal deviate is cached,
    and that deviate; None leaves the candidate's as it is. `python_random` is that of Python's own generator. Where
    there is a `target`, it is called in the function's place: a function that an `Ask` has handed over; or the call is
    an `operation` on an object, one of `OPERATIONS`. `common` has what the test has made of objects that the student's
    code holds on to, by the numbers of `Returned`.
    """

    function: str
    args: list[Value]
    kwargs: dict[str, Value]
    injected: dict[str, Value]
    random: tuple[bytes, int, int, float] | None
    target: Handle | FunctionRef | None = None
    operation: str = ""
    python_random: tuple[bytes, float | None] | None = None
    drawn: list[Drawn] = []
    common: dict[int, Became] = {}


def by_name(args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments of a call by what `Returned` calls them: those without a name by their places, from 1."""
    return {**{f"argument {place}": value for place, value in enumerate(args, 1)}, **kwargs}


class Fetch(msgspec.Struct, tag="fetch", array_like=True, frozen=True):
    """Ask for a global that is no function."""

    name: str


class Answer(msgspec.Struct, tag="answer", array_like=True, frozen=True):
    """What the examiner's function returned to an `Ask`."""

    value: Value
    drawn: list[Drawn] = []


class Refuse(msgspec.Struct, tag="refuse", array_like=True, frozen=True):
    """The examiner's function raised on an `Ask`."""

    type_name: str
    message: str
    drawn: list[Drawn] = []

    def exception(self) -> BaseException:
        """Give what the student's code gets to see: the built-in exception of that name, else a ``RuntimeError``."""
        kind = getattr(builtins, self.type_name, None)
        if not (isinstance(kind, type) and issubclass(kind, Exception)):
            return RuntimeError(self.message)
        try:
            return kind(self.message)
        except TypeError:
            # UnicodeDecodeError and its like want more than a message.
            return RuntimeError(self.message)


class Finish(msgspec.Struct, tag="finish", array_like=True, frozen=True):
    """End the test cell."""


class Defined(msgspec.Struct, array_like=True, frozen=True):
    """What became of a name that the tests need.

    `kind` is ``function``, ``value``, ``absent``, or where there is a definition ``unreadable`` or ``broken``, which
    Python could not read or run; `problem` says more about these last three. A kernel calls ``callable`` what is no
    plain function, and may be meant as one or as an object.
    """

    name: str
    kind: str
    problem: str

    @property
    def usable(self) -> bool:
        """Tell whether there is something by this name."""
        return self.kind in {"function", "callable", "value"}


class Ready(msgspec.Struct, tag="ready", array_like=True, frozen=True):
    """The definitions have run."""

    defined: list[Defined]
    notices: list[str]


class Forked(msgspec.Struct, tag="forked", array_like=True, frozen=True):
    """The child that will serve the test cell is there."""


class Ask(msgspec.Struct, tag="ask", array_like=True, frozen=True):
    """The student's code called a function of the examiner's.

    Among the arguments a function of the examiner's has the number that it came with; one of the student's has one
    below zero, and can be the target of a `Call`.
    """

    number: int
    args: list[Value]
    kwargs: dict[str, Value]
    drawn: list[Drawn] = []


class Returned(msgspec.Struct, tag="returned", array_like=True, frozen=True):
    """The call came back; `changed` names the arguments that it changed in place, see `by_name`.

    In a kernel `after` has what became of these, and `same` names the argument that the call gave back itself.
    `earlier` tells whether the call changed what the one before it had returned.
    There too `kept` has the numbers of what the student's code holds on to, an argument or the value, which is called
    nothing; and `later` has what such objects of earlier calls have become, by their numbers.
    """

    value: Value
    printed: str
    changed: list[str]
    stderr: bool = False
    after: dict[str, Became] = {}
    same: str = ""
    earlier: bool = False
    drawn: list[Drawn] = []
    kept: dict[str, int] = {}
    later: dict[int, Became] = {}


class Raised(msgspec.Struct, tag="raised", array_like=True, frozen=True):
    """The call raised.

    `type_names` are the names of the exception's class and its bases, nearest first; `where` is the student's line.
    `cause` says in words why, and `kind` names the kind of it; both may be empty.
    """

    type_names: list[str]
    message: str
    where: str
    printed: str
    kind: str = ""
    cause: str = ""
    drawn: list[Drawn] = []


class Fetched(msgspec.Struct, tag="fetched", array_like=True, frozen=True):
    """The value of a global."""

    value: Value
    drawn: list[Drawn] = []


class Performed(msgspec.Struct, tag="performed", array_like=True, frozen=True):
    """A test cell came to its end; `number` is the value of its last expression where that is a number."""

    number: float | None
    stderr: bool


class Finished(msgspec.Struct, tag="finished", array_like=True, frozen=True):
    """The child has ended as it should."""


FromExaminer = Load | Run | Perform | Fork | Call | Fetch | Answer | Refuse | Finish
FromCandidate = Ready | Performed | Forked | Ask | Returned | Raised | Fetched | Finished

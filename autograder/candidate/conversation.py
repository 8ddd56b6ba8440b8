"""The conversation with the examiner, seen from inside."""

from __future__ import annotations

import contextlib
import functools
import random as python_random
import weakref
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any

import msgspec
import numpy as np
from numpy import random  # else loaded on first use, anew in every candidate

from autograder.candidate.causes import cause_of
from autograder.candidate.definitions import Definitions
from autograder.candidate.holding import Held
from autograder.candidate.kernel import Kernel
from autograder.candidate.output import Capped
from autograder.candidate.places import place_of
from autograder.candidate.telling import message_of, sound
from autograder.errors import WireError
from autograder.wire import (
    OPERATIONS,
    Answer,
    Ask,
    Call,
    Channel,
    Common,
    Drawing,
    Fetch,
    Fetched,
    FromExaminer,
    FunctionRef,
    Generators,
    Handle,
    Opaque,
    Packer,
    Perform,
    Raised,
    Ready,
    Refuse,
    Returned,
    Run,
    Unpacker,
    became,
    by_name,
    fingerprint,
    is_mutable,
    parts_of,
    references,
)


def go_on(channel: Channel[FromExaminer], kernel: Kernel, message: Run | Perform) -> None:
    """Run cells of a notebook, or a test cell among them, and report.

    Parameters
    ----------
    channel : Channel
    kernel : Kernel
    message : Run or Perform
    """
    if isinstance(message, Run):
        with contextlib.redirect_stdout(Capped(0)), contextlib.redirect_stderr(Capped(0)):
            kernel.run_cells(message.cells, message.seconds)
        channel.send(Ready([kernel.report(name) for name in message.names], kernel.notices()))
        return
    try:
        with contextlib.redirect_stdout(Capped(0)):
            performed = kernel.perform(message.source, message.file, message.seconds)
        channel.send(performed)
    except BaseException as error:  # noqa: BLE001 - a test cell fails by what it raises
        channel.send(raised(error, "", kernel))


class Conversation:
    """Serves one test cell: calls of the student's functions, which may call back.

    Parameters
    ----------
    channel : Channel
    definitions : Definitions
    output_characters : int
    """

    def __init__(self, channel: Channel[FromExaminer], definitions: Definitions, output_characters: int) -> None:
        self._channel = channel
        self._definitions = definitions
        self._output_characters = output_characters
        # In a kernel, what is no plain data is spoken of by handles.
        self._held = Held() if isinstance(definitions, Kernel) else None
        self._generators = Generators(trusted=False)
        # What stands in for the examiner's functions, with their numbers; and functions that it may call back.
        self._stubs: weakref.WeakKeyDictionary[Callable[..., Any], int] = weakref.WeakKeyDictionary()
        self._handed_over: list[Callable[..., Any]] = []
        # What the last call returned, and its fingerprint then.
        self._returned: tuple[object, bytes] = None, fingerprint(None)
        self._common = Common()

    def until(self, *last: type[msgspec.Struct]) -> tuple[FromExaminer, memoryview]:
        """Serve requests until a message of a kind comes, and give that."""
        while True:
            message, buffers = self._channel.receive()
            if isinstance(message, last):
                return message, buffers
            if isinstance(message, Call):
                self._call(message, buffers)
            elif isinstance(message, Fetch):
                self._fetch(message)
            elif isinstance(message, Run) and isinstance(self._definitions, Kernel):
                go_on(self._channel, self._definitions, message)
            else:
                raise WireError(f"{type(message).__name__} came where it cannot")

    def _fetch(self, message: Fetch) -> None:
        packer = self._packer()
        record = packer.pack(self._definitions.namespace.get(message.name))
        self._channel.send(Fetched(record, self._generators.news()), packer.buffers)

    def _packer(self, refer: Callable[[Callable[..., Any]], int | None] = lambda _: None) -> Packer:
        hold = self._held.hold if self._held else None
        return Packer(refer, [], hold, self._generators.refer, bounded=True)

    def _refer(self, function: Callable[..., Any]) -> int:
        """Give the number of a function that one of the examiner's is called with."""
        if isinstance(function, FunctionType) and function in self._stubs:
            return self._stubs[function]
        self._handed_over.append(function)
        return -len(self._handed_over)

    def _unpacker(self, buffers: memoryview) -> Unpacker:
        return Unpacker(buffers, self._resolve, holding=self._held is not None, bounded=False)

    def _call(self, message: Call, buffers: memoryview) -> None:
        self._generators.trim()
        self._generators.learn(message.drawn)
        unpacker = self._unpacker(buffers)
        args = [unpacker.unpack(record) for record in message.args]
        kwargs = {name: unpacker.unpack(record) for name, record in message.kwargs.items()}
        injected = {name: unpacker.unpack(record) for name, record in message.injected.items()}
        for number, news in message.common.items():
            self._common.become(number, unpacker.unpack(news.value), news.before, news.parts)
        given = by_name(args, kwargs)
        before = {name: fingerprint(value) for name, value in given.items()}
        parts = {name: parts_of(value) for name, value in given.items()} if self._held else {}
        printed, errors = Capped(self._output_characters), Capped(1)
        if message.random is not None:
            _seed(*message.random)
        if message.python_random is not None:
            words, gaussian = message.python_random
            python_random.setstate((3, tuple(np.frombuffer(words, dtype=np.uint32).tolist()), gaussian))
        try:
            target = self._target(message)
            streams = contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors)
            held = references(given)
            with streams[0], streams[1], self._injected(injected):
                value, holders = _called(target, args, kwargs)
                kept = self._kept(given, held, value, holders) if self._held else {}
                # Within, for a generator runs no earlier.
                packer = self._packer()
                record = packer.pack(value)
            changed = [name for name, old in before.items() if fingerprint(given[name]) != old]
            after = {name: became(packer, given[name], parts[name]) for name in changed} if self._held else {}
            later = {number: became(packer, *found) for number, found in self._common.changed().items()}
            same = next((name for name in given if self._held and given[name] is value and is_mutable(value)), "")
            earlier = fingerprint(self._returned[0]) != self._returned[1]
            if not isinstance(message.target, FunctionRef):
                self._returned = value, fingerprint(value)
            drawn = self._generators.news()
            told = Returned(
                record, printed.text(), changed, bool(errors.text()), after, same, earlier, drawn, kept, later
            )
            self._channel.send(told, packer.buffers)
        except BaseException as error:  # noqa: BLE001 - every exception of the student's is an answer
            # What was to be told of generators may have been too much for a message together with the rest.
            drawn = self._generators.news(everything=True)
            told_so = raised(error, printed.text(), self._definitions)
            self._channel.send(msgspec.structs.replace(told_so, drawn=drawn))

    def _kept(
        self, given: Mapping[str, object], held: Mapping[str, int], value: object, holders: int
    ) -> dict[str, int]:
        """Give the numbers of the arguments, and of the value, that the student's code holds on to."""
        found = [(name, given[name]) for name, count in references(given).items() if count > held[name]]
        if holders > _ALONE:
            found.append(("", value))
        numbers = {name: self._common.number_of(one) for name, one in found}
        return {name: number for name, number in numbers.items() if number is not None}

    def _target(self, message: Call) -> Callable[..., Any]:
        if message.target is None:
            function: Callable[..., Any] = self._definitions.namespace[message.function]
            return function
        if isinstance(message.target, FunctionRef):
            return self._handed_over[-message.target.number - 1]
        if self._held is None:
            raise WireError("only a kernel holds objects")
        return functools.partial(OPERATIONS[message.operation], self._held.get(message.target))

    def _resolve(self, record: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
        if isinstance(record, FunctionRef):
            return self._stub(record)
        if isinstance(record, Drawing):
            return self._generators.find(record)
        if self._held is None:
            raise WireError("only a kernel holds objects")
        return self._held.get(record)

    @contextlib.contextmanager
    def _injected(self, replacements: dict[str, Any]) -> Any:  # noqa: ANN401
        namespace = self._definitions.namespace
        before = {name: namespace[name] for name in replacements if name in namespace}
        for name, value in replacements.items():
            if isinstance(value, Opaque):
                namespace.pop(name, None)
            else:
                namespace[name] = value
        try:
            yield
        finally:
            for name in replacements:
                namespace.pop(name, None)
            namespace.update(before)

    def _stub(self, ref: FunctionRef) -> Callable[..., Any]:
        """Stand in for a function of the examiner's."""

        def ask(*args: object, **kwargs: object) -> Any:  # noqa: ANN401
            packer = self._packer(self._refer)
            positional = [packer.pack(value) for value in args]
            named = {name: packer.pack(value) for name, value in kwargs.items()}
            self._channel.send(Ask(ref.number, positional, named, self._generators.news()), packer.buffers)
            reply, buffers = self.until(Answer, Refuse)
            assert isinstance(reply, (Answer, Refuse))  # noqa: S101 - `until` gives nothing else
            self._generators.learn(reply.drawn)
            if isinstance(reply, Refuse):
                raise reply.exception()
            return self._unpacker(buffers).unpack(reply.value)

        ask.__name__ = ask.__qualname__ = ref.name
        self._stubs[ask] = ref.number
        return ask


def raised(error: BaseException, printed: str, definitions: Definitions) -> Raised:
    """Report an exception of the student's.

    Parameters
    ----------
    error : BaseException
    printed : str
    definitions : Definitions
        The student's, which have the line that it came from.
    """
    names = [kind.__name__ for kind in type(error).__mro__[:-1]]
    place, kind, cause = None, "", ""
    # Looking for the cause meets whatever the student has made; none of it is worth more than the exception itself.
    with contextlib.suppress(Exception):
        place = place_of(error, definitions.source.lines)
        bound = {name for statement in definitions.source.statements for name in statement.binds}
        kind, cause = cause_of(error, place, definitions.problems, definitions.folder, bound)
    line = place.line if place else ""
    return Raised(names, message_of(error), sound(line), printed, sound(kind), sound(cause))


def _seed(words: bytes, position: int, has_gauss: int, gauss: float) -> None:
    """Put NumPy's legacy generator into a state."""
    # NumPy takes the words one by one: from a list ten times as fast as from an array.
    key = np.frombuffer(words, dtype=np.uint32).tolist()
    state = {"bit_generator": "MT19937", "state": {"key": key, "pos": position}}
    random.set_state({**state, "has_gauss": has_gauss, "gauss": gauss})


def _called(target: Callable[..., Any], args: Sequence[object], kwargs: Mapping[str, object]) -> tuple[Any, int]:
    """Call a function; give its value, and how many hold that."""
    value = target(*args, **kwargs)
    return value, references({"": value}).get("", 0)


# Of a value that nobody holds but the one who has called for it.
_ALONE = _called(list, (), {})[1]

"""The reference as if it were an answer: its arguments and its values take the way over the wire, in one process."""

from __future__ import annotations

import contextlib
import io
import random as python_random
import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.checks import Observation, injected
from autograder.errors import CandidateError, WireError, with_article
from autograder.examiner.line import TOO_LARGE
from autograder.examiner.remote import remote_exception, text_of
from autograder.examiner.unfit import Unfit, fault_of, way_out
from autograder.wire import (
    Drawing,
    FunctionRef,
    Generators,
    Handle,
    Packer,
    Raised,
    Refuse,
    Unpacker,
    by_name,
    fingerprint,
    is_hollow,
)

_OTHER_SEED = 20_140_317
_UNSEEDED = (
    "draws from Python's own random generator, whose state is handed to the answer's process only where a cell of the "
    "source notebook imports random."
)


class Mirror:
    """Calls trusted functions as a dialogue calls an answer's where only copies cross; a `Caller`.

    Parameters
    ----------
    functions : mapping of str to callable
    assignment : str
    seeds_python : bool
        Whether the state of Python's own random generator goes along with a call; see `Dialogue`.

    Attributes
    ----------
    unfit : list of str
        What did not cross, said to the instructor.
    changed : list of str
        What the functions changed in place and no test sees, said to the instructor.
    hollow : bool
        Whether a function has given something with which many comparisons hold; see `Unpacker`.
    """

    def __init__(
        self, functions: Mapping[str, Callable[..., Any]], assignment: str, *, seeds_python: bool = True
    ) -> None:
        self._functions = functions
        self._assignment = assignment
        self._seeds_python = seeds_python
        self._generators = Generators(trusted=True)
        self._stubs: weakref.WeakKeyDictionary[Callable[..., Any], Callable[..., Any]] = weakref.WeakKeyDictionary()
        # What the other side's own generators stand at; and what the last call returned there.
        self._elsewhere = _random_states(seeds_python=seeds_python)
        self._returned: tuple[object, bytes] = None, fingerprint(None)
        self.unfit: list[str] = []
        self.changed: list[str] = []
        self.hollow = False

    def call(
        self,
        function: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        replacements: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call one of the functions; see `Dialogue.call`."""
        right = self._functions[function]
        given, named = self._given(function, right, args, kwargs)
        answering = injected(
            _Answering(right, lambda value: self._answered(value, function)),
            **{name: self._stub(one) for name, one in replacements.items()},
        )
        known = by_name(given, named)
        # What an answer draws from the process's own generators, no test sees.
        self._elsewhere = states = _random_states(seeds_python=self._seeds_python)
        with self._other_side(), _Reported(), contextlib.redirect_stdout(io.StringIO()) as printed:
            before = {name: fingerprint(value) for name, value in known.items()}
            value, earlier = answering(*given, **named)
            changed = tuple(name for name, old in before.items() if fingerprint(known[name]) != old)
        if changed:
            what = ", ".join(changed)
            self.changed.append(f"{function} changes {what} in place, and is given copies of its arguments.")
        if not self._seeds_python and self._elsewhere[1] != states[1]:
            self.unfit.append(f"{function} {_UNSEEDED}")
        return Observation(value, printed.getvalue(), changed, earlier)

    def _answered(self, value: object, function: str) -> tuple[object, bool]:
        """Give what arrives of a value; and tell whether the one before it has been changed meanwhile."""
        crossed = self._handed_over(value, function)
        earlier = fingerprint(self._returned[0]) != self._returned[1]
        self._returned = value, fingerprint(value)
        return crossed, earlier

    def _given(
        self, function: str, right: Callable[..., Any] | None, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> tuple[list[Any], dict[str, Any]]:
        """Give what of a call's arguments arrives at the answer's side."""
        self._generators.trim()
        crossed = {name: self._crossed(value, self._stub) for name, value in by_name(args, kwargs).items()}
        for name, (_, lost) in crossed.items():
            self.unfit += [fault_of(Unfit(function, name, kind), right, self._assignment) for kind in lost]
        return [value for value, _ in list(crossed.values())[: len(args)]], {name: crossed[name][0] for name in kwargs}

    def _handed_over(self, value: object, function: str) -> object:
        crossed, lost = self._crossed(value)
        self.unfit += [f"{_kept(function, kind)} {way_out(self._assignment)}" for kind in lost]
        return crossed

    def _stub(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Stand in for a function of the test's, as the candidate's own stub does."""

        def ask(*args: object, **kwargs: object) -> object:
            given = [self._crossed(value, self._back)[0] for value in args]
            named = {name: self._crossed(value, self._back)[0] for name, value in kwargs.items()}
            try:
                with self._other_side():
                    value = function(*given, **named)
            except CandidateError:
                raise
            except Exception as error:
                raise Refuse(type(error).__name__, text_of(error)).exception() from error
            try:
                return self._crossed(value, self._stub)[0]
            except WireError:
                raise TOO_LARGE.exception() from None

        self._stubs[ask] = function
        return ask

    def _back(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give what a function of the test's is called with: one of its own kind, or what calls one of the answer's."""
        with contextlib.suppress(TypeError):
            if function in self._stubs:
                return self._stubs[function]

        def call_back(*args: object, **kwargs: object) -> object:
            name = "a function of the answer's"
            given, named = self._given(name, None, args, kwargs)
            with self._other_side(), _Reported():
                return self._handed_over(function(*given, **named), name)

        return call_back

    @contextlib.contextmanager
    def _other_side(self) -> Iterator[None]:
        """Draw from the other process's own generators meanwhile."""
        self._change_sides()
        try:
            yield
        finally:
            self._change_sides()

    def _change_sides(self) -> None:
        here = np.random.get_state(), python_random.getstate()
        numpys, pythons = self._elsewhere
        np.random.set_state(numpys)
        python_random.setstate(pythons)
        self._elsewhere = here

    def _crossed(
        self, value: object, stand_in: Callable[[Callable[..., Any]], Callable[..., Any]] | None = None
    ) -> tuple[Any, list[str]]:
        """Give what arrives of a value, and what of it does not; functions only where something stands in for them."""
        known: list[Callable[..., Any]] = []

        def refer(function: Callable[..., Any]) -> int | None:
            known.append(function)
            return len(known) - 1 if stand_in else None

        def resolve(record: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
            if isinstance(record, Drawing):
                return self._generators.find(record)
            assert stand_in is not None  # noqa: S101 - else there is no reference
            return stand_in(known[record.number])

        packer = Packer(refer, [], draws=self._generators.refer)
        record = packer.pack(value)
        buffers = memoryview(bytearray(b"".join(packer.buffers)))
        # An answer's values have bounds that a test's do not have; these have stubs for their functions.
        unpacker = Unpacker(buffers, resolve, bounded=stand_in != self._stub)
        value = unpacker.unpack(record)
        self.hollow |= stand_in is None and (unpacker.hollow or is_hollow(value))
        return value, packer.lost


def _kept(function: str, kind: str) -> str:
    return f"{function} gives {with_article(kind)}, alone or among others, which an answer's process cannot hand over."


class _Answering:
    """A function whose values cross before what stands in for its helpers is taken away again."""

    def __init__(self, function: Callable[..., Any], cross: Callable[[object], tuple[object, bool]]) -> None:
        self._function = function
        self._cross = cross
        self.__globals__ = getattr(function, "__globals__", {})

    def __call__(self, *args: object, **kwargs: object) -> Any:  # noqa: ANN401
        return self._cross(self._function(*args, **kwargs))


class _Reported(contextlib.AbstractContextManager[None]):
    """Raises what arrives of an exception that an answer's function raises.

    A class, for a generator that `contextlib` makes one of lets no ``StopIteration`` out.
    """

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, Exception) or (isinstance(error, CandidateError) and not isinstance(error, WireError)):
            # What the machine has no time or memory for is raised as it is.
            return
        kinds = [kind.__name__ for kind in type(error).__mro__[:-1]]
        raise remote_exception(Raised(kinds, text_of(error), "", "")) from error


def _random_states(*, seeds_python: bool) -> tuple[Any, Any]:
    """Give the states that an answer's process draws from: this one's, as far as they go along with a call."""
    pythons = python_random.getstate() if seeds_python else python_random.Random(_OTHER_SEED).getstate()  # noqa: S311
    return np.random.get_state(), pythons

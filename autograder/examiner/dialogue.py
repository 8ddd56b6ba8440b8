"""The examiner's side of a conversation with one candidate."""

from __future__ import annotations

import builtins
import contextlib
import random as python_random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from autograder.checks import Observation
from autograder.errors import CandidateError, CandidateTimeoutError, SandboxError, WireError
from autograder.examiner.guard import out_of_means
from autograder.examiner.handles import Licence, Remote, handle_of, library_class, remote
from autograder.examiner.remote import remote_exception, text_of
from autograder.examiner.writing_back import write_back
from autograder.limits import Limits
from autograder.results import one_line
from autograder.sandbox import Process, Sandbox
from autograder.wire import (
    Answer,
    Ask,
    Call,
    Cell,
    Channel,
    Defined,
    Fetch,
    Fetched,
    Finish,
    Finished,
    Fork,
    Forked,
    FromCandidate,
    FunctionRef,
    Handle,
    Load,
    Opaque,
    Packer,
    Perform,
    Performed,
    Raised,
    Ready,
    Refuse,
    Returned,
    Run,
    Unpacker,
)

_MAX_CALLBACKS = 100_000
_MAX_LATE_STARTS = 2
_MAX_NOTICES = 20
_MAX_NOTICE = 300
_MAX_REFUSAL = 500
# Seconds for the candidate to interrupt a cell by itself, after which the notebook goes on.
_GRACE = 2.0


class Dialogue:
    """Talks to the candidates of one submission; begins a new one where the old one was lost.

    Parameters
    ----------
    sandbox : Sandbox
    limits : Limits
    load : Load
        The submission's cells and the names that the tests need.
    shared : bool
        Whether all test cells share one copy of the state, as objects that outlive their test cell need it.

    Attributes
    ----------
    defined : dict of str to Defined
        What became of these names, after `open`.
    lost : CandidateError or None
        Why the present test cell has no candidate any more.
    knows_hidden : bool
        Whether the present candidate has served a test cell with hidden tests, and may say what it was asked.
    stale : bool
        Whether a test cell has spoken of an object of an earlier one, which is gone.
    stderr : bool
        Whether the candidate has written to its standard error during the present test cell.
    """

    def __init__(self, sandbox: Sandbox, limits: Limits, load: Load, *, shared: bool = False) -> None:
        self._sandbox = sandbox
        self._limits = limits
        self._load = load
        self._shared = shared
        self._in_child = False
        self._process: Process | None = None
        self._channel: Channel[Any] | None = None
        self._callbacks: list[Callable[..., Any]] = []
        self._cell_deadline = 0.0
        self.defined: dict[str, Defined] = {}
        self.notices: list[str] = []
        self.lost: CandidateError | None = None
        self.knows_hidden = False
        self._late_starts = 0
        self._undefinable: CandidateError | None = None
        self._passed: list[Cell] = []
        self._names: Sequence[str] = ()
        self._random: object = None
        self._python_random: object = None
        self._cell = 0
        self._space: Mapping[str, Any] = {}
        self.stderr = self.stale = False
        self.licence = Licence()

    def open(self) -> None:
        """Start a candidate and have it run the definitions, unless one is ready.

        Raises
        ------
        CandidateError
            Where the definitions do not end well.
        """
        if self._channel is not None:
            return
        if self._undefinable is not None:
            raise self._lose(self._undefinable)
        # The candidate imports the helper modules from where they lie.
        readable = [self._load.modules] if self._load.modules else []
        process = self._sandbox.begin(self._limits, readable)
        self._process = process
        self._channel = Channel(process.reading, process.writing, FromCandidate)
        deadline = time.monotonic() + self._limits.seconds_to_define
        try:
            self._define(self._load, self._load.names, deadline)
            if self._passed:
                self._run(self._passed)
        except CandidateTimeoutError as error:
            # Tried once more, for the machine may have been busy; not for every test cell.
            self._late_starts += 1
            self._undefinable = error if self._late_starts == _MAX_LATE_STARTS else None
            raise

    def advance(self, cells: Sequence[Cell], names: Sequence[str]) -> None:
        """Have the candidate run the notebook's next cells, as a kernel would.

        Parameters
        ----------
        cells : sequence of Cell
            A candidate that is begun later runs them too.
        names : sequence of str
            The names that `defined` is to tell of from now on.

        Raises
        ------
        CandidateError
            Where they do not end well.
        """
        self.lost = None
        with self._means():
            # What has been run before is run again where there is no candidate any more.
            self.open()
            self._passed += cells
            self._names = names
            try:
                self._run(cells)
            except SandboxError:
                raise
            except CandidateError as error:
                self._undefinable = error
                raise

    def perform(self, source: str, file: str) -> Performed:
        """Have the candidate run a test cell itself; to be called between test cells.

        Raises
        ------
        Exception
            What the test cell raised there.
        CandidateError
            Where there was no answer.
        """
        with self._means():
            self.open()
            seconds = self._limits.seconds_per_cell
            message = Perform(source, file, seconds)
            reply, _ = self._exchange(message, (), time.monotonic() + seconds + _GRACE, Performed, Raised)
        if isinstance(reply, Raised):
            raise remote_exception(self._proved(reply))
        performed: Performed = reply
        return performed

    def _run(self, cells: Sequence[Cell]) -> None:
        seconds = self._limits.seconds_per_cell
        patience = min(seconds * len(cells), self._limits.seconds_to_define) + _GRACE
        self._define(Run(list(cells), list(self._names), seconds), self._names, time.monotonic() + patience)

    def _define(self, message: Load | Run, names: Sequence[str], deadline: float) -> None:
        ready, _ = self._exchange(message, (), deadline, Ready)
        if {item.name for item in ready.defined} != set(names):
            raise self._lose(WireError("the report on the definitions has other names than were asked for"))
        self.defined = {item.name: item for item in ready.defined}
        self.notices = [one_line(notice, _MAX_NOTICE) for notice in ready.notices[:_MAX_NOTICES]]

    def begin_cell(self, *, hidden: bool) -> None:
        """Give the next test cell a fresh copy of the state after the definitions.

        Parameters
        ----------
        hidden : bool
            Whether the cell has hidden tests.

        Raises
        ------
        CandidateError
            Where there is none to be had.
        """
        # Forgotten first: where no candidate can be started, that is not the fault of the last one's loss.
        self.lost = None
        with self._means():
            self.open()
            self._callbacks = []
            self._cell_deadline = time.monotonic() + self._limits.seconds_per_cell
            if not self._in_child:
                self._exchange(Fork(), (), self._deadline(), Forked)
                self._in_child = self._shared
                self._cell += 1
        self._random, self._python_random, self.stderr = None, None, False
        self.knows_hidden |= hidden

    def end_cell(self) -> None:
        """End the test cell; one that does not end as it should costs the candidate its life."""
        if self.lost is None and not self._in_child:
            try:
                self._exchange(Finish(), (), self._deadline(), Finished)
            except CandidateError:
                # What the cell was worth is decided already; the next one starts from a new candidate.
                self.lost = None

    def close(self) -> None:
        """End the candidate; where the fork-server is gone, it has ended already."""
        with contextlib.suppress(SandboxError):
            self._end()

    def fetch(self, name: str) -> Any:  # noqa: ANN401
        """Give a copy of a global value."""
        with self._means():
            message, buffers = self._exchange(Fetch(name), (), self._deadline(), Fetched)
            return self._unpack([message.value], buffers)[0]

    def knows(self, space: Mapping[str, Any]) -> None:
        """Say what the examiner's own namespace is, whose classes a candidate's may be derived from."""
        self._space = space

    def trusted_class(self, kind: str) -> type | None:
        """Give the examiner's own class of a name that a candidate gave."""
        module, _, name = kind.rpartition(".")
        if module != "__main__":
            return library_class(kind)
        found = dict.get(self._space, name)  # type: ignore[arg-type]
        return found if Remote not in type(found).__mro__ and isinstance(found, type) else None

    def operate(self, handle: Handle, cell: int, operation: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Ask something of an object of the candidate's; see `call`."""
        if cell != self._cell:
            self.stale = True
            raise RuntimeError("an object of the candidate's cannot be spoken of in a later test cell")
        return self._called(operation, args, kwargs, {}, handle).value

    def call(
        self,
        function: str,
        args: Sequence[object],
        kwargs: Mapping[str, object],
        injected: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call a function of the candidate's with copies of plain data.

        Parameters
        ----------
        function : str
        args, kwargs : sequence, mapping
        injected : mapping of str to callable
            Globals of the candidate's to replace during the call by callbacks to the examiner.

        Returns
        -------
        Observation

        Raises
        ------
        Exception
            The built-in exception that the function raised, or `RemoteError` in place of one that is no built-in.
        CandidateError
            Where there was no answer.
        """
        if self._load.kernel:
            injected = {**injected, **_asked_for()}
        return self._called(function, args, kwargs, injected)

    def _called(
        self,
        function: str,
        args: Sequence[object],
        kwargs: Mapping[str, object],
        injected: Mapping[str, Callable[..., Any]],
        target: Handle | None = None,
    ) -> Observation:
        if self.lost is not None:
            raise self.lost
        with self._means():
            packer = self._packer()
            message = Call(
                "" if target else function,
                [packer.pack(value) for value in args],
                {name: packer.pack(value) for name, value in kwargs.items()},
                {name: FunctionRef(self._refer(value), name) for name, value in injected.items()},
                self._news_of_random(),
                target,
                function if target else "",
                self._news_of_python_random(),
            )
            reply, buffers = self._exchange(message, packer.buffers, self._deadline(), Returned, Raised)
            told = [reply.value, *reply.after.values()] if isinstance(reply, Returned) else []
            values = self._unpack(told, buffers)
        if self._load.kernel and reply.printed:
            sys.stdout.write(reply.printed)
        if isinstance(reply, Raised):
            raise remote_exception(self._proved(reply))
        arguments = dict(zip((f"argument {n}" for n in range(1, len(args) + 1)), args, strict=True)) | dict(kwargs)
        if not arguments.keys() >= {*reply.changed, *reply.after}:
            # Checks quote these names, and the candidate chose them.
            raise self._lose(WireError("the report on changed arguments has other names than the call had"))
        self.stderr |= reply.stderr
        value = values[0]
        if self._load.kernel and (reply.after or reply.same):
            value = self._written_back(reply, arguments, values)
        return Observation(value, reply.printed, tuple(dict.fromkeys(reply.changed)))

    def _written_back(self, reply: Returned, arguments: Mapping[str, object], values: Sequence[Any]) -> Any:  # noqa: ANN401
        """Change the test's arguments as the call has changed them, where the source's own solution changes some too."""
        if reply.after and self.licence.permits("writes"):
            for name, after in zip(reply.after, values[1:], strict=True):
                write_back(arguments[name], after)
        same = arguments.get(reply.same)
        if same is not None and type(same) is type(values[0]) and self.licence.permits("same"):
            return write_back(same, values[0])
        return values[0]

    def _packer(self) -> Packer:
        return Packer(self._refer, [], handle_of if self._load.kernel else None)

    def _news_of_python_random(self) -> tuple[bytes, float | None] | None:
        """Give the state of Python's own generator where a test has drawn from it or seeded it."""
        if not self._load.kernel:
            return None
        _, words, gaussian = state = python_random.getstate()
        if state == self._python_random:
            return None
        self._python_random = state
        return np.array(words, dtype=np.uint32).tobytes(), gaussian

    def _news_of_random(self) -> tuple[bytes, int, int, float] | None:
        """Give the random state that a call begins with; in a kernel, what the last call left, unless a test drew."""
        state = _random_state()
        if self._load.kernel and state == self._random:
            return None
        self._random = state
        return state

    def _proved(self, raised: Raised) -> Raised:
        """Keep the place of an exception only where the notebook has such a line."""
        lines = (line.strip() for cell in self._load.cells for line in cell.source.split("\n"))
        return raised if raised.where in lines else msgspec.structs.replace(raised, where="")

    def _exchange(
        self, message: msgspec.Struct, buffers: Sequence[bytes], deadline: float, *wanted: type
    ) -> tuple[Any, memoryview]:
        """Send one message and serve callbacks until one of the wanted kinds of answer comes."""
        if self._channel is None:
            raise self._lose(CandidateError("there is no candidate"))
        try:
            self._channel.send(message, buffers, deadline)
            for _ in range(_MAX_CALLBACKS):
                # Reading finds out only where it has to wait.
                if time.monotonic() > deadline:
                    raise CandidateTimeoutError("no answer in time")
                reply, data = self._channel.receive(deadline)
                if isinstance(reply, wanted):
                    return reply, data
                if not isinstance(reply, Ask):
                    raise WireError(f"{type(reply).__name__} came where it cannot")
                self._answer(reply, data, deadline)
            raise CandidateTimeoutError(f"it called back more than {_MAX_CALLBACKS} times")
        except CandidateError as error:
            raise self._lose(error) from None

    def _answer(self, ask: Ask, data: memoryview, deadline: float) -> None:
        """Compute a callback. What it raises on the candidate's arguments goes back to the candidate."""
        if self._channel is None:
            raise CandidateError("there is no candidate")
        if not 0 <= ask.number < len(self._callbacks):
            raise WireError(f"there is no function number {ask.number}")
        values = self._unpack([*ask.args, *ask.kwargs.values()], data)
        args, kwargs = values[: len(ask.args)], dict(zip(ask.kwargs, values[len(ask.args) :], strict=True))
        packer = self._packer()
        try:
            record = packer.pack(self._callbacks[ask.number](*args, **kwargs))
        except (CandidateError, MemoryError, OSError) as error:
            if not hasattr(error, "raised"):
                raise
            self._refuse(error, deadline)
        except Exception as error:  # noqa: BLE001 - wrong arguments make a trusted function raise anything
            self._refuse(error, deadline)
        else:
            self._channel.send(Answer(record), packer.buffers, deadline)

    def _unpack(self, records: Iterable[Any], data: memoryview) -> list[Any]:
        unpacker = Unpacker(data, self._resolved)
        values = [unpacker.unpack(record) for record in records]
        unpacker.finish()
        return values

    def _resolved(self, ref: FunctionRef | Handle) -> Any:  # noqa: ANN401
        if isinstance(ref, FunctionRef) or not self._load.kernel or not self.licence.admits(ref.kinds):
            return Opaque(f"object {ref.name}")
        return remote(self, self._cell, ref)

    def _refer(self, function: Callable[..., Any]) -> int:
        self._callbacks.append(function)
        return len(self._callbacks) - 1

    def _deadline(self) -> float:
        return min(time.monotonic() + self._limits.seconds_per_call, self._cell_deadline)

    def _refuse(self, error: Exception, deadline: float) -> None:
        if self._channel is not None:
            self._channel.send(Refuse(type(error).__name__, text_of(error)[:_MAX_REFUSAL]), (), deadline)

    @contextlib.contextmanager
    def _means(self) -> Iterator[None]:
        """End the test cell, whatever the test itself makes of it, when the examiner runs out of something."""
        try:
            yield
        except (MemoryError, OSError) as error:
            raise self._lose(out_of_means(error)) from error

    def _lose(self, error: CandidateError) -> CandidateError:
        self.lost = error
        try:
            self._end()
        except SandboxError as ours:
            # The fork-server took the candidate with it: so the silence was not the student's fault.
            self.lost = ours
        return self.lost

    def _end(self) -> None:
        if self._channel is not None and self._process is not None:
            self._channel.close()
            self._channel = None
            self._in_child = False
            self.knows_hidden = False
            self._sandbox.end(self._process)


def _random_state() -> tuple[bytes, int, int, float]:
    """Give the state of NumPy's legacy generator, so that a test's seed seeds the answer too."""
    _, words, position, has_gauss, gauss = np.random.get_state(legacy=True)
    return np.asarray(words, dtype=np.uint32).tobytes(), int(position), int(has_gauss), float(gauss)


_INPUT, _STDIN = builtins.input, sys.stdin


def _asked_for() -> dict[str, Callable[..., Any]]:
    """Give what a test has put in the place of the keyboard."""
    patched = builtins.input is not _INPUT or sys.stdin is not _STDIN
    return {"input": builtins.input} if patched else {}

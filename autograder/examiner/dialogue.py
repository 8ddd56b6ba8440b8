"""The examiner's side of a conversation with one candidate."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from autograder.checks import Observation
from autograder.errors import CandidateCrashedError, CandidateError, CandidateTimeoutError, SandboxError, WireError
from autograder.examiner.guard import out_of_means, timely, undisturbed
from autograder.examiner.handles import Licence
from autograder.examiner.patience import Deadline, Patience
from autograder.examiner.remote import remote_exception, text_of
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
    Raised,
    Ready,
    Refuse,
    Returned,
    Run,
    Unpacker,
)

_MAX_CALLBACKS = 100_000
_MAX_FAILED_STARTS = 2
_MAX_NOTICES = 20
_MAX_NOTICE = 300
_MAX_REFUSAL = 500
_REFUSED = "the function that a test gave does not take these arguments"


class Dialogue:
    """Talks to the candidates of one submission; begins a new one where the old one was lost.

    Parameters
    ----------
    sandbox : Sandbox
    limits : Limits
    load : Load
        The submission's cells and the names that the tests need.

    Attributes
    ----------
    defined : dict of str to Defined
        What became of these names, after `open`.
    lost : CandidateError or None
        Why the present test cell has no candidate any more.
    knows_hidden : bool
        Whether the present candidate has served a test cell with hidden tests, and may say what it was asked.
    unprompted : bool
        Whether `defined` and `notices` are the words of a candidate that had seen no hidden test; else they have none.
    stderr : bool
        Whether the candidate has written to its standard error during the present test cell.
    licence, writes, withheld, doubted, stale
        See `KernelDialogue`; where only copies cross, they never change.
    """

    licence = Licence()
    writes = withheld = doubted = stale = False

    def __init__(self, sandbox: Sandbox, limits: Limits, load: Load) -> None:
        self._sandbox = sandbox
        self._limits = limits
        self._load = load
        self._process: Process | None = None
        self._channel: Channel[Any] | None = None
        self._callbacks: list[Callable[..., Any]] = []
        self.patience = Patience()
        self._cell_deadline: Deadline | None = None
        self.defined: dict[str, Defined] = {}
        self.notices: list[str] = []
        self.lost: CandidateError | None = None
        self.knows_hidden = False
        self.unprompted = True
        self._failed_starts = 0
        self._undefinable: CandidateError | None = None
        self.stderr = False

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
        self.patience = Patience(process.pid)
        try:
            self._define(self._load, self._load.names, Deadline(self._limits.seconds_to_define, self.patience))
            self._catch_up()
        except (CandidateTimeoutError, CandidateCrashedError) as error:
            # Tried once more, for the machine may have been busier than is counted, or have killed it; not for every
            # test cell.
            self._failed_starts += 1
            self._undefinable = error if self._failed_starts == _MAX_FAILED_STARTS else None
            raise

    def _catch_up(self) -> None:
        """Bring a new candidate to where the last one was; here nothing is missing."""

    def _define(self, message: Load | Run, names: Sequence[str], deadline: Deadline) -> None:
        ready, _ = self._exchange(message, (), deadline, Ready)
        if {item.name for item in ready.defined} != set(names):
            raise self._lose(WireError("the report on the definitions has other names than were asked for"))
        self.unprompted = not self.knows_hidden
        told = ready.defined
        if self.unprompted:
            self.notices = [one_line(notice, _MAX_NOTICE) for notice in ready.notices[:_MAX_NOTICES]]
        else:
            # Cells of the student's that run now may raise what a hidden test has asked.
            told = [msgspec.structs.replace(item, problem="") for item in told]
        self.defined = {item.name: item for item in told}

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
            self.patience = Patience(self._process.pid if self._process else None)
            self._cell_deadline = Deadline(self._limits.seconds_per_cell, self.patience)
            self._fork()
        self.stderr = False
        self.knows_hidden |= hidden

    def _fork(self) -> None:
        self._exchange(Fork(), (), self._deadline(), Forked)

    @property
    def broke_off(self) -> bool:
        """Whether the candidate ended by itself, or was killed by the machine: what is tried again tells."""
        return isinstance(self.lost, CandidateCrashedError)

    def end_cell(self) -> None:
        """End the test cell; one that does not end as it should costs the candidate its life."""
        if self.lost is None:
            try:
                self._finish()
            except CandidateError:
                # What the cell was worth is decided already; the next one starts from a new candidate.
                self.lost = None

    def _finish(self) -> None:
        self._exchange(Finish(), (), self._deadline(), Finished)

    def close(self) -> None:
        """End the candidate; where the fork-server is gone, it has ended already."""
        with contextlib.suppress(SandboxError):
            self._end()

    def fetch(self, name: str) -> Any:  # noqa: ANN401
        """Give a copy of a global value."""
        with self._means():
            message, buffers = self._exchange(Fetch(name), (), self._deadline(), Fetched)
            return self._unpack([message.value], buffers)[0]

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
        packer = self._packer()
        with self._means():
            message = Call(
                function,
                [packer.pack(value) for value in args],
                {name: packer.pack(value) for name, value in kwargs.items()},
                {name: FunctionRef(self._refer(value), name) for name, value in injected.items()},
                random_state(),
            )
        reply, (value,) = self._ask(message, packer)
        return Observation(value, reply.printed, tuple(dict.fromkeys(reply.changed)), reply.earlier)

    def _ask(self, message: Call, packer: Packer) -> tuple[Returned, list[Any]]:
        """Send a call; give the reply, its value, and what became of arguments, where it tells that."""
        if self.lost is not None:
            raise self.lost
        with self._means():
            reply, buffers = self._exchange(message, packer.buffers, self._deadline(), Returned, Raised)
            told = [reply.value, *reply.after.values()] if isinstance(reply, Returned) else []
            values = self._unpack(told, buffers)
        self._printed(reply.printed)
        if isinstance(reply, Raised):
            raise self._exception(self._proved(reply))
        if not _arguments(message).issuperset([*reply.changed, *reply.after]):
            # Checks quote these names, and the candidate chose them.
            raise self._lose(WireError("the report on changed arguments has other names than the call had"))
        self.stderr |= reply.stderr
        return reply, values

    def _printed(self, text: str) -> None:
        """Do nothing with what a call has printed: it stands in the observation."""

    def _exception(self, raised: Raised) -> Exception:
        return remote_exception(raised)

    def _packer(self) -> Packer:
        return Packer(self._refer, [])

    def _proved(self, raised: Raised) -> Raised:
        """Keep the place of an exception only where the notebook has such a line."""
        lines = (line.strip() for cell in self._cells() for line in cell.source.split("\n"))
        return raised if raised.where in lines else msgspec.structs.replace(raised, where="")

    def _cells(self) -> Sequence[Cell]:
        return self._load.cells

    def _exchange(
        self, message: msgspec.Struct, buffers: Sequence[bytes], deadline: Deadline, *wanted: type
    ) -> tuple[Any, memoryview]:
        """Send one message; serve callbacks until one of the wanted kinds of answer comes, where that ends a call.

        At any other time nothing limits what a callback may take of the examiner.
        """
        if self._channel is None:
            raise self.lost or self._lose(CandidateError("there is no candidate"))
        try:
            self._channel.send(message, buffers, deadline)
            for _ in range(_MAX_CALLBACKS):
                # Reading finds out only where it has to wait.
                if deadline.left() <= 0:
                    raise CandidateTimeoutError("no answer in time")
                reply, data = self._channel.receive(deadline)
                if isinstance(reply, wanted):
                    return reply, data
                if not isinstance(reply, Ask) or Returned not in wanted:
                    raise WireError(f"{type(reply).__name__} came where it cannot")
                self._answer(reply, data, deadline)
            raise CandidateTimeoutError(f"it called back more than {_MAX_CALLBACKS} times")
        except CandidateError as error:
            raise self._lose(error) from None

    def _answer(self, ask: Ask, data: memoryview, deadline: Deadline) -> None:
        """Compute a callback. What it raises on the candidate's arguments goes back to the candidate."""
        if self._channel is None:
            raise CandidateError("there is no candidate")
        if not 0 <= ask.number < len(self._callbacks):
            raise WireError(f"there is no function number {ask.number}")
        values = self._unpack([*ask.args, *ask.kwargs.values()], data)
        args, kwargs = values[: len(ask.args)], dict(zip(ask.kwargs, values[len(ask.args) :], strict=True))
        packer = self._packer()
        try:
            with timely(deadline):
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
        unpacker = self._unpacker(data)
        values = [unpacker.unpack(record) for record in records]
        unpacker.finish()
        return values

    def _unpacker(self, data: memoryview) -> Unpacker:
        return Unpacker(data, self._resolved)

    def _resolved(self, ref: FunctionRef | Handle) -> Any:  # noqa: ANN401
        return Opaque(f"function {ref.name}")

    def _refer(self, function: Callable[..., Any]) -> int:
        self._callbacks.append(function)
        return len(self._callbacks) - 1

    def _deadline(self) -> Deadline:
        return Deadline(self._limits.seconds_per_call, self.patience, self._cell_deadline)

    def _refuse(self, error: Exception, deadline: Deadline) -> None:
        if self._channel is not None:
            # Python's words name a hidden test's functions and their parameters.
            text = _REFUSED if self.knows_hidden else text_of(error)[:_MAX_REFUSAL]
            self._channel.send(Refuse(type(error).__name__, text), (), deadline)

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
            # It may start a new fork-server, which takes longer than a test cell may have left.
            with undisturbed():
                self._end()
        except SandboxError as ours:
            # The fork-server took the candidate with it: so the silence was not the student's fault.
            self.lost = ours
        return self.lost

    def _end(self) -> None:
        if self._channel is not None and self._process is not None:
            self._channel.close()
            self._channel = None
            self.knows_hidden = False
            self._sandbox.end(self._process)


def _arguments(message: Call) -> set[str]:
    return {*(f"argument {n}" for n in range(1, len(message.args) + 1)), *message.kwargs}


def random_state() -> tuple[bytes, int, int, float]:
    """Give the state of NumPy's legacy generator, so that a test's seed seeds the answer too."""
    _, words, position, has_gauss, gauss = np.random.get_state(legacy=True)
    return np.asarray(words, dtype=np.uint32).tobytes(), int(position), int(has_gauss), float(gauss)

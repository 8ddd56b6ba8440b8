"""The examiner's side of a conversation with one candidate."""

from __future__ import annotations

import contextlib
import random as python_random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from autograder.checks import Observation
from autograder.errors import CandidateCrashedError, CandidateError, CandidateTimeoutError, SandboxError, WireError
from autograder.examiner.guard import guarded
from autograder.examiner.handles import Licence
from autograder.examiner.line import Line
from autograder.examiner.patience import Budget, Deadline, Patience
from autograder.examiner.random_states import python_random_state, random_state
from autograder.examiner.remote import RemoteFunction, remote_exception
from autograder.examiner.unfit import Unfit
from autograder.limits import Limits
from autograder.results import one_line
from autograder.sandbox import Sandbox
from autograder.wire import (
    Became,
    Call,
    Cell,
    Defined,
    Drawing,
    Fetch,
    Fetched,
    Finish,
    Finished,
    Fork,
    Forked,
    FunctionRef,
    Generators,
    Handle,
    Load,
    Opaque,
    Packer,
    Raised,
    Ready,
    Returned,
    Run,
    Unpacker,
    Value,
    by_name,
    is_hollow,
)

_MAX_FAILED_STARTS = 2
_MAX_NOTICES = 20
_MAX_NOTICE = 300
Resolve: TypeAlias = Callable[[FunctionRef | Handle | Drawing], Any]


class Dialogue:
    """Talks to the candidates of one submission; begins a new one where the old one was lost.

    Parameters
    ----------
    sandbox : Sandbox
    limits : Limits
    load : Load
        The submission's cells and the names that the tests need.
    budget : Budget or None
        What the submission has left of the time for a whole notebook; None for all of it.
    seeds_python : bool
        Whether the state of Python's own random generator goes along with a call, which takes some time.

    Attributes
    ----------
    defined : dict of str to Defined
        What became of these names, after `open`.
    unprompted : bool
        Whether `defined` and `notices` are the words of a candidate that had seen no hidden test; else they have none.
    stderr : bool
        Whether the candidate has written to its standard error during the present test cell.
    ends_iterations : bool
        Whether a call of a function may raise a ``StopIteration``; see `remote_exception`.
    unfit : list of Unfit
        What the present test cell has handed over that does not cross: of that no answer can make anything.
    hollow : bool
        Whether an answer has given something in the present test cell with which many comparisons hold, see `Unpacker`,
        and the source's own solution did not.
    licence, writes, withheld, doubted, stale
        See `KernelDialogue`; where only copies cross, they never change.
    """

    licence = Licence()
    writes = withheld = doubted = stale = False

    def __init__(
        self, sandbox: Sandbox, limits: Limits, load: Load, budget: Budget | None = None, *, seeds_python: bool = False
    ) -> None:
        self._limits = limits
        self._seeds_python = seeds_python
        self._budget = budget or Budget(limits.seconds_per_notebook)
        self._load = load
        self._line = Line(sandbox, self._packer, self._asked)
        self.patience = Patience()
        self._cell_deadline: Deadline | None = None
        self.defined: dict[str, Defined] = {}
        self.notices: list[str] = []
        self.unprompted = True
        self._failed_starts = 0
        self._undefinable: CandidateError | None = None
        self.stderr = False
        self.ends_iterations = False
        self.hollow = False
        self.unfit: list[Unfit] = []

    @property
    def lost(self) -> CandidateError | None:
        """Why the present test cell has no candidate any more."""
        return self._line.lost

    @property
    def knows_hidden(self) -> bool:
        """Whether the present candidate has served a test cell with hidden tests, and may say what it was asked."""
        return self._line.knows_hidden

    @property
    def received(self) -> int:
        """The bytes that candidates have sent so far."""
        return self._line.received

    def guarded(self) -> contextlib.AbstractContextManager[None]:
        """Limit what trusted code may take that works on this submission's values; see `guard.guarded`."""
        # A second more than the dialogue's own deadline, which tells the student more.
        return guarded(self._limits.seconds_per_cell + 1, self._limits.memory_mb, self.patience, self._budget)

    def open(self) -> None:
        """Start a candidate and have it run the definitions, unless one is ready.

        Raises
        ------
        CandidateError
            Where the definitions do not end well.
        """
        try:
            self._budget.left()
        except CandidateError as error:
            raise self._line.lose(error) from None
        if self._line.is_open:
            return
        if self._undefinable is not None:
            raise self._line.lose(self._undefinable)
        # The candidate imports the helper modules from where they lie.
        readable = [self._load.modules] if self._load.modules else []
        self._line.open(self._limits, readable)
        self.patience = Patience(self._line.pid)
        self._budget.begin(self.patience)
        try:
            self._define(self._load, self._load.names, self._until(self._limits.seconds_to_define))
            self._catch_up()
        except (CandidateTimeoutError, CandidateCrashedError) as error:
            # Tried once more, for the machine may have been busier than is counted, or have killed it; not for every
            # test cell.
            self._failed_starts += 1
            self._undefinable = error if self._failed_starts == _MAX_FAILED_STARTS else None
            raise
        finally:
            self._budget.end()

    def _catch_up(self) -> None:
        """Bring a new candidate to where the last one was; here nothing is missing."""

    def _define(self, message: Load | Run, names: Sequence[str], deadline: Deadline) -> None:
        ready, _ = self._line.exchange(message, (), deadline, Ready)
        if {item.name for item in ready.defined} != set(names):
            raise self._line.lose(WireError("the report on the definitions has other names than were asked for"))
        self.unprompted = not self.knows_hidden
        told = ready.defined
        if self.unprompted:
            self.notices = [one_line(notice, _MAX_NOTICE) for notice in ready.notices[:_MAX_NOTICES]]
        else:
            # Cells of the student's that run now may raise what a hidden test has asked.
            told = [msgspec.structs.replace(item, problem="") for item in told]
        self.defined = {item.name: item for item in told}

    def begin_cell(self, function: str, *, hidden: bool) -> None:
        """Give the next test cell a fresh copy of the state after the definitions.

        Parameters
        ----------
        function : str
            The graded function that it tests.
        hidden : bool
            Whether the cell has hidden tests.

        Raises
        ------
        CandidateError
            Where there is none to be had.
        """
        # Forgotten first: where no candidate can be started, that is not the fault of the last one's loss.
        self._line.lost = None
        with self._line.means():
            self.open()
            self._line.functions = []
            self.patience = Patience(self._line.pid)
            self._budget.begin(self.patience)
            self._cell_deadline = self._until(self._limits.seconds_per_cell)
            self._fork(function)
        self.stderr = False
        self.hollow = False
        self.unfit = []
        self._line.knows_hidden |= hidden

    def _fork(self, function: str) -> None:
        self._line.generators = Generators(trusted=True)
        self._line.exchange(Fork(function), (), self._deadline(), Forked)

    @property
    def broke_off(self) -> bool:
        """Whether the candidate ended by itself, or was killed by the machine: what is tried again tells.

        Not where both tries may take longer than one: so no answer gets more time by breaking off.
        """
        return isinstance(self.lost, CandidateCrashedError) and not self._line.late

    def end_cell(self) -> None:
        """End the test cell; one that does not end as it should costs the candidate its life."""
        if self.lost is None:
            try:
                self._finish()
            except CandidateError:
                # What the cell was worth is decided already; the next one starts from a new candidate.
                self._line.lost = None
        self._budget.end()
        # Those that it has handed over are gone with it.
        self._line.functions = []

    def _finish(self) -> None:
        self._line.exchange(Finish(), (), self._deadline(), Finished)

    def close(self) -> None:
        """End the candidate; where the fork-server is gone, it has ended already."""
        self._budget.end()
        with contextlib.suppress(SandboxError):
            self._line.end()

    def undo(self) -> None:
        """Do nothing: where only copies cross, the test's own objects are what they were; see `KernelDialogue.undo`."""

    def fetch(self, name: str) -> Any:  # noqa: ANN401
        """Give a copy of a global value."""
        with self._line.means():
            message, buffers = self._line.exchange(Fetch(name), (), self._deadline(), Fetched)
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
        return self._call(function, args, kwargs, injected)

    def call_back(
        self, number: int, functions: object, args: Sequence[object], kwargs: Mapping[str, object]
    ) -> Observation:
        """Call a function that one of the examiner's, among those of a test cell, was called with."""
        if functions is not self._line.functions:
            raise RuntimeError("a function of the answer's cannot be called in a later test cell")
        return self._call("a function of the answer's", args, kwargs, {}, FunctionRef(number, ""))

    def _call(
        self,
        function: str,
        args: Sequence[object],
        kwargs: Mapping[str, object],
        injected: Mapping[str, Callable[..., Any]],
        target: Handle | FunctionRef | None = None,
        operation: str = "",
    ) -> Observation:
        packer = self._packer()
        # There it goes on drawing, as the call does that this one is part of.
        within = isinstance(target, FunctionRef)
        with self._line.means():
            self._line.generators.trim()
            # In the order of the message, in which the other side takes the bytes that come with it.
            arguments = by_name(args, kwargs)
            packed = {name: self._packed(packer, value, function, name) for name, value in arguments.items()}
            positional = list(packed.values())[: len(args)]
            named = {name: packed[name] for name in kwargs}
            in_place = self._put_in_place(packer)
            in_place.update({name: FunctionRef(self._line.refer(f), name) for name, f in injected.items()})
            common = self._news_of_common(packer)
            message = Call(
                function,
                positional,
                named,
                in_place,
                None if within else self._news_of_random(),
                target,
                operation,
                None if within else self._news_of_python_random(),
                self._line.generators.news(),
                common,
            )
        reply, values = self._ask(message, packer, arguments)
        value = self._written_back(reply, arguments, values)
        return Observation(value, reply.printed, tuple(dict.fromkeys(reply.changed)), reply.earlier)

    def _packed(self, packer: Packer, value: object, function: str, argument: str) -> Value:
        record = packer.pack(value)
        if packer.lost:
            self.unfit.append(Unfit(function, argument, packer.lost.pop()))
            packer.lost.clear()
        return record

    def _ask(self, message: Call, packer: Packer, arguments: Mapping[str, object]) -> tuple[Returned, list[Any]]:
        """Send a call; give the reply, its value, and what became of arguments, where it tells that."""
        if self.lost is not None:
            raise self.lost
        with self._line.means():
            reply, buffers = self._line.exchange(message, packer.buffers, self._deadline(), Returned, Raised)
            values = self._unpack(_told(reply), buffers)
        self._printed(reply.printed)
        if isinstance(reply, Raised):
            may_end = self.ends_iterations or message.operation == "__next__"
            raise remote_exception(self._proved(reply), may_end=may_end)
        if not arguments.keys() >= {*reply.changed, *reply.after, *reply.kept} - {""}:
            # Checks quote these names, and the candidate chose them.
            raise self._line.lose(WireError("the report on changed arguments has other names than the call had"))
        self.stderr |= reply.stderr
        return reply, values

    def _put_in_place(self, _packer: Packer) -> dict[str, Value]:
        """Give what a test has put in the place of the student's globals; see `KernelDialogue`."""
        return {}

    def _news_of_common(self, _packer: Packer) -> dict[int, Became]:
        """Give what a test has made of objects that the student's code holds too; see `KernelDialogue`."""
        return {}

    def _news_of_random(self) -> tuple[bytes, int, int, float] | None:
        """Give the state of NumPy's generator, so that a test's seed seeds the answer too."""
        return random_state()

    def _news_of_python_random(self) -> tuple[bytes, float | None] | None:
        """Give the state of Python's generator, where a test may have seeded that."""
        return python_random_state(python_random.getstate()) if self._seeds_python else None

    def _written_back(self, reply: Returned, _arguments: Mapping[str, object], values: Sequence[Any]) -> object:
        """Give what a call has returned; the test's arguments stay as they were."""
        if reply.after or reply.kept or reply.later:
            raise self._line.lose(WireError("what became of arguments is told by a kernel only"))
        return values[0]

    def _printed(self, text: str) -> None:
        """Do nothing with what a call has printed: it stands in the observation."""

    def _packer(self) -> Packer:
        return Packer(self._line.refer, [], draws=self._line.generators.refer)

    def _proved(self, raised: Raised) -> Raised:
        """Keep the place of an exception only where the notebook has such a line."""
        lines = (line.strip() for cell in self._cells() for line in cell.source.split("\n"))
        return raised if raised.where in lines else msgspec.structs.replace(raised, where="")

    def _cells(self) -> Sequence[Cell]:
        return self._load.cells

    def _asked(self, records: Iterable[Any], data: memoryview) -> list[Any]:
        """Give what one of the examiner's functions is called with; only there a function is more than a name."""
        return self._unpack(records, data, self._called_with)

    def _unpack(self, records: Iterable[Any], data: memoryview, resolve: Resolve | None = None) -> list[Any]:
        unpacker = self._unpacker(data, resolve or self._resolved)
        values = [unpacker.unpack(record) for record in records]
        unpacker.finish()
        # What one of the examiner's functions is called with, no test judges.
        if resolve is None and (unpacker.hollow or any(map(is_hollow, values))):
            self._found_hollow()
        return values

    def _found_hollow(self) -> None:
        self.hollow |= not self.licence.permits("hollow")

    def _unpacker(self, data: memoryview, resolve: Resolve) -> Unpacker:
        return Unpacker(data, resolve)

    def _called_with(self, ref: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
        if not isinstance(ref, FunctionRef):
            return self._resolved(ref)
        if ref.number < 0:
            return RemoteFunction(_HandedOver(self, ref.number, self._line.functions), "function", {})
        if ref.number >= len(self._line.functions):
            raise WireError(f"there is no function number {ref.number}")
        return self._line.functions[ref.number]

    def _resolved(self, ref: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
        if isinstance(ref, Drawing):
            return self._line.generators.find(ref)
        return Opaque(f"function {ref.name}")

    def _until(self, seconds: float) -> Deadline:
        return Deadline(seconds, self.patience, self._budget)

    def _deadline(self) -> Deadline:
        return Deadline(self._limits.seconds_per_call, self.patience, self._cell_deadline)


def _told(reply: Returned | Raised) -> list[Value]:
    """Give the values of a reply in the order in which their arrays come."""
    if isinstance(reply, Raised):
        return []
    return [reply.value, *(news.value for news in (*reply.after.values(), *reply.later.values()))]


class _HandedOver:
    """Calls a function of the candidate's for one of the examiner's that was called with it; a `Caller`.

    `functions` are those of the present test cell: in another one the number means nothing.
    """

    def __init__(self, dialogue: Dialogue, number: int, functions: Sequence[Callable[..., Any]]) -> None:
        self._dialogue = dialogue
        self._number = number
        self._functions = functions

    def call(
        self,
        _function: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        _injected: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call it; it finds no globals replaced but those that are while the call lasts that it comes from."""
        return self._dialogue.call_back(self._number, self._functions, args, kwargs)

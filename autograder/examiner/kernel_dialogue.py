"""The examiner's side of a conversation with a candidate that runs a notebook as a kernel does.

More crosses here than calls with copies: objects that stay over there (`handles`), arguments changed in place, what was
printed, both generators of random numbers, and globals that a test has put in the place of a student's.
"""

from __future__ import annotations

import builtins
import contextlib
import random as python_random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from autograder.errors import CandidateCrashedError, CandidateError, SandboxError
from autograder.examiner.deadly import REASON, Deadly
from autograder.examiner.dialogue import Dialogue, Resolve
from autograder.examiner.handles import Licence, handle_of, remote, trusted_class
from autograder.examiner.patience import Budget, Deadline, Patience
from autograder.examiner.random_states import python_random_state, random_state
from autograder.examiner.remote import remote_exception
from autograder.limits import Limits
from autograder.sandbox import Sandbox
from autograder.wire import (
    Became,
    Cell,
    Common,
    Drawing,
    FunctionRef,
    Handle,
    Load,
    Opaque,
    Packer,
    Perform,
    Performed,
    Raised,
    Returned,
    Run,
    Undoing,
    Unpacker,
    Value,
    became,
    write_back,
)

# Seconds for the candidate to interrupt a cell by itself, after which the notebook goes on.
_GRACE = 2.0


class KernelDialogue(Dialogue):
    """Talks to the candidates of one submission.

    Parameters
    ----------
    sandbox : Sandbox
    limits : Limits
    modules : str
        A folder of helper modules and data, or empty.
    shared : bool
        Whether all test cells share one copy of the state, as objects that outlive their test cell need it.
    budget : Budget or None
        See `Dialogue`.

    Attributes
    ----------
    licence : Licence
        What objects may be asked in the present test cell.
    space : mapping of str to object
        The examiner's own namespace.
    patches : callable
        Gives the globals that tests have put in the place of the candidate's; a value that is `GONE` is deleted.
    writes : bool
        Whether arguments are changed also where the source's own solution changes none.
    withheld : bool
        Whether in the present test cell such a change was not made.
    doubted : bool
        Whether in the present test cell an object could not be spoken of as in a kernel, for the source's own solution
        gave none of its class.
    stale : bool
        Whether a test cell has spoken of an object of an earlier one, which is gone.
    """

    GONE = object()

    def __init__(
        self, sandbox: Sandbox, limits: Limits, modules: str, *, shared: bool = False, budget: Budget | None = None
    ) -> None:
        super().__init__(sandbox, limits, Load([], [], modules, limits.seconds_to_define, kernel=True), budget)
        self._shared = shared
        self._in_child = False
        self._passed: list[Cell] = []
        self._deadly = Deadly()
        self._names: Sequence[str] = ()
        self._random: object = None
        self._python_random: object = None
        self._keyboard: object = None
        self._cell = 0
        self._have_given: set[int] = set()
        self._undoing = Undoing()
        self._common = Common()
        self.licence = Licence()
        self.space: Mapping[str, Any] = {}
        self.patches: Callable[[], Mapping[str, Any]] = dict
        self.writes = self.withheld = self.doubted = self.stale = False

    def open(self) -> None:
        """Start a candidate, unless one is ready; see `Dialogue.open`. What ends every candidate is left out."""
        while True:
            left_out = self._deadly.left_out
            try:
                super().open()
            except CandidateCrashedError:
                if self._deadly.left_out == left_out:
                    raise
                self._line.lost = self._undefinable = None
                self._failed_starts = 0
            else:
                return

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
        self._line.lost = None
        fresh = range(len(self._passed), len(self._passed) + len(cells))
        self._passed += cells
        self._names = names
        with self._line.means():
            try:
                if not self._line.is_open:
                    # One that is begun now runs all that has been passed.
                    self.open()
                else:
                    with self._counted():
                        self._run(fresh, self._running(fresh))
            except (SandboxError, CandidateCrashedError):
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
        with self._line.means():
            self.open()
            seconds = self._limits.seconds_per_cell
            message = Perform(source, file, seconds)
            with self._counted():
                reply, _ = self._line.exchange(message, (), self._until(seconds + _GRACE), Performed, Raised)
        if isinstance(reply, Raised):
            raise remote_exception(self._proved(reply))
        performed: Performed = reply
        return performed

    def operate(
        self, handle: Handle, cell: int, operation: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> object:
        """Ask something of an object of the candidate's."""
        if cell != self._cell:
            self.stale = True
            raise RuntimeError("an object of the candidate's cannot be spoken of in a later test cell")
        try:
            value = self._call("", args, kwargs, {}, handle, operation).value
        except StopIteration:
            if handle.number not in self._have_given:
                # Whoever goes through it compares nothing.
                self._found_hollow()
            raise
        if operation == "__next__":
            self._have_given.add(handle.number)
        return value

    def trusted_class(self, kind: str) -> type | None:
        """Give the examiner's own class of a name that a candidate gave."""
        return trusted_class(kind, self.space)

    def _put_in_place(self, packer: Packer) -> dict[str, Value]:
        """Give what a test has put in the place of the student's globals, and of the keyboard."""
        patches = {
            name: Opaque("gone") if value is self.GONE else packer.pack(value) for name, value in self.patches().items()
        }
        if (builtins.input, sys.stdin) != self._keyboard:
            patches["input"] = FunctionRef(self._line.refer(builtins.input), "input")
        return patches

    def _written_back(self, reply: Returned, arguments: Mapping[str, object], values: Sequence[Any]) -> object:
        """Change the test's arguments as the call has, where the source's own solution changes some in this cell.

        Elsewhere an answer would choose what it is compared with; there the cell has to hold both ways (`writes`).
        """
        value, *changed = values
        licensed = not reply.after or self._shared or self.licence.permits("writes")
        self.withheld |= not licensed
        if licensed or self.writes:
            for (name, news), after in zip(reply.after.items(), changed, strict=False):
                self._undoing.keep(arguments[name])
                write_back(arguments[name], after, news.before, news.parts)
        self._learn_of_common(reply, arguments, changed[len(reply.after) :])
        same = arguments.get(reply.same)
        if same is not None and type(same) is type(value) and self.licence.permits("same"):
            self._undoing.keep(same)
            return write_back(same, value)
        return self._as_common(reply, value)

    def _learn_of_common(self, reply: Returned, arguments: Mapping[str, object], later: Sequence[Any]) -> None:
        """Change what the student's code holds too as that has, where this is a kernel; and follow what is new."""
        for (number, news), value in zip(reply.later.items(), later, strict=True):
            if self._may_change(number):
                self._common.become(number, value, news.before, news.parts)
        for name, number in reply.kept.items():
            if name and number not in self._common:
                # From now on it may become something else at any call.
                self._undoing.keep(arguments[name])
                self._common.add(number, arguments[name])

    def _as_common(self, reply: Returned, value: Any) -> Any:  # noqa: ANN401
        """Give a value as the object that the test has already, where an answer gives that again."""
        number = reply.kept.get("")
        if number is None:
            return value
        if number not in self._common:
            self._common.add(number, value)
        elif self._may_change(number):
            return self._common.become(number, value)
        return value

    def _may_change(self, number: int) -> bool:
        """Tell whether an answer changes an object of the test's by what it makes of its own.

        Where all test cells share one state none can be tried both ways; there, only where the solution's does so too.
        """
        return self._is_one(number) and (not self._shared or self.licence.permits("kept"))

    def _is_one(self, number: int) -> bool:
        """Tell whether a change of an object is one for both sides; else the cell has to hold both ways (`writes`)."""
        if number not in self._common:
            return False
        self.withheld |= not self._shared
        return self._shared or self.writes

    def _news_of_common(self, packer: Packer) -> dict[int, Became]:
        news = {number: one for number, one in self._common.changed().items() if self._is_one(number)}
        return {number: became(packer, *found) for number, found in news.items()}

    def undo(self) -> None:
        """Make the test's own objects what they were before calls have changed them; see `Undoing`."""
        self._undoing.undo()

    def _running(self, places: Sequence[int]) -> Deadline:
        seconds = min(self._limits.seconds_per_cell * len(places), self._limits.seconds_to_define)
        return self._until(seconds + _GRACE)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Spend of the submission's time what the candidate takes between test cells."""
        self.patience = Patience(self._line.pid)
        self._budget.begin(self.patience)
        try:
            yield
        finally:
            self._budget.end()

    def _run(self, places: Sequence[int], deadline: Deadline) -> None:
        """Have the candidate run the cells of some places."""
        cells = self._deadly.without(self._passed, places)
        try:
            self._define(Run(cells, list(self._names), self._limits.seconds_per_cell), self._names, deadline)
        except CandidateCrashedError:
            self._deadly.broke_off(places)
            raise
        absent = {name for name, one in self.defined.items() if one.kind == "absent"}
        for name in self._deadly.bound(self._passed, absent):
            self.defined[name] = msgspec.structs.replace(self.defined[name], problem=REASON)

    def _catch_up(self) -> None:
        self._in_child = False
        if not (self._passed or self._names):
            return
        every = range(len(self._passed))
        deadline = self._running(every)
        # One by one where the last candidate broke off, to find during which.
        for places in [[place] for place in every] if self._deadly.suspects else [every]:
            self._run(places, deadline)
        self._deadly.came_through()

    def _cells(self) -> Sequence[Cell]:
        return self._passed

    def _fork(self, function: str) -> None:
        self._random = self._python_random = None
        self.withheld = self.doubted = False
        self._keyboard = builtins.input, sys.stdin
        if not self._in_child:
            self._common = Common()
            super()._fork(function)
            self._in_child = self._shared
            self._cell += 1

    def _finish(self) -> None:
        # What is asked between test cells is no test's: no object may judge, and nothing is in a student's place.
        self.licence, self.patches = Licence(), dict
        if not self._in_child:
            super()._finish()

    def _printed(self, text: str) -> None:
        # A test that captures what is printed captures it here.
        sys.stdout.write(text)

    def _packer(self) -> Packer:
        return Packer(self._line.refer, [], handle_of, self._line.generators.refer)

    def _unpack(self, records: Iterable[Any], data: memoryview, resolve: Resolve | None = None) -> list[Any]:
        values = super()._unpack(records, data, resolve)
        self.doubted |= any(isinstance(value, Opaque) for value in values)
        return values

    def _unpacker(self, data: memoryview, resolve: Resolve) -> Unpacker:
        return Unpacker(data, resolve, holding=True)

    def _resolved(self, ref: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
        if not isinstance(ref, Handle):
            return super()._resolved(ref)
        found = remote(self, self._cell, ref)
        return Opaque(f"object {ref.name}") if found is None else found

    def _news_of_random(self) -> tuple[bytes, int, int, float] | None:
        """Give the state of NumPy's generator where a test has drawn or seeded; else what the last call left counts."""
        state = random_state()
        if state == self._random:
            return None
        self._random = state
        return state

    def _news_of_python_random(self) -> tuple[bytes, float | None] | None:
        state = python_random.getstate()
        if state == self._python_random:
            return None
        self._python_random = state
        return python_random_state(state)

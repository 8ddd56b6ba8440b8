"""The line to a candidate: a message goes out, and what the candidate asks before its answer comes is answered."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from autograder.checks.memory import only_recalling
from autograder.errors import CandidateError, CandidateTimeoutError, SandboxError, WireError
from autograder.examiner.guard import is_of_means, out_of_means, timely, undisturbed
from autograder.examiner.patience import Deadline
from autograder.examiner.remote import text_of
from autograder.limits import Limits
from autograder.sandbox import Process, Sandbox
from autograder.wire import Answer, Ask, Channel, FromCandidate, Generators, Packer, Refuse, Returned

_MAX_CALLBACKS = 100_000
_MAX_REFUSAL = 500
_SHORT = 1e-3
_REFUSED = "the function that a test gave does not take these arguments"
TOO_LARGE = Refuse("ValueError", "what the function gives for these arguments is too large to be handed over")


class Line:
    """Carries messages to the candidates of one submission, one candidate after another.

    Parameters
    ----------
    sandbox : Sandbox
    packer : callable
        Gives a packer for what the examiner's functions return.
    unpack : callable
        Gives the values of records that came with a callback and some bytes.

    Attributes
    ----------
    lost : CandidateError or None
        Why the present test cell has no candidate any more.
    knows_hidden : bool
        Whether the present candidate has served a test cell with hidden tests, and may say what it was asked.
    late : bool
        Whether the last candidate that was lost had used half of the time that it had for an answer, or for a test
        cell: then a second try may take longer than one is allowed to.
    received : int
        The bytes that candidates have sent so far.
    functions : list of callable
        What the candidate may call, by the numbers that it was given.
    generators : Generators
        The random generators that both sides know.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        packer: Callable[[], Packer],
        unpack: Callable[[Iterable[Any], memoryview], list[Any]],
    ) -> None:
        self._sandbox = sandbox
        self._packer = packer
        self._unpack = unpack
        self._process: Process | None = None
        self._channel: Channel[Any] | None = None
        self.lost: CandidateError | None = None
        self.knows_hidden = self.late = False
        self.received = 0
        self.functions: list[Callable[..., Any]] = []
        self.generators = Generators(trusted=True)

    @property
    def is_open(self) -> bool:
        """Whether there is a candidate."""
        return self._channel is not None

    @property
    def pid(self) -> int | None:
        """The last candidate, as the fork-server knows it."""
        return self._process.pid if self._process else None

    def open(self, limits: Limits, readable: Sequence[str]) -> None:
        """Begin a candidate; see `Sandbox.begin`."""
        process = self._sandbox.begin(limits, readable)
        self._process = process
        self._channel = Channel(process.reading, process.writing, FromCandidate)

    def refer(self, function: Callable[..., Any]) -> int:
        """Let the candidate call a function; give the number by which it does."""
        self.functions.append(function)
        return len(self.functions) - 1

    def exchange(
        self, message: msgspec.Struct, buffers: Sequence[bytes], deadline: Deadline, *wanted: type
    ) -> tuple[Any, memoryview]:
        """Send one message; serve callbacks until one of the wanted kinds of answer comes, where that ends a call.

        At any other time nothing limits what a callback may take of the examiner.

        Raises
        ------
        CandidateError
            Where no such answer came; the candidate is lost.
        """
        if self._channel is None:
            raise self.lost or self.lose(CandidateError("there is no candidate"))
        try:
            self._channel.send(message, buffers, deadline)
            for _ in range(_MAX_CALLBACKS):
                # Reading finds out only where it has to wait.
                if deadline.left() <= 0:
                    raise CandidateTimeoutError("no answer in time")
                reply, data = self._channel.receive(deadline)
                # Of the whole message: small values are not among its buffers.
                self.received += memoryview(data.obj).nbytes
                asks = isinstance(reply, Ask) and Returned in wanted
                if not asks and not isinstance(reply, wanted):
                    raise WireError(f"{type(reply).__name__} came where it cannot")
                self.generators.learn(getattr(reply, "drawn", ()))
                if not asks:
                    return reply, data
                asked = time.monotonic()
                answer, buffers = self._answer(reply, data, deadline)
                if not self.is_open:
                    # The function has asked the candidate in turn, and got over the loss of it.
                    raise self.lost or CandidateError("there is no candidate")
                self._reply(answer, buffers, deadline)
                # What a short callback takes is more our way of calling than the answer's or the test's doing.
                deadline.lengthen(min(time.monotonic() - asked, _SHORT))
            raise CandidateTimeoutError(f"it called back more than {_MAX_CALLBACKS} times")
        except CandidateError as error:
            self.late = deadline.is_half_over()
            raise self.lose(error) from None

    @contextlib.contextmanager
    def means(self) -> Iterator[None]:
        """End the test cell, whatever the test itself makes of it, when the examiner runs out of something."""
        try:
            yield
        except (MemoryError, OSError) as error:
            # An iterator of the test's may call the answer, or a file, while it is packed.
            if hasattr(error, "raised") or not is_of_means(error):
                raise
            raise self.lose(out_of_means(error)) from error

    def lose(self, error: CandidateError) -> CandidateError:
        """End the candidate for some reason; give the reason, or what of ours took the candidate with it."""
        self.lost = error
        try:
            # It may start a new fork-server, which takes longer than a test cell may have left.
            with undisturbed():
                self.end()
        except SandboxError as ours:
            # The fork-server took the candidate with it: so the silence was not the student's fault.
            self.lost = ours
        return self.lost

    def end(self) -> None:
        """End the candidate, where there is one.

        Raises
        ------
        SandboxError
            Where the fork-server is gone, and the candidate with it.
        """
        if self._channel is not None and self._process is not None:
            self._channel.close()
            self._channel = None
            self.knows_hidden = False
            self._sandbox.end(self._process)

    def _answer(self, ask: Ask, data: memoryview, deadline: Deadline) -> tuple[Answer | Refuse, Sequence[bytes]]:
        """Compute a callback. What it raises on the candidate's arguments goes back to the candidate.

        So does word that the value is larger than any that a candidate may send: it is the arguments' doing too.
        """
        if not 0 <= ask.number < len(self.functions):
            raise WireError(f"there is no function number {ask.number}")
        values = self._unpack([*ask.args, *ask.kwargs.values()], data)
        args, kwargs = values[: len(ask.args)], dict(zip(ask.kwargs, values[len(ask.args) :], strict=True))
        packer = self._packer()
        try:
            with only_recalling(), timely(deadline):
                value = self.functions[ask.number](*args, **kwargs)
                try:
                    record = packer.pack(value)
                except WireError:
                    return self._too_large(), ()
        except Exception as error:
            if not hasattr(error, "raised") and (isinstance(error, CandidateError) or is_of_means(error)):
                raise
            return self._refusal(error), ()
        return Answer(record, self.generators.news()), packer.buffers

    def _reply(self, answer: Answer | Refuse, buffers: Sequence[bytes], deadline: Deadline) -> None:
        assert self._channel is not None  # noqa: S101 - asked just before
        try:
            self._channel.send(answer, buffers, deadline)
        except WireError:
            # Nothing of it has been sent.
            self._channel.send(self._too_large(), (), deadline)

    def _too_large(self) -> Refuse:
        return msgspec.structs.replace(TOO_LARGE, drawn=self.generators.news(everything=True))

    def _refusal(self, error: Exception) -> Refuse:
        # Python's words name a hidden test's functions and their parameters.
        text = _REFUSED if self.knows_hidden else text_of(error)[:_MAX_REFUSAL]
        return Refuse(type(error).__name__, text, self.generators.news())

"""What is fuzzed: the reading of one frame, the examiner's side of a whole conversation, and the reader of notebooks.

The other side's pipe is filled beforehand and closed: to the examiner that is a process that has written all it ever
will, and it makes each run the same and quick. The worst that may come out is an error of the candidate's.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import numpy as np

from autograder.errors import CandidateError, NotebookError, SandboxError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.patience import Deadline, Patience
from autograder.limits import Limits
from autograder.notebook import Cell as NotebookCell
from autograder.notebook import blanks_of, parse_document, repair
from autograder.sandbox import Process
from autograder.wire import (
    Ask,
    Cell,
    Channel,
    Drawing,
    Fetched,
    FromCandidate,
    Generators,
    Load,
    Returned,
    Unpacker,
)

LIMITS = Limits(seconds_per_call=2, seconds_per_cell=4, seconds_to_define=2)
# What a pipe holds, so that filling it never waits; and the headers that are added to the input fit in, too.
MAX_INPUT = 2**15
# For a frame, which is all there: with none the channel would not even begin to read.
_SECONDS = 10
_SHORT, _LONG = struct.Struct("<HH"), struct.Struct("<II")
_RAW = 0xFFFF


def chunk(structure: bytes, buffers: bytes) -> bytes:
    """Give a frame as it stands in an input: its lengths take two bytes each, so that few mutations break them."""
    return _SHORT.pack(len(structure), len(buffers)) + structure + buffers


def stream(data: bytes) -> bytes:
    """Turn an input into what comes through the pipe; after the lengths 65535, 65535 it comes as it stands."""
    out = bytearray()
    while len(data) >= _SHORT.size:
        structure, buffers = _SHORT.unpack_from(data)
        data = data[_SHORT.size :]
        if structure == buffers == _RAW:
            break
        structure = min(structure, len(data))
        buffers = min(buffers, len(data) - structure)
        if len(out) + structure + buffers + 2 * _LONG.size > 2 * MAX_INPUT:
            break
        out += _LONG.pack(structure, buffers) + data[: structure + buffers]
        data = data[structure + buffers :]
    return bytes(out + data)[: 2 * MAX_INPUT]


class Filled:
    """A sandbox whose every candidate has said the same, and gone."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._far: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for descriptor in self._far:
            os.close(descriptor)

    def begin(self, *_: object) -> Process:
        """Give the examiner's ends of two pipes."""
        (reading, far_writing), (far_reading, writing) = os.pipe(), os.pipe()
        os.write(far_writing, self._data)
        os.close(far_writing)
        self._far.append(far_reading)
        return Process(0, reading, writing)

    def end(self, _: Process) -> int:
        """Do nothing: there is no process."""
        return 0


def decoder(data: bytes) -> None:
    """Read frames and all the values in them."""
    with Filled(stream(data)) as sandbox:
        process = sandbox.begin()
        channel: Channel[Any] = Channel(process.reading, process.writing, FromCandidate)
        try:
            while True:
                _values(*channel.receive(Deadline(_SECONDS, Patience())))
        except CandidateError:
            return
        finally:
            channel.close()


def _values(message: Any, buffers: memoryview) -> None:
    if isinstance(message, Ask):
        records = [*message.args, *message.kwargs.values()]
    elif isinstance(message, (Returned, Fetched)):
        records = [message.value]
    else:
        return
    generators = Generators(trusted=True)
    generators.learn(message.drawn)
    unpacker = Unpacker(buffers, lambda ref: generators.find(ref) if isinstance(ref, Drawing) else ref, holding=True)
    for record in records:
        unpacker.unpack(record)
    unpacker.finish()


def dialogue(data: bytes) -> None:
    """Hold a conversation as test cells do, with functions to call back."""
    load = Load([Cell("def answer(x): return x", given=False)], ["answer", "size"], "", 2.0)
    with Filled(stream(data)) as sandbox:
        talk = Dialogue(sandbox, LIMITS, load)  # type: ignore[arg-type] - it has what a dialogue asks of a sandbox
        with contextlib.closing(talk):
            for _ in range(3):
                _cell(talk)


def _cell(talk: Dialogue) -> None:
    with _only_the_candidates_errors():
        talk.begin_cell("answer", hidden=True)
    for ask in (_call, lambda talk: talk.fetch("size")):
        with _only_the_candidates_errors():
            ask(talk)
    talk.end_cell()


def _call(talk: Dialogue) -> None:
    injected: dict[str, Callable[..., Any]] = {"total": np.sum, "entry": {1: 2}.__getitem__, "same": lambda x: x}
    talk.call("answer", [np.ones((2, 3)), abs], {"deep": {"a": [1]}}, injected)


@contextlib.contextmanager
def _only_the_candidates_errors() -> Any:
    try:
        yield
    except SandboxError:
        # A fault of ours is what no candidate may be able to cause.
        raise
    except CandidateError:
        return
    except Exception as error:
        if not hasattr(error, "raised"):
            raise


BLANKS = blanks_of(
    [
        NotebookCell("code", "import math", {"nbgrader": {"grade_id": "imports", "locked": True}}),
        NotebookCell("code", "def answer(x):\n    return x", {"nbgrader": {"grade_id": "answer", "solution": True}}),
        NotebookCell("code", "assert answer(1)", {"nbgrader": {"grade_id": "test", "grade": True, "locked": True}}),
    ]
)


def reader(data: bytes) -> None:
    """Read a file as a submitted notebook, and find the assignment's cells in it."""
    try:
        document = parse_document(data)
    except NotebookError:
        return
    repair(document, BLANKS).complete(noted=True)


TARGETS = {"decoder": decoder, "dialogue": dialogue, "reader": reader}

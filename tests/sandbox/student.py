"""Asking a student's function inside a real candidate, over the wire."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.errors import CandidateError
from autograder.examiner.patience import Deadline, Patience
from autograder.limits import Limits
from autograder.sandbox import Sandbox
from autograder.wire import (
    Call,
    Cell,
    Channel,
    Fork,
    Forked,
    FromCandidate,
    Load,
    Raised,
    Ready,
    Returned,
    Unpacker,
)

AGENT = "autograder.candidate.agent:serve"
# Any state but zeros, which would give zeros for ever.
_RANDOM = (bytes(range(1, 33)) * 78, 624, 0, 0.0)


def opened(level: Any = None, limits: Limits | None = None) -> Sandbox:
    return Sandbox(AGENT, limits or Limits(memory_mb=1024, file_mb=4), level)


def ask(sandbox: Sandbox, source: str, modules: str = "") -> tuple[Any, int]:
    """Call ``attack()`` of some source; give what it returned, or the exception's text, and the candidate's end."""
    process = sandbox.begin(readable=[modules] if modules else [])
    channel: Channel[Any] = Channel(process.reading, process.writing, FromCandidate)
    deadline = Deadline(20, Patience())
    answer: Any = "lost"
    with contextlib.suppress(CandidateError):
        for message, wanted in (
            (Load([Cell(source, given=False)], ["attack"], modules, 10.0), Ready),
            (Fork("attack"), Forked),
            (Call("attack", [], {}, {}, _RANDOM), (Returned, Raised)),
        ):
            channel.send(message, (), deadline)
            reply, buffers = channel.receive(deadline)
            assert isinstance(reply, wanted)
        answer = f"{reply.type_names[0]}: {reply.message}" if isinstance(reply, Raised) else _value(reply, buffers)
    # Ended before the pipes are closed: a candidate whose pipes are closed ends by itself, with another status.
    status = sandbox.end(process)
    channel.close()
    return answer, status


def outcomes(level: Any, sources: dict[str, str], modules: str = "") -> dict[str, Any]:
    """Ask each of several sources in a candidate of its own."""
    with opened(level) as sandbox:
        return {name: ask(sandbox, source, modules)[0] for name, source in sources.items()}


def battery(bodies: dict[str, Sequence[str]], levels: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Try attacks at each of several levels, with a secret outside that every user of the machine may read."""
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder, "canary")
        canary.write_text("secret", encoding="ascii")
        canary.chmod(0o666)
        canary.parent.chmod(0o777)
        top = f"CANARY, OUTSIDE = {str(canary)!r}, {os.getpid()}\n"
        sources = {name: top + source for name, source in attacks(bodies).items()}
        return {level: outcomes(level, sources) for level in levels}


def attacks(bodies: dict[str, Sequence[str]]) -> dict[str, str]:
    """Make functions of lines."""
    return {
        name: "import os, sys\ndef attack():\n" + "".join(f"    {line}\n" for line in lines)
        for name, lines in bodies.items()
    }


def _value(reply: Returned, buffers: memoryview) -> Any:
    return Unpacker(buffers, lambda ref: ref.name).unpack(reply.value)

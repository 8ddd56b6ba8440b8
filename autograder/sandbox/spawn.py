"""The birth of a candidate, as its fork-server and the newborn see it.

::

    fork-server ── fork ──► first ── isolates itself ── fork ──► candidate, process 1 of its namespace
        │ ◄──── pid ────────── ends                                │ restricts itself
        │ ────────────── go ─────────────────────────────────────► │ is to die with its parent, the fork-server
        │ ◄───────────── confined, or the reason why not ───────── │ runs the agent

Below level full the first is the candidate. Nothing of the student's arrives before *confined*: it lies in the pipe.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.confinement import Confinement

_CONFINED = b"confined"
_MAX_REASON = 4096
_PID_BYTES = 4

Agent = Callable[[int, int, int, Callable[[], None]], Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one candidate is to be like.

    Parameters
    ----------
    limits : Limits
    readable : tuple of str
        Absolute paths of files and folders.
    scratch : str
        A folder made for it; level full does not need it.
    """

    limits: Limits
    readable: tuple[str, ...]
    scratch: str


def spawn(confinement: Confinement, wishes: Wishes, channel: tuple[int, int], agent: Agent) -> int:
    """Fork a candidate and wait until it is confined.

    Parameters
    ----------
    confinement : Confinement
    wishes : Wishes
    channel : (int, int)
        The candidate's ends of its two pipes.
    agent : callable
        Given the two pipes, the cap on printed characters, and what the child of a test cell has to call first.

    Returns
    -------
    int
        The candidate's process id, a child of this process.

    Raises
    ------
    SandboxError
        Where it could not be confined; nothing is left of it then.
    """
    reports, reporting = os.pipe()
    starts, starting = os.pipe()
    # Of its own: the second process may report before the first has told of it.
    numbers, telling = os.pipe()
    pid = os.fork()
    if not pid:
        _close(reports, starting, numbers)
        _be_first(confinement, wishes, channel, agent, (starts, reporting), telling)
    _close(reporting, starts, telling)
    try:
        if confinement.level == "full":
            pid = _second(pid, numbers, reports)
        # A candidate that could not restrict itself no longer listens; it has told us why.
        with contextlib.suppress(BrokenPipeError):
            os.write(starting, b"g")
        told = os.read(reports, _MAX_REASON)
    finally:
        _close(starting, reports, numbers)
    if told != _CONFINED:
        os.waitpid(pid, 0)
        raise SandboxError(told.decode(errors="replace") or "the candidate ended before it was confined")
    return pid


def _second(first: int, numbers: int, reports: int) -> int:
    """Give the id of the process that the first one forked, once the first has ended and we are its parent."""
    _, status = os.waitpid(first, 0)
    if os.WIFSIGNALED(status):
        # The second would wait for us, and nobody has told us of it.
        raise SandboxError("the candidate was killed before it was isolated")
    if status:
        # There is no second.
        reason = os.read(reports, _MAX_REASON).decode(errors="replace")
        raise SandboxError(reason or "the candidate ended before it was isolated")
    return int.from_bytes(os.read(numbers, _PID_BYTES), "little")


def _be_first(
    confinement: Confinement,
    wishes: Wishes,
    channel: tuple[int, int],
    agent: Agent,
    handshake: tuple[int, int],
    telling: int,
) -> None:
    # Never return into the server's loop: this process is the candidate.
    status = 1
    try:
        if confinement.level == "full":
            _isolate(confinement, wishes, handshake[1], telling)
        _restrict(confinement, wishes, channel, handshake)
        agent(*channel, wishes.limits.output_kb * 1024, confinement.in_child())
        status = 0
    finally:
        os._exit(status)


def _isolate(confinement: Confinement, wishes: Wishes, reporting: int, telling: int) -> None:
    try:
        confinement.isolate(wishes.limits, wishes.readable)
        pid = os.fork()
    except Exception as error:  # noqa: BLE001 - any reason has to reach the examiner
        os.write(reporting, _reason(error))
        os._exit(1)
    if pid:
        os.write(telling, pid.to_bytes(_PID_BYTES, "little"))
        os._exit(0)


def _restrict(confinement: Confinement, wishes: Wishes, channel: tuple[int, int], handshake: tuple[int, int]) -> None:
    starts, reporting = handshake
    scratch = confinement.scratch(wishes.scratch)
    try:
        confinement.restrict(wishes.limits, wishes.readable, scratch, (*channel, *handshake))
        # Only then is the fork-server our parent; the end of the first process would have been our end.
        if not os.read(starts, 1):
            # It is gone, or has given this candidate up.
            os._exit(1)
        confinement.seal()
    except Exception as error:  # noqa: BLE001 - any reason has to reach the examiner
        os.write(reporting, _reason(error))
        os._exit(1)
    # Fails where the fork-server is gone, and so ends us.
    os.write(reporting, _CONFINED)
    os.close(reporting)
    os.close(starts)


def _reason(error: Exception) -> bytes:
    text = str(error) if isinstance(error, SandboxError) else f"{type(error).__name__}: {error}"
    return text.encode()[:_MAX_REASON]


def _close(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def end(pid: int) -> int:
    """Kill a candidate and all that it started; give its exit code, negative for a signal.

    Parameters
    ----------
    pid : int
        As `spawn` gave it.
    """
    for kill in (os.killpg, os.kill):
        try:
            # Before setsid it is not yet a group of its own; as process 1 it takes its whole namespace with it.
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)

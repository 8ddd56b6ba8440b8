"""What the sandbox orders of its fork-server, over a socket that carries whole messages and descriptors."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from autograder.limits import Limits

MAX_ORDER = 2**16


class Open(msgspec.Struct, tag="open", frozen=True):
    """Make a level of isolation ready and try it; the first order. `folder` is the server's to use."""

    level: Literal["full", "reduced", "none"]
    limits: Limits
    folder: str


class Prepare(msgspec.Struct, tag="prepare", frozen=True):
    """Have the agent read a text of the instructor's once, for all candidates to come; `file` is its name there."""

    text: str
    file: str


class Begin(msgspec.Struct, tag="begin", frozen=True):
    """Fork a candidate; its two pipes come along. It may read the named files and folders."""

    limits: Limits
    readable: tuple[str, ...]


class End(msgspec.Struct, tag="end", frozen=True):
    """End a candidate and everything that it started."""

    pid: int


class Probe(msgspec.Struct, tag="probe", frozen=True):
    """Try the probes in a fresh candidate."""

    limits: Limits


class Opened(msgspec.Struct, tag="opened", frozen=True):
    """The level holds, with these layers."""

    layers: tuple[str, ...]


class Prepared(msgspec.Struct, tag="prepared", frozen=True):
    """It has been read."""


class Begun(msgspec.Struct, tag="begun", frozen=True):
    """A candidate runs, and is confined."""

    pid: int


class Ended(msgspec.Struct, tag="ended", frozen=True):
    """A candidate has ended; its exit code, negative for a signal."""

    status: int


class Probed(msgspec.Struct, tag="probed", frozen=True):
    """The attacks that got through."""

    through: tuple[str, ...]


class Failed(msgspec.Struct, tag="failed", frozen=True):
    """The order could not be carried out, and why."""

    reason: str


Order = Open | Prepare | Begin | End | Probe
Reply = Opened | Prepared | Begun | Ended | Probed | Failed


def reply(connection: socket.socket, message: msgspec.Struct, descriptors: Sequence[int] = ()) -> None:
    """Send one message, with descriptors."""
    socket.send_fds(connection, [msgspec.msgpack.encode(message)], descriptors)


def receive(connection: socket.socket, kind: Any) -> tuple[Any, list[int]]:  # noqa: ANN401 - a union is no type
    """Receive one message of a union of kinds, with descriptors; None where the other side has closed."""
    data, descriptors, _, _ = socket.recv_fds(connection, MAX_ORDER, 2)
    if not data:
        return None, descriptors
    return msgspec.msgpack.decode(data, type=kind), descriptors

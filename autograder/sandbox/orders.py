"""What the sandbox orders of its fork-server, over a socket that carries whole messages and descriptors."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

import msgspec

from autograder.limits import Limits

_MAX_ORDER = 4096


class Begin(msgspec.Struct, tag="begin", frozen=True):
    """Fork a candidate; its two pipes come along."""

    limits: Limits


class End(msgspec.Struct, tag="end", frozen=True):
    """End a candidate and everything that it started."""

    pid: int


class Begun(msgspec.Struct, tag="begun", frozen=True):
    """A candidate runs."""

    pid: int


class Ended(msgspec.Struct, tag="ended", frozen=True):
    """A candidate has ended; its exit code, negative for a signal."""

    status: int


Order = Begin | End
Reply = Begun | Ended


def reply(connection: socket.socket, message: msgspec.Struct, descriptors: Sequence[int] = ()) -> None:
    """Send one message, with descriptors."""
    socket.send_fds(connection, [msgspec.msgpack.encode(message)], descriptors)


def receive(connection: socket.socket, kind: Any) -> tuple[Any, list[int]]:  # noqa: ANN401 - a union is no type
    """Receive one message of a union of kinds, with descriptors; None where the other side has closed."""
    data, descriptors, _, _ = socket.recv_fds(connection, _MAX_ORDER, 2)
    if not data:
        return None, descriptors
    return msgspec.msgpack.decode(data, type=kind), descriptors

"""Frames over a pair of pipes, with deadlines."""

from __future__ import annotations

import os
import select
import struct
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from autograder.errors import CandidateCrashedError, CandidateTimeoutError, WireError

MAX_STRUCTURE = 4 * 2**20
MAX_BUFFERS = 64 * 2**20

_HEADER = struct.Struct("<II")
_CHUNK = 2**16
# A deadline is asked so often while something is waited for: it may learn meanwhile what is not known afterwards.
_SECONDS_BETWEEN_QUESTIONS = 0.3

Incoming = TypeVar("Incoming")


class Deadline(Protocol):
    """When something must have happened."""

    def left(self) -> float:
        """Give the seconds until then; none, or less, where it is over. May grow from one call to the next."""


class Channel(Generic[Incoming]):
    """One end of a conversation.

    Parameters
    ----------
    reading, writing : int
        File descriptors of two pipes; the channel owns them and makes them non-blocking where there are deadlines.
    incoming : type
        The union of messages that may arrive.
    timed : bool
        Whether there are deadlines. A side that has none waits in the calls that read and write, and needs fewer.
    """

    def __init__(self, reading: int, writing: int, incoming: Any, *, timed: bool = True) -> None:  # noqa: ANN401 - a union is no type
        self._reading, self._writing = reading, writing
        os.set_blocking(reading, not timed)
        os.set_blocking(writing, not timed)
        self._timed = timed
        self._arrived = bytearray()
        self._decoder: msgspec.msgpack.Decoder[Incoming] = msgspec.msgpack.Decoder(incoming)
        self._encoder = msgspec.msgpack.Encoder()

    def send(self, message: msgspec.Struct, buffers: Sequence[bytes] = (), deadline: Deadline | None = None) -> None:
        """Write one frame.

        Parameters
        ----------
        message : Struct
        buffers : sequence of bytes
            The bytes of the message's arrays, in order.
        deadline : Deadline or None

        Raises
        ------
        WireError
            Where the frame is larger than the other side would accept.
        CandidateTimeoutError, CandidateCrashedError
            Where the other side does not read in time, or is gone.
        """
        structure = self._encoder.encode(message)
        size = sum(map(len, buffers))
        _within_caps(len(structure), size)
        data = memoryview(b"".join((_HEADER.pack(len(structure), size), structure, *buffers)))
        while data:
            try:
                data = data[os.write(self._writing, data) :]
            except BlockingIOError:
                _wait(self._writing, select.POLLOUT, deadline)
            except OSError as error:
                raise CandidateCrashedError(f"the other side is gone: {error.strerror}") from None

    def receive(self, deadline: Deadline | None = None) -> tuple[Incoming, memoryview]:
        """Read one frame.

        Returns
        -------
        message : Struct
        buffers : memoryview
            The bytes of the message's arrays.

        Raises
        ------
        WireError
            Where the bytes are no message, or more than the caps allow.
        CandidateTimeoutError, CandidateCrashedError
            Where nothing comes in time, or the other side is gone.
        """
        self._read(_HEADER.size, deadline)
        structure, size = _HEADER.unpack_from(self._arrived)
        _within_caps(structure, size)
        end = _HEADER.size + structure
        self._read(end + size, deadline)
        # One side asks and the other answers, so mostly this is all that has come.
        frame, self._arrived = self._arrived, self._arrived[end + size :]
        whole = memoryview(frame)
        try:
            return self._decoder.decode(whole[_HEADER.size : end]), whole[end : end + size]
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError) as error:
            raise WireError(f"bytes that are no message: {error}") from None

    def close(self) -> None:
        """Close both pipes."""
        os.close(self._reading)
        os.close(self._writing)

    def _read(self, size: int, deadline: Deadline | None) -> None:
        """Wait until so many bytes have arrived."""
        # Grown by what has really come: a claimed length takes no memory by itself.
        while len(self._arrived) < size:
            if self._timed:
                _wait(self._reading, select.POLLIN, deadline)
            try:
                chunk = os.read(self._reading, _CHUNK)
            except BlockingIOError:
                continue
            if not chunk:
                raise CandidateCrashedError("the other side ended without an answer")
            self._arrived += chunk


def _within_caps(structure: int, buffers: int) -> None:
    if structure > MAX_STRUCTURE or buffers > MAX_BUFFERS:
        raise WireError(
            f"a message of {structure} + {buffers} bytes is larger than the {MAX_STRUCTURE} + {MAX_BUFFERS} allowed"
        )


def _wait(descriptor: int, event: int, deadline: Deadline | None) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if deadline is None:
        poll.poll()
        return
    while (left := deadline.left()) > 0:
        if poll.poll(min(left, _SECONDS_BETWEEN_QUESTIONS) * 1000):
            return
    raise CandidateTimeoutError("no answer in time")

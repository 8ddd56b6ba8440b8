"""Frames over real pipes: what is no message is refused, and nobody waits beyond a deadline."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import CandidateCrashedError, CandidateError, CandidateTimeoutError, WireError
from autograder.examiner.patience import Deadline, Patience
from autograder.wire import Channel, Fetched, Forked, FromCandidate, FromExaminer, Refuse
from autograder.wire.channel import MAX_BUFFERS, MAX_STRUCTURE


@dataclass
class Line:
    """The examiner's channel, and the bare descriptors at the far side."""

    channel: Channel[Any]
    reading: int
    writing: int

    def hang_up(self) -> None:
        for descriptor in (self.reading, self.writing):
            os.close(descriptor)
        self.reading = self.writing = -1


@pytest.fixture
def line() -> Iterator[Line]:
    (near_read, far_write), (far_read, near_write) = os.pipe(), os.pipe()
    line = Line(Channel(near_read, near_write, FromCandidate), far_read, far_write)
    yield line
    line.channel.close()
    if line.reading >= 0:
        line.hang_up()


def soon() -> Deadline:
    return Deadline(0.2, Patience())


def frame(structure: bytes, buffers: bytes = b"") -> bytes:
    return struct.pack("<II", len(structure), len(buffers)) + structure + buffers


def test_a_message_and_its_buffers_arrive(line: Line) -> None:
    far: Channel[Any] = Channel(os.dup(line.reading), os.dup(line.writing), FromExaminer)
    far.send(Fetched(3), [b"ab", b"c"])
    message, buffers = line.channel.receive(soon())
    far.close()
    assert (message, bytes(buffers)) == (Fetched(3), b"abc")


def test_two_messages_stay_two(line: Line) -> None:
    os.write(line.writing, frame(msgspec.msgpack.encode(Fetched(1))) + frame(msgspec.msgpack.encode(Forked())))
    assert [line.channel.receive(soon())[0] for _ in range(2)] == [Fetched(1), Forked()]


NO_MESSAGES = {
    "nothing": b"",
    "text": b"\xa5hello",
    "invalid byte": b"\xc1",
    "unknown tag": msgspec.msgpack.encode(["steal"]),
    "too few fields": msgspec.msgpack.encode(["fetched"]),
    "wrong type": msgspec.msgpack.encode(["ready", 1, 2]),
    "text that is no UTF-8": b"\x92\xa7fetched\xa2\xff\xfe",
    "of the other direction": msgspec.msgpack.encode(["load", [], [], ""]),
    "two in one": msgspec.msgpack.encode(["forked"]) * 2,
    "nested 10,000 deep": b"\x92\xa7fetched" + b"\x93\xa1s\xa1l\x91" * 10_000 + b"\xc0",
    "array that claims 2**32 items": b"\x92\xa7fetched\x93\xa1s\xa1l\xdd\xff\xff\xff\xff",
}


@pytest.mark.parametrize("structure", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_bytes_that_are_no_message_are_refused(line: Line, structure: bytes) -> None:
    sender = threading.Thread(target=os.write, args=(line.writing, frame(structure)))
    sender.start()
    with pytest.raises(WireError):
        line.channel.receive(Deadline(5, Patience()))
    sender.join()


@pytest.mark.parametrize(
    "sizes",
    [(MAX_STRUCTURE + 1, 0), (0, MAX_BUFFERS + 1), (2**32 - 1, 2**32 - 1)],
    ids=["structure", "buffers", "both"],
)
def test_claimed_lengths_beyond_the_caps_are_refused_at_once(line: Line, sizes: tuple[int, int]) -> None:
    os.write(line.writing, struct.pack("<II", *sizes))
    with pytest.raises(WireError, match="larger than"):
        line.channel.receive(soon())


def test_a_frame_beyond_the_caps_is_not_sent(line: Line) -> None:
    with pytest.raises(WireError, match="larger than"):
        line.channel.send(Forked(), [bytes(MAX_BUFFERS + 1)], soon())


def test_one_that_never_answers_is_given_up(line: Line) -> None:
    with pytest.raises(CandidateTimeoutError):
        line.channel.receive(soon())


def test_a_deadline_that_has_passed_waits_no_longer(line: Line) -> None:
    with pytest.raises(CandidateTimeoutError):
        line.channel.receive(Deadline(-1, Patience()))


def test_what_comes_after_the_deadline_is_not_waited_for(line: Line) -> None:
    late = threading.Timer(0.8, os.write, (line.writing, frame(msgspec.msgpack.encode(Forked()))))
    late.start()
    with pytest.raises(CandidateTimeoutError):
        line.channel.receive(soon())
    late.join()


def test_a_claim_within_the_caps_waits_only_until_the_deadline(line: Line) -> None:
    os.write(line.writing, struct.pack("<II", 10, MAX_BUFFERS) + b"x")
    with pytest.raises(CandidateTimeoutError):
        line.channel.receive(soon())


def test_one_that_dribbles_is_given_up(line: Line) -> None:
    stop = threading.Event()

    def dribble() -> None:
        os.write(line.writing, struct.pack("<II", 1000, 0))
        while not stop.wait(0.01):
            os.write(line.writing, b"x")

    dribbler = threading.Thread(target=dribble)
    dribbler.start()
    with pytest.raises(CandidateTimeoutError):
        line.channel.receive(soon())
    stop.set()
    dribbler.join()


def test_one_that_never_reads_is_given_up(line: Line) -> None:
    with pytest.raises(CandidateTimeoutError):
        line.channel.send(Forked(), [bytes(2**20)], soon())


@pytest.mark.parametrize("begun", [b"", b"\x01\x00", struct.pack("<II", 5, 0) + b"ab"])
def test_one_that_hangs_up_has_crashed(line: Line, begun: bytes) -> None:
    os.write(line.writing, begun)
    line.hang_up()
    with pytest.raises(CandidateCrashedError):
        line.channel.receive(soon())


def test_sending_to_one_that_hung_up_says_that_it_crashed(line: Line) -> None:
    line.hang_up()
    with pytest.raises(CandidateCrashedError, match="gone"):
        line.channel.send(Forked(), (), soon())


@settings(max_examples=150)
@given(st.binary(max_size=64) | st.binary(max_size=64).map(frame))
def test_random_bytes_raise_nothing_but_what_a_candidate_may(data: bytes) -> None:
    (near_read, far_write), (far_read, near_write) = os.pipe(), os.pipe()
    channel: Channel[Any] = Channel(near_read, near_write, FromCandidate)
    os.write(far_write, data)
    os.close(far_write)
    try:
        channel.receive(soon())
    except CandidateError:
        pass
    finally:
        channel.close()
        os.close(far_read)


def test_an_exception_that_wants_more_than_a_message_arrives_as_another():
    assert repr(Refuse("UnicodeDecodeError", "no text").exception()) == "RuntimeError('no text')"

"""What a candidate may not say, said by one that has written all of it beforehand."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterator

import msgspec
import pytest

from autograder.errors import WireError
from autograder.examiner.dialogue import Dialogue
from autograder.limits import Limits
from autograder.sandbox import Process
from autograder.wire import Ask, Became, Cell, Defined, Forked, Load, Ready, Returned
from autograder.wire.states import Drawn


class Forged:
    """A sandbox whose candidate has sent some messages, and gone."""

    def __init__(self, *messages: msgspec.Struct) -> None:
        frames = map(msgspec.msgpack.encode, messages)
        self._sent = b"".join(struct.pack("<II", len(frame), 0) + frame for frame in frames)

    def begin(self, *_: object) -> Process:
        (reading, far_writing), (self.far, writing) = os.pipe(), os.pipe()
        os.write(far_writing, self._sent)
        os.close(far_writing)
        return Process(0, reading, writing)

    def end(self, _: Process) -> int:
        os.close(self.far)
        return 0


@contextlib.contextmanager
def talking(*replies: msgspec.Struct) -> Iterator[Dialogue]:
    load = Load([Cell("def f(x): return x", given=False)], ["f"], "", 2.0)
    forged = Forged(Ready([Defined("f", "function", "")], []), Forked(), *replies)
    with contextlib.closing(Dialogue(forged, Limits(), load)) as dialogue:
        dialogue.begin_cell("f", hidden=False)
        yield dialogue


@pytest.mark.parametrize(
    "reply",
    [
        Returned(1, "", [], after={"argument 1": Became(2, 0, [])}),
        Returned(1, "", ["argument 2"]),
        Returned(1, "", ["y"]),
    ],
)
def test_of_its_arguments_a_call_tells_only_which_of_them_it_changed(reply: Returned) -> None:
    with talking(reply) as dialogue:
        with pytest.raises(WireError) as refused:
            dialogue.call("f", [1], {}, {})
        assert dialogue.lost is refused.value


def test_what_comes_where_it_cannot_is_not_listened_to():
    nothing = Drawn(-1, legacy=False, kind="none", words=b"")
    with talking(Ask(0, [], {}, [nothing])) as dialogue, pytest.raises(WireError, match="Ask came where it cannot"):
        dialogue.fetch("f")

"""One candidate's life, seen from inside: the definitions, then a child for each test cell."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Callable

from autograder.candidate.conversation import Conversation, go_on
from autograder.candidate.definitions import Definitions, define, read_ahead
from autograder.candidate.kernel import Kernel
from autograder.candidate.legacy import unify
from autograder.candidate.warming import play
from autograder.errors import WireError
from autograder.wire import Channel, Finish, Finished, Fork, Forked, FromExaminer, Load, Perform, Ready, Run

__all__ = ["prepare", "serve"]

# By this status of its child the parent knows that the test cell ended as it should; any other is a crash.
_CLEAN = 93

# Where the fork-server has done it, no candidate has to.
_unified = functools.cache(unify)
_played = functools.cache(play)


def prepare(text: str, file: str) -> None:
    """Do in the fork-server what is the same for all candidates; with one of the instructor's given cells.

    Parameters
    ----------
    text : str
    file : str
        Its name in tracebacks.
    """
    _unified()
    _played()
    read_ahead(text, file)


def serve(reading: int, writing: int, output_characters: int, in_child: Callable[[], None]) -> None:
    """Run one candidate until its examiner goes away.

    Parameters
    ----------
    reading, writing : int
        The pipes of the channel.
    output_characters : int
        What a call may print before the rest is dropped.
    in_child : callable
        Takes away, in the child of a test cell, what only its parent needs.
    """
    _unified()
    channel: Channel[FromExaminer] = Channel(reading, writing, FromExaminer, timed=False)
    message, _ = channel.receive()
    if not isinstance(message, Load):
        raise WireError(f"a conversation begins with Load, not {type(message).__name__}")
    kernel = Kernel(message.modules) if message.kernel else None
    definitions = kernel or define(message)
    channel.send(Ready([definitions.report(name) for name in message.names], definitions.notices()))
    # So that no collection in the child of a test cell touches, and thereby copies, the pages of what is there.
    gc.freeze()
    while True:
        message, _ = channel.receive()
        if kernel and isinstance(message, (Run, Perform)):
            go_on(channel, kernel, message)
            continue
        if not isinstance(message, Fork):
            raise WireError(f"between test cells {type(message).__name__} cannot come")
        child = os.fork()
        if not child:
            in_child()
            definitions.approach(message.function)
            _serve_cell(channel, definitions, output_characters)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != _CLEAN:
            # Ending closes the pipes: so the examiner learns at once that the cell crashed.
            os._exit(1)


def _serve_cell(channel: Channel[FromExaminer], definitions: Definitions, output_characters: int) -> None:
    try:
        channel.send(Forked())
        Conversation(channel, definitions, output_characters).until(Finish)
        channel.send(Finished())
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it by the status
        os._exit(1)
    os._exit(_CLEAN)

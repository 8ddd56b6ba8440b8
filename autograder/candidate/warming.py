"""A test cell played in the fork-server, so that no candidate is the first to run the code of a conversation.

Python rewrites code that runs for the first times, and remembers where it found what; NumPy and the C library do
likewise. In the child of a test cell each such note copies a page of memory, in one cell after the other.
"""

from __future__ import annotations

import contextlib
import os

import numpy as np

from autograder.candidate.conversation import Conversation
from autograder.candidate.definitions import define
from autograder.wire import Answer, Call, Cell, Channel, Finish, FromCandidate, FromExaminer, FunctionRef, Load, Packer

# Python has rewritten a function after its eighth call, and has found out the types in it some calls later.
_TIMES = 12
_ANSWER = """
import numpy as np

def helper(x):
    return x

def answer(x, parameters, factor=1.0):
    return {key: factor * helper(np.copy(value)) for key, value in parameters.items()}, (x, 1, "text")
"""


def play() -> None:
    """Ask an answer of our own what a hidden test may ask a student's, some times over; NumPy's generator stays."""
    definitions = define(Load([Cell(_ANSWER, given=False)], ["answer"], "", 1.0))
    here, there = os.pipe(), os.pipe()
    examiner = Channel[FromCandidate](there[0], here[1], FromCandidate)
    candidate = Channel[FromExaminer](here[0], there[1], FromExaminer, timed=False)
    with contextlib.closing(examiner), contextlib.closing(candidate):
        for _ in range(_TIMES):
            _ask(examiner)
            Conversation(candidate, definitions, 0).until(Finish)
            # What it asked of `helper`, and what it returned.
            examiner.receive()
            examiner.receive()


def _ask(examiner: Channel[FromCandidate]) -> None:
    _, words, position, has_gauss, gauss = np.random.get_state(legacy=True)
    random = np.asarray(words, dtype=np.uint32).tobytes(), int(position), int(has_gauss), float(gauss)
    packer = Packer(lambda _: None, [])
    args = [packer.pack(value) for value in (np.ones((2, 3)), {"W1": np.ones((2, 2))})]
    call = Call("answer", args, {"factor": 2.0}, {"helper": FunctionRef(0, "helper")}, random)
    examiner.send(call, packer.buffers)
    answered = Packer(lambda _: None, [])
    examiner.send(Answer(answered.pack(np.ones((2, 2)))), answered.buffers)
    examiner.send(Finish())

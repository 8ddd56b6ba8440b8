"""A candidate that goes on asking when its test cell has ended loses marks, and takes nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from handing_in import handed_in

from autograder.api import Grader

ROOT = Path(__file__).parents[2]
# When it is told to finish, it has the examiner multiply a text by a number instead.
LATE = """
import os
import sys


def forge():
    agent, wire = sys.modules["autograder.candidate.agent"], sys.modules["autograder.wire"]

    def serve(channel, definitions, output):
        channel.send(wire.Forked())
        conversation = agent.Conversation(channel, definitions, output)
        conversation.until(wire.Finish)
        channel.send(wire.Ask(0, ["a", 10**18], {}))
        conversation.until(wire.Answer, wire.Refuse)
        channel.send(wire.Finished())
        os._exit(93)

    agent._serve_cell = serve


FORGED = forge()


def gradient_check(x, theta, epsilon=1e-7):
    FORGED
    return 0.5
"""
RIGHT = (
    "def forward_propagation(x, theta):\n    return x * theta\n\n\ndef backward_propagation(x, theta):\n    return x"
)


@pytest.mark.slow
def test_the_examiner_answers_no_question_after_the_end():
    with Grader(ROOT) as grader:
        result = grader.grade(handed_in(LATE, RIGHT), "late", "late", "gradient_checking")
    assert not result.needs_manual_grade
    assert [function.score for function in result.functions[:3]] == [5.0, 5.0, 0.0]

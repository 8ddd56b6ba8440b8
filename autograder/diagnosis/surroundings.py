"""What a trusted function finds around it when it is called as an answer was."""

from __future__ import annotations

import contextlib
import copy
import random as python_random
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.diagnosis.evidence import Case, Question, Recorder, asked

Limited = Callable[[float], contextlib.AbstractContextManager[None]]
"""Given seconds, what raises `TimeoutError` round code that takes longer."""


def unlimited(_seconds: float) -> contextlib.AbstractContextManager[None]:
    """Let code take what it takes."""
    return contextlib.nullcontext()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Leave the random states as they were, and let wrong formulas overflow in silence."""
    before, pythons = np.random.get_state(), python_random.getstate()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(before)
        python_random.setstate(pythons)


def seed(number: int) -> None:
    """Start both generators that a process has from the same state every time."""
    np.random.seed(number)
    python_random.seed(number)


@contextlib.contextmanager
def lending(right: Callable[..., Any], question: Question) -> Iterator[None]:
    """Let the reference's module have the stand-ins of a question, and its random state, for a while.

    Parameters
    ----------
    right : callable
        The reference.
    question : Question
    """
    space = getattr(right, "__globals__", {})
    before = {name: space[name] for name in question.lent if name in space}
    try:
        # Within, for an alarm may ring anywhere.
        space.update(question.lent)
        seed(question.seed)
        yield
    finally:
        for name in question.lent:
            space.pop(name, None)
        space.update(before)


def asks_alike(function: Callable[..., Any], right: Callable[..., Any], cases: Sequence[Case]) -> bool:
    """Tell whether a function asks the stand-ins of questions what an answer asked them, in whatever order.

    Parameters
    ----------
    function : callable
        One that does not raise.
    right : callable
        The reference.
    cases : sequence of Case
        The questions, with what the answer asked.
    """
    for one in cases:
        recorders = {name: Recorder(lent) for name, lent in one.question.lent.items()}
        with lending(right, replace(one.question, lent=recorders)):
            function(*copy.deepcopy(one.question.arguments))
        calls = {name: recorder.calls for name, recorder in recorders.items()}
        if {tuple(call) for call in asked(calls)} != {tuple(call) for call in asked(one.asked)}:
            return False
    return True

"""What a trusted function finds around it when it is called as an answer was."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.diagnosis.evidence import Question


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Leave the random state as it was, and let wrong formulas overflow in silence."""
    before = np.random.get_state()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(before)


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
    space.update(question.lent)
    np.random.seed(question.seed)
    try:
        yield
    finally:
        space.update(before)

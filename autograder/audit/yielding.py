"""Answers that yield their results one by one: an iterator equals nothing but itself, and can be gone through once."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any

# Of an answer that yields without an end, so many are looked at.
_YIELDED = 10_000


def listed(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Have an answer give what it yields as a list, up to 10,000 items; what is no iterator stays as it is.

    Parameters
    ----------
    answer : callable

    Returns
    -------
    callable
        It takes what `answer` takes.
    """

    @functools.wraps(answer)
    def call(*arguments: object, **named: object) -> Any:  # noqa: ANN401 - whatever the answer gives
        value = answer(*arguments, **named)
        return list(itertools.islice(value, _YIELDED)) if isinstance(value, Iterator) else value

    return call

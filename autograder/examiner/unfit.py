"""What a test hands to an answer, and does not cross: the instructor's to mend."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.errors import with_article

_PLACE = "argument "
# What TOML takes for a key without quotes.
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Unfit:
    """An argument of a test's call that does not cross.

    Parameters
    ----------
    function : str
    argument : str
        Its name, or its place, as in ``argument 1``.
    kind : str
        The name of its type.
    """

    function: str
    argument: str
    kind: str


def fault_of(unfit: Unfit, answer: Callable[..., Any] | None, assignment: str) -> str:
    """Say to the instructor what a test hands over, and what can be done.

    Parameters
    ----------
    unfit : Unfit
    answer : callable or None
        The reference's version of the function, which has names for its arguments.
    assignment : str

    Returns
    -------
    str
    """
    return (
        f"The test calls {unfit.function} with {with_article(unfit.kind)} as {_named(unfit.argument, answer)}, which "
        "cannot be handed to the answer's process: numbers, texts, arrays, lists, dictionaries, functions and random "
        f"generators can. Hand over one of these in source/{assignment} and grade again."
    )


def way_out(assignment: str) -> str:
    """Say to the instructor how an assignment is run as in a kernel, where objects stay and arguments are no copies.

    Parameters
    ----------
    assignment : str
    """
    key = assignment if _BARE.fullmatch(assignment) else json.dumps(assignment, ensure_ascii=False)
    return f'To have it as in a kernel, write execution = "full" under [assignments.{key}] in course.toml.'


def _named(argument: str, answer: Callable[..., Any] | None) -> str:
    """Add the name to a place, where the reference has one for it."""
    if answer is None or not argument.startswith(_PLACE):
        return argument
    try:
        names = list(inspect.signature(answer).parameters)
    except (TypeError, ValueError):
        return argument
    place = int(argument.removeprefix(_PLACE))
    return f"{argument} ({names[place - 1]})" if place <= len(names) else argument

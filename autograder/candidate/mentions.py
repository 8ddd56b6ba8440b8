"""Whether a function's own text speaks of a name as one that it is to set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import CodeType


def to_be_set(name: str, like: str, function: Sequence[str], code: CodeType) -> bool:
    """Tell whether a name without a value is one of the function's own, and no misspelling of another one.

    Parameters
    ----------
    name : str
    like : str
        A name that has a value and is written much the same; empty where there is none.
    function : sequence of str
        The lines of the function.
    code : CodeType
        Of the function.
    """
    if like and _is_set(like, function) and not _is_told(like, function):
        return False
    if _is_told(name, function):
        return True
    # As dtheta beside theta: what goes in has no business to come out.
    returned = any(re.match(rf"\s*return {name}\s*(?:#|$)", line) for line in function)
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return returned and like in parameters and name.endswith(like)


def _is_set(name: str, function: Sequence[str]) -> bool:
    return any(re.match(rf"\s*{re.escape(name)}\s*=[^=]", line) for line in function)


def _is_told(name: str, function: Sequence[str]) -> bool:
    """Tell whether a comment says to set it, or a text holds just this name."""
    told = re.compile(rf"#.*\b[Ss]et (?:\w+(?:, | and ))*{name}\b|(?P<quote>[\"'`]){name}(?P=quote)")
    return any(told.search(line) for line in function)

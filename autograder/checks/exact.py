"""Values that are equal or not: texts, bytes, truth values, None, sets. A message tells none of them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from autograder.checks.failure import CheckFailed, require
from autograder.checks.structure import described

_HINT = " Does the function return its result?"


def equal(got: object, wanted: object, name: str) -> bool:
    """Require what is equal to a right value of a kind that has no digits to round.

    Parameters
    ----------
    got : object
        The answer's value.
    wanted : object
        The right value.
    name : str
        How the message calls the value.

    Returns
    -------
    bool
        Whether the right value is of such a kind: else nothing was compared.

    Raises
    ------
    CheckFailed
        Where they differ, or are of different kinds.
    """
    if wanted is None:
        require(got is None, f"{name} is {described(got)}, wanted None.")
    elif isinstance(wanted, (bool, np.bool_)):
        _of_kind(got, (bool, np.bool_), "True or False", name)
        require(bool(got) is bool(wanted), f"{name} is the wrong one of True and False.")
    elif isinstance(wanted, str):
        _of_kind(got, str, "a text", name)
        require(got == wanted, _another_text(str(got), wanted, name))
    elif isinstance(wanted, bytes):
        _of_kind(got, bytes, "a bytes object", name)
        require(got == wanted, f"{name} holds wrong bytes.")
    elif isinstance(wanted, (set, frozenset)):
        _of_kind(got, (set, frozenset), "a set", name)
        _same_items(got, wanted, name)  # type: ignore[arg-type]
    else:
        return False
    return True


def same_keys(got: object, wanted: Mapping[Any, Any], name: str) -> None:
    """Require a dictionary with the keys of a right one, and with no others.

    Raises
    ------
    CheckFailed
        Where it has others, or is no dictionary.
    """
    _of_kind(got, dict, "a dictionary", name)
    _same_items(got.keys(), wanted.keys(), name)  # type: ignore[attr-defined]


def _of_kind(got: object, kinds: type | tuple[type, ...], wanted: str, name: str) -> None:
    hint = _HINT if got is None else ""
    require(isinstance(got, kinds), f"{name} is {described(got)}, wanted {wanted}.{hint}")


def _another_text(got: str, wanted: str, name: str) -> str:
    if got.casefold() == wanted.casefold():
        return f"{name} differs from the right text in upper and lower case."
    if "".join(got.split()) == "".join(wanted.split()):
        return f"{name} differs from the right text in its blanks or ends of lines."
    return f"{name} is a wrong text."


def _same_items(got: AbstractSet[Any], wanted: AbstractSet[Any], name: str) -> None:
    """Require the same items; how many are wrong the answer has chosen, and it could say what it was asked."""
    lacks, others = wanted - got, got - wanted
    if lacks and others:
        raise CheckFailed(f"{name} lacks entries that should be there, and has others that should not.")
    require(not lacks, f"{name} lacks entries that should be there.")
    require(not others, f"{name} has entries that should not be there.")

"""Values that are equal or not: texts, bytes, truth values, None, sets, dates. A message tells none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from typing import Any

import numpy as np

from autograder.checks.failure import CheckFailed, doubt, require
from autograder.checks.near import partners
from autograder.checks.saying import described, dtype_of, shape_of, share_of
from autograder.errors import with_article

_HINT = " Does the function return its result?"
# Of Python's library and NumPy's: what crosses from an answer's process as it is, and is equal or not.
_EXACT = (Fraction, Decimal, dt.date, dt.timedelta, range, slice, bytearray, PurePath, np.datetime64, np.timedelta64)


def equal(got: object, wanted: object, name: str, **bounds: float) -> bool:
    """Require what is equal to a right value of a kind that has no digits to round.

    Parameters
    ----------
    got : object
        The answer's value.
    wanted : object
        The right value.
    name : str
        How the message calls the value.
    **bounds : float
        ``rtol`` and ``atol`` of `close`, for numbers in sets.

    Returns
    -------
    bool
        Whether the right value is of such a kind: else nothing was compared.

    Raises
    ------
    CheckFailed
        Where they differ, or are of different kinds.
    TooClose
        Where numbers in a set are neither plainly right nor plainly wrong.
    """
    if wanted is None:
        require(got is None, f"{name} is {described(got)}, wanted None.")
    elif isinstance(wanted, (bool, np.bool_)):
        alone = isinstance(got, np.ndarray) and got.size == 1 and got.dtype.kind == "b"
        truth = got.item() if alone else got  # type: ignore[attr-defined]
        _of_kind(truth, (bool, np.bool_), "True or False", name)
        require(bool(truth) is bool(wanted), f"{name} is the wrong one of True and False.")
    elif isinstance(wanted, str):
        _of_kind(got, str, "a text", name)
        require(got == wanted, _another_text(str(got), wanted, name))
    elif isinstance(wanted, bytes):
        _of_kind(got, bytes, "a bytes object", name)
        require(got == wanted, f"{name} holds wrong bytes.")
    elif isinstance(wanted, (set, frozenset)):
        _of_kind(got, (set, frozenset), "a set", name)
        found, reason = partners(got, wanted, name, **bounds)  # type: ignore[arg-type]
        _same_items({found.get(item, item) for item in got}, wanted, name)  # type: ignore[attr-defined]
        if reason:
            doubt(reason)
    elif isinstance(wanted, (np.datetime64, np.timedelta64)):
        _of_kind(got, type(wanted), with_article(type(wanted).__name__), name)
        _same_moments(np.asarray(got), np.asarray(wanted), name)
    elif isinstance(wanted, _EXACT):
        _of_kind(got, type(wanted), with_article(type(wanted).__name__), name)
        require(got == wanted, f"{name} has a wrong value.")
    elif isinstance(wanted, np.ndarray) and wanted.dtype.kind in "mM":
        _same_moments(got, wanted, name)
    else:
        return False
    return True


def shaped_alike(got: object, wanted: np.ndarray[Any, Any], name: str) -> None:
    """Require an array of the shape of a right one.

    Raises
    ------
    CheckFailed
        Where it has another, or is no array.
    """
    _of_kind(got, np.ndarray, f"an array of shape {wanted.shape}", name)
    same = got.shape == wanted.shape  # type: ignore[attr-defined]
    require(same, f"{name}.shape is {shape_of(got, wanted.shape)}, wanted {wanted.shape}.")  # type: ignore[arg-type]


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


def _same_moments(got: Any, wanted: np.ndarray[Any, Any], name: str) -> None:  # noqa: ANN401 - of an answer
    """Require an array of the same dates, or of the same times between them; none equals none."""
    shaped_alike(got, wanted, name)
    another = CheckFailed(f"{name}.dtype is {dtype_of(got)}, wanted {dtype_of(wanted)}.")
    if got.dtype.kind != wanted.dtype.kind:
        raise another
    try:
        others = got != wanted
    except TypeError:
        # A year or a month is no certain number of days.
        raise another from None
    wrong = int(np.count_nonzero(others & ~(np.isnat(got) & np.isnat(wanted))))
    if wrong:
        raise CheckFailed(f"{name} is wrong in {share_of(wrong, wanted.size)}.")


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

"""What a test hands to a check beside the values: mistakes here are the test's, never the answer's."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np


def named(name: object, *, tolerant: bool = False) -> None:
    """Require that a value is called by a text.

    Parameters
    ----------
    name : object
    tolerant : bool
        Whether the check has a tolerance, which NumPy takes in this place.

    Raises
    ------
    TypeError
        Where it is none.
    """
    if isinstance(name, str):
        return
    advice = f" If it is meant as a tolerance, write rtol={name!r}." if tolerant and _is_number(name) else ""
    raise TypeError(f"name must be a text, by which messages call the value, and is {name!r}.{advice}")


def one_of(words: Iterable[str], kind: object) -> None:
    """Require that a kind is one of some words.

    Parameters
    ----------
    words : iterable of str
    kind : object

    Raises
    ------
    ValueError
        Where it is none of them.
    """
    known = list(words)
    if kind not in known:
        raise ValueError(f"kind must be one of {', '.join(known)}, and is {kind!r}.")


def bounded(**bounds: object) -> None:
    """Require that tolerances, given by their names, are finite numbers that are not negative.

    Raises
    ------
    TypeError
        Where one is no real number.
    ValueError
        Where one is negative or not finite.
    """
    for name, bound in bounds.items():
        if not _is_number(bound):
            raise TypeError(f"{name} must be a number, such as 1e-3, and is {bound!r}.")
        if not 0 <= bound < math.inf:  # type: ignore[operator]
            raise ValueError(f"{name} must be a finite number from 0 up, and is {bound!r}.")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)

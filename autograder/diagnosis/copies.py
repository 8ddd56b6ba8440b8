"""Copies of what functions take and give, and what tells one such value from another."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np


def copied(value: Any) -> Any:  # noqa: ANN401
    """Copy arrays, and the dictionaries, lists and tuples that hold some; all else is given as it is.

    A deep copy of the standard library would take longer than the functions that are asked.
    """
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(copied, value))
    return value


def key_of(value: Any) -> Hashable:  # noqa: ANN401
    """Give what equal values of that kind have in common, and no others."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, dict):
        return tuple((key, key_of(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(key_of, value))
    return type(value), value

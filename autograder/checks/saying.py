"""What a message says of an answer: its kind, shape and dtype, and how many.

The answer has chosen these, and it may have chosen them to say what it was asked. So shapes and dtypes are said only
where they are ordinary, and lengths where they are short.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.errors import with_article

# The entries of ordinary shapes, by how many sides they may have: about as many shapes each time.
_MOST_ENTRIES = {3: 10_000, 4: 3_000, 5: 1_000}
_LEAST_SIDES, _MOST_SIDES = min(_MOST_ENTRIES), max(_MOST_ENTRIES)
MOST_ITEMS = 100
_UNSAID = "(...)"


def described(value: object) -> str:
    """Say what a value is, without its contents.

    Returns
    -------
    str
        Such as ``an array of shape (3, 4)``, ``a tuple of 2``, ``None`` or ``an int``.
    """
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {shape_of(value)} and dtype {dtype_of(value)}"
    if isinstance(value, (tuple, list, dict)):
        return f"a {type(value).__name__} of {counted(len(value))}"
    return with_article(type(value).__name__)


def shape_of(value: NDArray[Any], wanted: Sequence[int] = ()) -> str:
    """Say the shape of an answer's array, where it can hardly say anything else.

    Parameters
    ----------
    value : ndarray
    wanted : sequence of int
        The right shape: one that is made of its sides is said, however large, and one that is off by one in them. Of
        a right shape of more than five sides no more is said than of any other.

    Returns
    -------
    str
        Such as ``(3, 4)``; ``(...)`` for the others.
    """
    shape = value.shape
    return str(shape) if _is_shape(shape) and (_ordinary(shape, wanted) or _like(shape, wanted)) else _UNSAID


def _is_shape(shape: object) -> bool:
    """Tell whether it is one: an object of the answer's that poses as an array may say anything."""
    return type(shape) is tuple and all(type(side) is int and side >= 0 for side in shape)


def _ordinary(shape: Sequence[int], wanted: Sequence[int]) -> bool:
    sides = min(max(len(wanted), _LEAST_SIDES), _MOST_SIDES)
    return shape == (0,) or (len(shape) <= sides and 0 < math.prod(shape) <= _MOST_ENTRIES[sides])


def _like(shape: Sequence[int], wanted: Sequence[int]) -> bool:
    """Tell whether a shape is made of the sides of the right one, or has sides that are off by one."""
    if not len(shape) <= len(wanted) <= _MOST_SIDES:
        return False
    near = len(shape) == len(wanted) and all(abs(a - b) <= 1 for a, b in zip(shape, wanted, strict=True))
    return near or {*shape} <= {1, *wanted}


def counted(items: int) -> str:
    """Say how many items an answer has, where they are few."""
    return str(items) if items <= MOST_ITEMS else _UNSAID


def dtype_of(value: NDArray[Any]) -> str:
    """Say the dtype of an answer's array, but for what it may hold beside its kind and size.

    Returns
    -------
    str
        Such as ``float64`` or ``datetime64[D]``. The length of texts, a unit of several days and the names of fields
        are the answer's choice, and are not said.
    """
    dtype = value.dtype
    # By its type: an object of the answer's that poses as an array may say anything.
    if not issubclass(type(dtype), np.dtype):
        return _UNSAID
    if dtype.kind in "SUT":
        return "text"
    if dtype.kind in "mM" and np.datetime_data(dtype)[1] > 1:
        return f"{dtype.type.__name__}[...]"
    return dtype.type.__name__ if dtype.kind == "V" else dtype.name


def share_of(count: int, size: int) -> str:
    """Say how many of an array's values something holds of: an exact count could say what an answer was asked.

    Parameters
    ----------
    count : int
        From 1 to `size`.
    size : int
        Known to the test.

    Returns
    -------
    str
        Such as ``some of its 12 values``.
    """
    if size == 1:
        return "its only value"
    if count == size:
        return f"all of its {size} values"
    if count == 1:
        return f"one of its {size} values"
    return f"most of its {size} values" if 2 * count > size else f"some of its {size} values"

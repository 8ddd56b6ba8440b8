"""Reading what an answer returned as numbers, whatever it returned, and comparing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Looser than the checks: a prediction needs to be the student's value, not the student's rounding.
RTOL = 1e-6
ATOL = 1e-9
_ROUNDINGS = 100
_COARSEST = 1e-2
# Far above what a course's own questions give, far below what would take time.
_MOST = 100_000
_READ = (np.ndarray, np.generic, bool, int, float, complex)


def numbers(value: object) -> Numbers | None:
    """Read a value as an array of floats.

    Parameters
    ----------
    value : object
        From a candidate: anything.

    Returns
    -------
    float64 array or None
        None where it is no number, array of numbers or nested list of numbers, and where it is very large.
    """
    array = _array(value, "biuf")
    return None if array is None else array.astype(np.float64)


def parts(value: object) -> tuple[Numbers, Numbers] | None:
    """Read a value as an array of complex numbers: their real and their imaginary parts; None where it is none."""
    array = _array(value, "biufc")
    if array is None:
        return None
    # Of narrow floats the parts are as narrow.
    return np.array(array.real), np.array(array.imag)


def _array(value: object, kinds: str) -> NDArray[Any] | None:
    if isinstance(value, (list, tuple)) and not _small(value):
        return None
    if not isinstance(value, (*_READ, list, tuple)):
        return None
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return array if array.dtype.kind in kinds and array.size <= _MOST else None


def alike(
    left: Numbers | None, right: Numbers | None, rtol: float = RTOL, atol: float = ATOL, *, equal_nan: bool = False
) -> bool:
    """Tell whether two arrays are the same but for rounding; a number is the same number in an array of one.

    Parameters
    ----------
    left, right : float array or None
        None is alike to nothing.
    rtol, atol : float
        As for `numpy.allclose`, relative to `right`.
    equal_nan : bool
        Whether NaN is alike to NaN; else it is alike to nothing.
    """
    if left is None or right is None:
        return False
    if left.shape != right.shape:
        if left.size != 1 or right.size != 1:
            return False
        left = left.reshape(right.shape)
    return bool(np.all(close(left, right, rtol, atol, equal_nan=equal_nan)))


def close(
    left: Numbers, right: Numbers, rtol: float = RTOL, atol: float = ATOL, *, equal_nan: bool = False
) -> NDArray[np.bool_]:
    """Compare entry by entry; see `alike`."""
    with np.errstate(all="ignore"):
        # Beside an infinity everything would be close.
        near = (np.abs(left - right) <= atol + rtol * np.abs(right)) & np.isfinite(right)
    near |= left == right
    return near | (np.isnan(left) & np.isnan(right)) if equal_nan else near


def coarseness(value: object) -> float:
    """Give how far right numbers may be apart, as part of the largest; 0 for whole numbers and floats of 64 bits.

    A sum of floats in another order differs in the last digits: of narrow ones, in more than `RTOL`.
    """
    dtype = getattr(value, "dtype", None)
    if not isinstance(dtype, np.dtype) or dtype.kind != "f" or dtype.itemsize >= np.dtype(float).itemsize:
        return 0.0
    return min(_ROUNDINGS * float(np.finfo(dtype).eps), _COARSEST)


def largest(values: Numbers) -> float:
    """Give the size of the largest number that is finite; 0 where there is none."""
    return float(np.max(np.abs(values), initial=0, where=np.isfinite(values)))


def mostly_finite(values: Numbers) -> bool:
    """Tell whether there is enough to tell mistakes apart by: NaN swallows them all."""
    return bool(np.mean(np.isfinite(values)) > 0.5) if values.size else False  # noqa: PLR2004 - half


def gappy(values: Numbers | None) -> bool:
    """Tell whether some entry is NaN."""
    return values is not None and bool(np.any(np.isnan(values)))


def _small(value: object) -> bool:
    """Count the entries of nested lists, and stop where they are too many."""
    waiting, count = [value], 0
    while waiting:
        one = waiting.pop()
        count += one.size if isinstance(one, np.ndarray) else 1
        if isinstance(one, (list, tuple)):
            count += len(one)
            if count <= _MOST:
                waiting.extend(one)
        if count > _MOST:
            return False
    return True

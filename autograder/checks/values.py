"""Values compared: exact in form, tolerant in the last digits only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checks.failure import CheckFailed, require
from autograder.checks.structure import described, mapping, scalar, tuple_of

# Two right float64 implementations of the course's formulas differ by a few hundred units in the last place;
# 1e-7 leaves five digits of room on that side, and the mildest mistake of the course is off by 1e-3.
RTOL = 1e-7
ATOL = 1e-10


def close(got: object, wanted: ArrayLike, name: str = "the result", *, rtol: float = RTOL, atol: float = ATOL) -> None:
    """Require the right numbers: shape first, then kind, then values.

    Parameters
    ----------
    got : object
        The answer's value. Where a single number is wanted, any wrapping of one number will do.
    wanted : array_like
        The right value; never shown.
    name : str
    rtol, atol : float
        ``|got - wanted| <= atol + rtol |wanted|``, entry by entry.

    Raises
    ------
    CheckFailed
        Where shape, kind or a value differs. NaN never agrees.
    """
    right: NDArray[Any] = np.asarray(wanted)
    if right.ndim == 0:
        number = scalar(got, name)
        # `<=` and not `not >`: a NaN must fail.
        require(bool(abs(number - float(right)) <= atol + rtol * abs(float(right))), f"{name} has a wrong value.")
        return
    if not isinstance(got, np.ndarray):
        raise CheckFailed(f"{name} is {described(got)}, wanted an array of shape {right.shape}.")
    require(got.shape == right.shape, f"{name}.shape is {got.shape}, wanted {right.shape}.")
    require(got.dtype.kind in "fiub", f"{name}.dtype is {got.dtype}, wanted numbers.")
    with np.errstate(invalid="ignore", over="ignore"):
        fits = np.abs(got - right.astype(float)) <= atol + rtol * np.abs(right)
    wrong = int(np.size(fits) - np.count_nonzero(fits))
    if wrong:
        broken = int(np.count_nonzero(~np.isfinite(got.astype(float))))
        also = f" ({broken} not finite)" if broken else ""
        raise CheckFailed(f"{name} has {wrong} wrong of {right.size} values{also}.")


def agree(got: object, wanted: Any, name: str = "the result", **tolerance: float) -> None:  # noqa: ANN401
    """Require the same structure and numbers as a right result, through dictionaries, tuples and lists.

    Parameters
    ----------
    got : object
        The answer's result.
    wanted : object
        The right result: a number, an array, or dictionaries, tuples and lists of these. A dictionary asks for its
        own keys only.
    name : str
    **tolerance : float
        ``rtol`` and ``atol`` of `close`.

    Raises
    ------
    CheckFailed
        At the first place that differs, which the message names.
    """
    if isinstance(wanted, dict):
        items = mapping(got, wanted, name)
        for key, right in wanted.items():
            agree(items[key], right, str(key), **tolerance)
    elif isinstance(wanted, (tuple, list)):
        for index, (item, right) in enumerate(zip(tuple_of(got, len(wanted), name), wanted, strict=True)):
            agree(item, right, f"{name}[{index}]", **tolerance)
    else:
        close(got, wanted, name, **tolerance)


def below(difference: object, threshold: float, name: str = "the difference") -> None:
    """Require a gradient-check difference that says "right": ``0 <= difference < threshold``.

    Raises
    ------
    CheckFailed
        Where it is no number, negative, or not below the threshold.
    """
    got = scalar(difference, name)
    require(0 <= got < threshold, f"{name} is {got:.3g}; for a right gradient it must be below {threshold:g}.")


def above(difference: object, threshold: float, name: str = "the difference") -> None:
    """Require a gradient-check difference that says "wrong": ``difference > threshold``.

    Raises
    ------
    CheckFailed
        Where it is no number, or not above the threshold.
    """
    got = scalar(difference, name)
    require(got > threshold, f"{name} is {got:.3g}; for a wrong gradient it must be above {threshold:g}.")

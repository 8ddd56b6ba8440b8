"""Values compared: exact in form, tolerant in the last digits only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checks.arguments import named
from autograder.checks.exact import equal, same_keys, shaped_alike
from autograder.checks.failure import CheckFailed, TooClose, doubt, require
from autograder.checks.measures import measured
from autograder.checks.naming import may_be_named
from autograder.checks.near import partners
from autograder.checks.saying import MOST_ITEMS, described, dtype_of, shape_of, share_of
from autograder.checks.structure import complex_scalar, list_of, mapping, scalar, tuple_of
from autograder.checks.tolerance import ATOL, RTOL, THRESHOLD_MARGIN, in_double, tolerance
from autograder.errors import with_article
from autograder.results import Measure

# A relative difference is at most 1, and rounding leaves no smaller one but 0.
_LEAST_SAID, _MOST_SAID = 1e-17, 10.0


def close(got: object, wanted: ArrayLike, name: str = "the result", *, rtol: float = RTOL, atol: float = ATOL) -> None:
    """Require the right numbers: shape first, then kind, then values.

    Parameters
    ----------
    got : object
        The answer's value. Where a single number is wanted, any wrapping of one number will do.
    wanted : array_like
        The right value, of real or complex numbers; never shown. Where it is real, complex ones are wrong, also those
        without an imaginary part. NumPy gives real arrays where nothing is imaginary, as for the roots of some
        polynomials: write ``wanted + 0j`` where other questions have complex results.
    name : str
        How the message calls the value.
    rtol, atol : float
        Every entry may deviate by ``atol + rtol max|wanted|``; see `autograder.checks.tolerance`.

    Raises
    ------
    CheckFailed
        Where shape, kind or a value is plainly wrong. NaN never agrees.
    TooClose
        Where values are not right, and none is plainly wrong.
    TypeError, ValueError
        Where the name is no text, or a tolerance no number from 0 up.
    """
    named(name, tolerant=True)
    right = in_double(wanted)
    answered = _numbers(got, right, name)
    bounds = tolerance(right, rtol, atol)
    with np.errstate(invalid="ignore", over="ignore"):
        deviation = np.abs(answered - right)
    # `<=` and not `not >`: a NaN must fail.
    wrong = int(np.count_nonzero(~(deviation <= bounds.limit)))
    if wrong and right.ndim == 0:
        raise CheckFailed(f"{name} has a wrong value.")
    if wrong:
        also = "" if np.all(np.isfinite(in_double(answered))) else " (not everything there is finite)"
        raise CheckFailed(f"{name} is wrong in {share_of(wrong, right.size)}{also}.")
    greatest = float(np.max(deviation, initial=0.0))
    if greatest > bounds.allowed:
        doubt(
            TooClose(
                f"{name} differs from the right value only from digit {bounds.digit(greatest)} on: a person will look "
                "at it. Is something in it only approximated, or not in double precision (float64)?"
            )
        )


def agree(got: object, wanted: Any, name: str = "the result", *, only: bool = False, **bounds: float) -> None:  # noqa: ANN401
    """Require the same structure and values as a right result, through dictionaries, tuples and lists.

    Numbers agree as in `close`, also in sets and among keys, where ``0.3 + 0j`` is 0.3; texts, bytes, truth values,
    None, dates, fractions and the like where they are equal.

    Parameters
    ----------
    got : object
        The answer's result.
    wanted : object
        The right result: a number, an array of numbers, texts, dates or objects, a text, bytes, True or False, None, a
        set, a date, a time, a fraction, a decimal, a range, a slice, a path, or dictionaries, tuples, lists and deques
        of these. Where a list is wanted, a tuple or an array will do. A dictionary asks for its own keys; messages name
        those that the notebook's code has in quotes outside of its hidden tests. In a kernel without autograder, where
        nobody knows of that, they name all.
    name : str
        How the message calls the result.
    only : bool
        Whether dictionaries must have no other keys, as where a key is data itself: then no message names one.
    **bounds : float
        ``rtol`` and ``atol`` of `close`.

    Raises
    ------
    CheckFailed
        At the first place that is plainly wrong, which the message names.
    TooClose
        At the first place that is too close to call, where no place is plainly wrong.
    TypeError, ValueError
        Where the name is no text, a tolerance no number from 0 up, or the right result holds something else.
    """
    named(name, tolerant=True)
    got, wanted = _as_lists(got, wanted, name)
    if not isinstance(wanted, (dict, tuple, list)):
        if not equal(got, wanted, name, **bounds):
            _require_numbers(wanted)
            close(got, wanted, name, **bounds)
        return
    doubts = []
    if isinstance(wanted, dict) and isinstance(got, dict):
        found, reason = partners(got.keys(), wanted.keys(), name, **bounds)
        got = {found.get(key, key): value for key, value in got.items()} if found else got
        doubts += [reason] if reason else []
    if only and isinstance(wanted, dict):
        same_keys(got, wanted, name)
    for item, right, place in _places(got, wanted, name, only=only):
        try:
            agree(item, right, place, only=only, **bounds)
        except TooClose as reason:
            doubts.append(reason)
    if doubts:
        doubt(doubts[0])


def below(difference: object, threshold: float, name: str = "the difference") -> None:
    """Require a gradient-check difference that says "right": ``0 <= difference < threshold``.

    Parameters
    ----------
    difference : object
        The answer's.
    threshold : float
    name : str
        How the message calls the difference.

    Raises
    ------
    CheckFailed
        Where it is no number, negative, or plainly not below the threshold.
    TooClose
        Where it is within a factor `THRESHOLD_MARGIN` of the threshold, on either side.
    TypeError
        Where the name is no text.
    """
    got = scalar(difference, name)
    measured(Measure(name, got, threshold, "below"))
    wish = f"{name} is {_said(got)}; for a right gradient it must lie between 0 and {threshold:g}"
    require(0 <= got < threshold * THRESHOLD_MARGIN, f"{wish}.")
    if got > threshold / THRESHOLD_MARGIN:
        doubt(TooClose(f"{wish}. That is close: a person will look at it."))


def above(difference: object, threshold: float, name: str = "the difference") -> None:
    """Require a gradient-check difference that says "wrong": ``difference > threshold``.

    Parameters
    ----------
    difference : object
        The answer's.
    threshold : float
    name : str
        How the message calls the difference.

    Raises
    ------
    CheckFailed
        Where it is no number, or plainly not above the threshold.
    TooClose
        Where it is within a factor `THRESHOLD_MARGIN` of the threshold, on either side.
    TypeError
        Where the name is no text.
    """
    got = scalar(difference, name)
    measured(Measure(name, got, threshold, "above"))
    wish = f"{name} is {_said(got)}; for a wrong gradient it must be above {threshold:g}"
    require(got > threshold / THRESHOLD_MARGIN, f"{wish}.")
    if got < threshold * THRESHOLD_MARGIN:
        doubt(TooClose(f"{wish}. That is close: a person will look at it."))


def _said(difference: float) -> str:
    """Say a difference to three digits; what no difference can be could say anything."""
    if abs(difference) < _LEAST_SAID:
        return "0"
    return f"{difference:.3g}" if abs(difference) <= _MOST_SAID else f"beyond {np.copysign(_MOST_SAID, difference):g}"


def _numbers(got: object, right: NDArray[Any], name: str) -> NDArray[Any]:
    """Require numbers of the shape of right ones; complex ones only where those are."""
    may_be_complex = right.dtype.kind == "c"
    if right.ndim == 0:
        return np.asarray(complex_scalar(got, name) if may_be_complex else scalar(got, name))
    shape = right.shape
    if not isinstance(got, np.ndarray):
        raise CheckFailed(f"{name} is {described(got)}, wanted an array of shape {shape}.")
    if got.shape != shape:
        raise CheckFailed(f"{name}.shape is {shape_of(got, shape)}, wanted {shape}.")
    if got.dtype.kind not in "fiubc":
        raise CheckFailed(f"{name}.dtype is {dtype_of(got)}, wanted numbers.")
    if got.dtype.kind == "c" and not may_be_complex:
        raise CheckFailed(f"{name}.dtype is {dtype_of(got)}, wanted real numbers.")
    return got


def _as_lists(got: object, wanted: Any, name: str) -> tuple[Any, Any]:  # noqa: ANN401 - anything
    """Give deques, and arrays of texts or objects, as lists, entry by entry; all else as it is."""
    if isinstance(wanted, deque):
        hint = " Does the function return its result?" if got is None else ""
        if not isinstance(got, deque):
            raise CheckFailed(f"{name} is {described(got)}, wanted a deque.{hint}")
        return list(got), list(wanted)
    if isinstance(wanted, np.ndarray) and wanted.dtype.kind in "USO":
        shaped_alike(got, wanted, name)
        return got.tolist(), wanted.tolist()  # type: ignore[attr-defined]
    return got, wanted


def _require_numbers(wanted: object) -> None:
    if isinstance(wanted, (int, float, complex, np.number)):
        return
    if not isinstance(wanted, np.ndarray):
        held = with_article(type(wanted).__name__)
        raise TypeError(
            f"agree cannot compare {held}. Give it what that holds, such as list(...) or a dictionary of it."
        )
    if wanted.dtype.kind not in "fiubc":
        raise TypeError(f"agree cannot compare arrays of dtype {wanted.dtype}. Give it their parts, each as numbers.")


def _places(
    got: object, wanted: dict[Any, Any] | tuple[Any, ...] | list[Any], name: str, *, only: bool
) -> Iterable[tuple[object, Any, str]]:
    """Pair what an answer holds with what is wanted there, and name the place."""
    if isinstance(wanted, dict):
        items = _entries(got, wanted, name)
        entry = f"an entry of {name}"
        return [
            (items[key], right, entry if only or not may_be_named(key) else str(key)) for key, right in wanted.items()
        ]
    items_of = list_of if isinstance(wanted, list) else tuple_of
    pairs = zip(items_of(got, len(wanted), name), wanted, strict=True)
    # Which is the first wrong one, the answer has chosen.
    return [
        (item, right, f"{name}[{index}]" if index < MOST_ITEMS else f"an entry of {name}")
        for index, (item, right) in enumerate(pairs)
    ]


def _entries(got: object, wanted: dict[Any, Any], name: str) -> dict[Any, Any]:
    """Require the keys of a right result; those that may be named come first."""
    mapping(got, filter(may_be_named, wanted), name)
    entries: dict[Any, Any] = got  # type: ignore[assignment]
    require(entries.keys() >= wanted.keys(), f"{name} lacks entries that should be there.")
    return entries

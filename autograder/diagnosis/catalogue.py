"""The catalogue of named wrong implementations, and the search in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.results import Diagnosis

# Looser than the checks: the prediction needs to be the student's value, not the student's rounding.
_RTOL = 1e-6
_ATOL = 1e-9

Asked = tuple[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named wrong implementation of a graded function.

    Parameters
    ----------
    name : str
        Kebab case, unique within an assignment.
    function : str
        The graded function that it gets wrong.
    wrong : callable
        Has the graded function's signature.
    message : str
        What such an answer does, in one sentence.
    hint : str
        What to think about, in 20 to 80 words and without the solution's code.
    """

    name: str
    function: str
    wrong: Callable[..., Any]
    message: str
    hint: str


def diagnose(
    catalogue: Iterable[Misconception], right: Callable[..., Any], observed: Sequence[Asked]
) -> Diagnosis | None:
    """Find the one misconception that predicts an answer on every input that was asked.

    Parameters
    ----------
    catalogue : iterable of Misconception
        Those of the function in question.
    right : callable
        The reference.
    observed : sequence of (arguments, value)
        What the answer returned on fresh inputs.

    Returns
    -------
    Diagnosis or None
        None where the reference predicts the answer too, where no entry does, or where several do.
    """
    if not observed or _predicts(right, observed):
        return None
    fitting = [entry for entry in catalogue if _predicts(entry.wrong, observed)]
    if len(fitting) != 1:
        return None
    (entry,) = fitting
    return Diagnosis(entry.name, entry.message, entry.hint)


def _predicts(function: Callable[..., Any], observed: Sequence[Asked]) -> bool:
    return all(_alike(_outcome(function, arguments), value) for arguments, value in observed)


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Call a wrong implementation; one that raises predicts nothing (NaN is alike to nothing)."""
    with np.errstate(all="ignore"):
        try:
            return function(*arguments)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return float("nan")


def _alike(left: object, right: object) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_alike(left[key], right[key]) for key in left)
    if isinstance(left, (tuple, list)) and isinstance(right, (tuple, list)):
        return len(left) == len(right) and all(map(_alike, left, right))
    try:
        a, b = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    except (TypeError, ValueError):
        return left is None and right is None
    # A number is the same number in an array of one.
    fits = a.shape == b.shape or a.size == b.size == 1
    return fits and bool(np.allclose(a.reshape(b.shape), b, rtol=_RTOL, atol=_ATOL))

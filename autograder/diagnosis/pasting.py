"""Values as Python code that a student can paste: short, and exact where it is meant to be used again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.diagnosis.numbers import Numbers

_UNIFORM = 4
_DIGITS = 6


def pasted(value: Any) -> str:  # noqa: ANN401 - whatever a function takes
    """Write an argument as code that gives it back exactly.

    Parameters
    ----------
    value : number, array, or dict, list or tuple of them
        Trusted: the course's own.

    Returns
    -------
    str
        In terms of Python and ``np``.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {pasted(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(pasted, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(pasted, value)) + "]"
    if isinstance(value, np.ndarray):
        return _array(value)
    return repr(value.item() if isinstance(value, np.generic) else value)


def _array(value: np.ndarray) -> str:
    """Write an array; one of equal entries by its shape."""
    first = value.flat[0].item() if value.size > _UNIFORM else None
    if value.dtype == np.float64 and first is not None and bool(np.all(value == first)):
        function, filling = {0.0: ("zeros", ""), 1.0: ("ones", "")}.get(first, ("full", f", {first!r}"))
        return f"np.{function}({value.shape}{filling})"
    return f"np.array({value.tolist()!r})"


def shown(value: Numbers, other: Numbers | None) -> str:
    """Write an output with as many digits as tell it from another one.

    Parameters
    ----------
    value : float array
        An answer's output, or the right one.
    other : float array or None
        The other of the two.
    """
    for digits in range(_DIGITS, 18):
        text = _rounded(value, digits)
        if other is None or other.shape != value.shape or text != _rounded(other, digits):
            return text
    return _rounded(value, 17)


def _rounded(value: Numbers, digits: int) -> str:
    if value.ndim == 0:
        return _number(float(value), digits)
    first = value.flat[0] if value.size > _UNIFORM else None
    if first is not None and bool(np.all(value == first)):
        arguments = ", ".join([str(value.shape), _number(float(first), digits)])
        return f"np.full({arguments})"
    return f"np.array({_nested(value, digits)})"


def _nested(value: Numbers, digits: int) -> str:
    parts = (_nested(part, digits) if part.ndim else _number(float(part), digits) for part in value)
    return "[" + ", ".join(parts) + "]"


def _number(value: float, digits: int) -> str:
    text = f"{value:.{digits}g}"
    if not np.isfinite(value):
        return f"np.{text.strip('-')}" if not text.startswith("-") else f"-np.{text[1:]}"
    return text if any(mark in text for mark in ".e") else f"{text}.0"

"""Type, shape and dtype of an answer; nothing here looks at values."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.arguments import named, one_of
from autograder.checks.failure import CheckFailed, require
from autograder.checks.saying import counted, described, dtype_of, shape_of

_KINDS = {"float": "f", "bool": "b", "int": "iu", "number": "fiu", "complex": "fiuc"}
_TYPES = {
    "float": "a float type",
    "bool": "a bool type",
    "int": "an int type",
    "number": "a real number type",
    "complex": "a real or complex number type",
}


def mapping(value: object, keys: Iterable[str], name: str = "the result", *, only: bool = False) -> dict[str, Any]:
    """Require a dictionary that holds at least the given keys.

    Parameters
    ----------
    value : object
    keys : iterable of str
        Messages name those that are missing.
    name : str
        How the message calls the value.
    only : bool
        Whether other keys are a fault, as where a caller takes each of them for a parameter.

    Returns
    -------
    dict
        The value itself.

    Raises
    ------
    CheckFailed
        Where it is no dictionary, a key is missing, or there are others and none may be.
    TypeError
        Where the name is no text.
    """
    named(name)
    if not isinstance(value, dict):
        hint = " Does the function return its result?" if value is None else ""
        raise CheckFailed(f"{name} is {described(value)}, wanted a dictionary.{hint}")
    wanted = tuple(keys)
    missing = [key for key in wanted if key not in value]
    if missing:
        # Only names that the test knows: keys of the answer's own could say what it was asked.
        has = [repr(key) for key in wanted if key in value]
        others = f"{counted(len(value) - len(has))} of other names"
        raise CheckFailed(f"{name} has no {', '.join(map(repr, missing))}; it has {', '.join([*has, others])}.")
    # Which and how many, the answer has chosen.
    require(not only or len(value) == len({*wanted}), f"{name} has all keys that are wanted, and others beside them.")
    return value


def tuple_of(value: object, length: int, name: str = "the result") -> tuple[Any, ...]:
    """Require a tuple (or a list) of a length.

    Parameters
    ----------
    value : object
    length : int
    name : str
        How the message calls the value.

    Returns
    -------
    tuple
        The items.

    Raises
    ------
    CheckFailed
        Where it is neither, or its length differs.
    TypeError
        Where the name is no text.
    """
    named(name)
    if not isinstance(value, (tuple, list)):
        hint = " Does the function return its result?" if value is None else ""
        raise CheckFailed(f"{name} is {described(value)}, wanted a tuple of {length}.{hint}")
    return _as_many(value, length, name)


def list_of(value: object, length: int, name: str) -> tuple[Any, ...]:
    """Require a list, or a tuple or an array, of a length.

    Raises
    ------
    CheckFailed
        Where it is none of these, or its length differs.
    """
    if not isinstance(value, (list, tuple)) and not (isinstance(value, np.ndarray) and value.ndim > 0):
        hint = " Does the function return its result?" if value is None else ""
        raise CheckFailed(f"{name} is {described(value)}, wanted a list of {length}.{hint}")
    return _as_many(value, length, name)


def _as_many(value: Sequence[Any] | NDArray[Any], length: int, name: str) -> tuple[Any, ...]:
    if len(value) != length:
        raise CheckFailed(f"{name} holds {counted(len(value))} items, wanted {length}.")
    return tuple(value)


def array(
    value: object, shape: Sequence[int] | None = None, kind: str = "float", name: str = "the result"
) -> NDArray[Any]:
    """Require an array of a shape and a kind of dtype.

    Parameters
    ----------
    value : object
    shape : sequence of int or None
        None leaves the shape open, but for an array without entries.
    kind : {"float", "bool", "int", "number", "complex"}
        ``number`` takes floats and integers, ``complex`` complex numbers too.
    name : str
        How the message calls the value.

    Returns
    -------
    ndarray
        The value itself.

    Raises
    ------
    CheckFailed
        Where it is no array, or its shape or dtype differs.
    TypeError, ValueError
        Where the name is no text, or the kind none of these.
    """
    named(name)
    one_of(_KINDS, kind)
    if not isinstance(value, np.ndarray):
        raise CheckFailed(f"{name} is {described(value)}, wanted an array.")
    if shape is not None and value.shape != tuple(shape):
        hint = " Did it lose a dimension, as in a sum without keepdims?" if value.ndim < len(shape) else ""
        raise CheckFailed(f"{name}.shape is {shape_of(value, shape)}, wanted {tuple(shape)}.{hint}")
    # Whatever is required of all its entries would hold.
    require(shape is not None or value.size > 0, f"{name} has no entries.")
    if value.dtype.kind not in _KINDS[kind]:
        raise CheckFailed(f"{name}.dtype is {dtype_of(value)}, wanted {_TYPES[kind]}.")
    return value


def mask(value: object, shape: Sequence[int], name: str = "the mask") -> NDArray[np.bool_]:
    """Require zeros and ones, in whatever form: bool, int or float array, or nested lists.

    Parameters
    ----------
    value : object
    shape : sequence of int
    name : str
        How the message calls the value.

    Returns
    -------
    ndarray of bool
        The mask, of the given shape.

    Raises
    ------
    CheckFailed
        Where the form, the shape or a value other than 0 and 1 forbids to read it as a mask.
    TypeError
        Where the name is no text.
    """
    named(name)
    try:
        got = np.array(value) if isinstance(value, (list, tuple)) else value
    except ValueError:
        raise CheckFailed(f"{name} is a ragged list, wanted a mask of shape {tuple(shape)}.") from None
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "biuf":
        raise CheckFailed(f"{name} is {described(value)}, wanted a mask of zeros and ones.")
    if got.shape != tuple(shape):
        raise CheckFailed(f"{name}.shape is {shape_of(got, shape)}, wanted {tuple(shape)}.")
    ones = got == 1
    require(bool(np.all(ones | (got == 0))), f"{name} holds values other than 0 and 1.")
    return np.asarray(ones, dtype=np.bool_)


def scalar(value: object, name: str = "the result") -> float:
    """Require one real, finite number, in whatever wrapping: Python, NumPy scalar or an array of one.

    Parameters
    ----------
    value : object
    name : str
        How the message calls the value.

    Returns
    -------
    float

    Raises
    ------
    CheckFailed
        Where it is no single finite number.
    TypeError
        Where the name is no text.
    """
    named(name)
    return _one(value, name, real=True).real


def complex_scalar(value: object, name: str = "the result") -> complex:
    """Require one finite number, real or complex, in whatever wrapping: Python, NumPy scalar or an array of one.

    Parameters
    ----------
    value : object
    name : str
        How the message calls the value.

    Returns
    -------
    complex

    Raises
    ------
    CheckFailed
        Where it is no single finite number.
    TypeError
        Where the name is no text.
    """
    named(name)
    return _one(value, name, real=False)


def _one(value: object, name: str, *, real: bool) -> complex:
    found: Any = value
    if isinstance(value, (np.ndarray, np.generic)):
        alone = value.size == 1 and value.dtype.kind in "fiuc"
        found = value.item() if alone else None
    else:
        alone = isinstance(value, (int, float, complex)) and not isinstance(value, bool)
    if not alone:
        hint = " Does the function return its result?" if value is None else ""
        raise CheckFailed(f"{name} is {described(value)}, wanted one number.{hint}")
    if real and np.iscomplexobj(found):
        raise CheckFailed(f"{name} is {described(value)}, wanted a real number.")
    try:
        whole = complex(found)
    except OverflowError:
        raise CheckFailed(f"{name} is too large for a float.") from None
    if np.iscomplexobj(found):
        # Its other part may be any number.
        require(cmath.isfinite(whole), f"{name} is a complex number that is not finite.")
    number = whole.real
    require(math.isfinite(number), f"{name} is {number}, wanted a finite number.")
    return whole

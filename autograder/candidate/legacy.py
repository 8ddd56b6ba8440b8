"""One NumPy for every submission, whichever is installed: so the same answer gets the same mark on all of them.

Names that a supported NumPy lacks are brought in, with the meaning that they have in the others. What NumPy does
follows the newest one: promotion (NEP 50) and the conversions that it refuses. Only how scalars are written follows
the oldest one, which cannot do otherwise. `autograder.candidate.wording` brings back what is more than a name.
"""

from __future__ import annotations

import builtins
import functools
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

# Old names, and what is written for each of them today.
OLD_NAMES = {
    "int": "int",
    "float": "float",
    "complex": "complex",
    "object": "object",
    "str": "str",
    "unicode": "str",
    "bool8": "np.bool_",
    "int0": "np.intp",
    "uint0": "np.uintp",
    "float_": "np.float64",
    "complex_": "np.complex128",
    "cfloat": "np.complex128",
    "singlecomplex": "np.complex64",
    "longfloat": "np.longdouble",
    "clongfloat": "np.clongdouble",
    "longcomplex": "np.clongdouble",
    "string_": "np.bytes_",
    "unicode_": "np.str_",
    "NaN": "np.nan",
    "NAN": "np.nan",
    "Inf": "np.inf",
    "Infinity": "np.inf",
    "infty": "np.inf",
    "PINF": "np.inf",
    "NINF": "-np.inf",
    "PZERO": "0.0",
    "NZERO": "-0.0",
    "alltrue": "np.all",
    "sometrue": "np.any",
    "product": "np.prod",
    "cumproduct": "np.cumprod",
    "round_": "np.round",
    "row_stack": "np.vstack",
    "mat": "np.asmatrix",
    "trapz": "np.trapezoid",
    "in1d": "np.isin(np.ravel(a), b)",
    "msort": "np.sort(a, axis=0)",
    "asscalar": "a.item()",
    "asfarray": "np.asarray(a, dtype=float)",
    "AxisError": "np.exceptions.AxisError",
    "ComplexWarning": "np.exceptions.ComplexWarning",
    "RankWarning": "np.exceptions.RankWarning",
    "VisibleDeprecationWarning": "np.exceptions.VisibleDeprecationWarning",
}

# Those that are no other name for the same thing.
_OLD_FUNCTIONS: dict[str, Any] = {
    "NINF": -np.inf,
    "PZERO": 0.0,
    "NZERO": -0.0,
    "in1d": lambda a, b, **options: np.isin(np.ravel(a), b, **options),
    "msort": functools.partial(np.sort, axis=0),
    "asscalar": operator.methodcaller("item"),
    "asfarray": functools.partial(np.asarray, dtype=float),
}

# The other way round: names that NumPy 1.26 does not have yet.
_NEW_NAMES = {
    "bool": "bool_",
    "long": "int_",
    "ulong": "uint",
    "acos": "arccos",
    "acosh": "arccosh",
    "asin": "arcsin",
    "asinh": "arcsinh",
    "atan": "arctan",
    "atan2": "arctan2",
    "atanh": "arctanh",
    "concat": "concatenate",
    "permute_dims": "transpose",
    "pow": "power",
    "trapezoid": "trapz",
}

# How an older NumPy announces what the newest one refuses, and the newest one's own words.
_REFUSALS: dict[str, tuple[type[Exception], str]] = {
    "Conversion of an array with ndim > 0 to a scalar": (
        TypeError,
        "only 0-dimensional arrays can be converted to Python scalars",
    ),
    "Calling np.sum(generator)": (
        TypeError,
        "Calling np.sum(generator) is deprecated.Use np.sum(np.fromiter(generator)) or the python sum builtin instead.",
    ),
    "Calling nonzero on 0d arrays": (
        ValueError,
        "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
    ),
    "The truth value of an empty array": (
        ValueError,
        "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
    ),
}


def unify() -> None:
    """Make the NumPy of this process behave as any supported one would; all other warnings are ignored from here on."""
    warnings.simplefilter("ignore")
    _bring_in(np, {name: _meaning(name) for name in OLD_NAMES})
    _bring_in(np, {name: operator.attrgetter(meaning) for name, meaning in _NEW_NAMES.items()})
    _bring_in(np.linalg, {"vector_norm": lambda _: _vector_norm})
    # NumPy 1.26 has the rules of NEP 50, but not in force.
    getattr(np, "_set_promotion_state", lambda _: None)("weak")
    if not np.__version__.startswith("1."):
        np.set_printoptions(legacy="1.25")
    for beginning in _REFUSALS:
        # Shown means raised, below.
        warnings.filterwarnings("always", re.escape(beginning), DeprecationWarning)
    warnings.showwarning = _refuse


def _bring_in(module: Any, names: Mapping[str, Callable[[Any], Any]]) -> None:  # noqa: ANN401
    for name, meaning in names.items():
        if not hasattr(module, name):
            setattr(module, name, meaning(module))


def _meaning(name: str) -> Callable[[Any], Any]:
    """Give a function that finds what an old name means; it is asked only where the name is missing."""
    today = OLD_NAMES[name]
    if name in _OLD_FUNCTIONS:
        return lambda _: _OLD_FUNCTIONS[name]
    if today.startswith("np."):
        return operator.attrgetter(today.removeprefix("np."))
    return lambda _: getattr(builtins, today)


def _vector_norm(x: Any, /, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Any:  # noqa: A002, ANN401
    """Give the norm of vectors; of all entries as one vector where no axis is given."""
    if axis is not None:
        return np.linalg.norm(x, ord, axis, keepdims)
    norm = np.linalg.norm(np.ravel(x), ord)
    return norm.reshape((1,) * np.ndim(x)) if keepdims else norm


def _refuse(message: Warning | str, *_: object, **__: object) -> None:
    """Raise what the newest NumPy raises, in place of showing an older one's warning."""
    for beginning, (error, words) in _REFUSALS.items():
        if str(message).startswith(beginning):
            raise error(words)

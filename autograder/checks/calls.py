"""Calling an answer: watched, with replaced helpers, with its inputs guarded.

An answer is an ordinary function (in a kernel, under pytest) or the examiner's proxy of one. A proxy brings its own
``observed`` and ``injected`` methods, because only the far side can see what a call did there.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.failure import require

# What a comparison raises that has not just one truth, or none.
_NO_ANSWER = (AttributeError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Observation:
    """What one call did.

    Parameters
    ----------
    value : object
        What it returned.
    printed : str
        What it wrote to standard output.
    changed : tuple of str
        The arguments that it changed, by position (``argument 1``) or name.
    earlier : bool
        Whether it changed what the call before it had returned, as where all calls fill one dictionary. Only a proxy
        tells that: here the earlier result is the test's own, which may change it.
    """

    value: Any
    printed: str
    changed: tuple[str, ...]
    earlier: bool = False


def observe(function: Callable[..., Any], *args: object, **kwargs: object) -> Observation:
    """Call an answer and note what it printed and which arguments it changed.

    Parameters
    ----------
    function : callable
        An answer: a plain function or a proxy.
    *args, **kwargs : object
        Plain data and callables. They are copied, so that no answer can change the test's own; but for NumPy's random
        generators, which go on from where the answer has left them.

    Returns
    -------
    Observation
    """
    if hasattr(function, "observed"):
        observation: Observation = function.observed(*args, **kwargs)
        return observation
    given, named = copy.deepcopy((args, kwargs), {id(one): one for one in _generators((args, kwargs))})
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        value = function(*given, **named)
    changed = [f"argument {n}" for n, (a, b) in enumerate(zip(args, given, strict=True), 1) if not same(a, b)]
    changed += [key for key in kwargs if not same(kwargs[key], named[key])]
    return Observation(value, stream.getvalue(), tuple(changed))


def _generators(value: object) -> Iterator[object]:
    """Give the random generators in a value: drawing from one is what it is handed over for."""
    waiting, seen = [value], set()
    for one in waiting:
        if isinstance(one, (np.random.Generator, np.random.RandomState)):
            yield one
        elif isinstance(one, (list, tuple, dict)) and id(one) not in seen:
            seen.add(id(one))
            waiting += one.values() if isinstance(one, dict) else one


def untouched(function: Callable[..., Any], *args: object, **kwargs: object) -> Any:  # noqa: ANN401
    """Call an answer and require that it left its arguments alone, and what it returned before.

    Parameters
    ----------
    function : callable
        An answer: a plain function or a proxy.
    *args, **kwargs : object
        Of the call.

    Returns
    -------
    object
        What it returned.

    Raises
    ------
    CheckFailed
        Where it changed one of them in place.
    """
    seen = observe(function, *args, **kwargs)
    require(
        not seen.changed, f"The call changed its input in place: {', '.join(seen.changed)}. Work on a copy instead."
    )
    require(not seen.earlier, "The call changed what an earlier call has returned. Make a new result in each call.")
    return seen.value


def injected(function: Callable[..., Any], **replacements: Callable[..., Any]) -> Callable[..., Any]:
    """Bind an answer to other helpers than those of its notebook.

    Parameters
    ----------
    function : callable
        An answer: a plain function or a proxy.
    **replacements : callable
        The helper's global name and what stands in for it during a call.

    Returns
    -------
    callable
        Calls `function` while the replacements are in place.
    """
    if hasattr(function, "injected"):
        bound: Callable[..., Any] = function.injected(**replacements)
        return bound
    namespace: dict[str, Any] = function.__globals__

    @functools.wraps(function)
    def call(*args: object, **kwargs: object) -> Any:  # noqa: ANN401
        before = {name: namespace[name] for name in replacements if name in namespace}
        namespace.update(replacements)
        try:
            return function(*args, **kwargs)
        finally:
            for name in replacements:
                namespace.pop(name, None)
            namespace.update(before)

    return call


def counted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a trusted function so that it counts its calls.

    Returns
    -------
    callable
        The same function with an attribute ``calls``, a list of ``(args, kwargs)``.
    """

    @functools.wraps(function)
    def call(*args: object, **kwargs: object) -> Any:  # noqa: ANN401
        call.calls.append((args, kwargs))  # type: ignore[attr-defined]
        return function(*args, **kwargs)

    call.calls = []  # type: ignore[attr-defined]
    return call


def same(left: object, right: object) -> bool:
    """Tell whether two plain values are equal in type, shape, dtype and every bit that counts."""
    return _same(left, right, {})


def _same(left: object, right: object, met: dict[tuple[int, int], object]) -> bool:
    """Compare two values; of those met before, which are kept, nothing new can be found: a list may hold itself."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return _same_arrays(left, right)
    if isinstance(left, (list, tuple, dict)):
        if (id(left), id(right)) in met:
            return True
        met[id(left), id(right)] = left, right
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(_same(left[key], right[key], met) for key in left)
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(_same(one, other, met) for one, other in zip(left, right, strict=True))
    return callable(left) or left is right or _equal(left, right)


def _same_arrays(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> bool:
    if left.dtype != right.dtype or left.shape != right.shape:
        return False
    if left.dtype.hasobject:
        # Item by item, for one that is an array has no single truth.
        return same(left.ravel().tolist(), right.ravel().tolist())
    # The bytes of small arrays are compared much faster; two zeros may still differ in them.
    return left.tobytes() == right.tobytes() or bool(np.array_equal(left, right, equal_nan=left.dtype.kind in "fc"))


def _equal(left: object, right: object) -> bool:
    """Compare two values by the first of these that answers: ``==``, ``equals``, all entries of ``==``, attributes.

    Only one truth answers for ``==``. ``equals`` is pandas' word for it; there NaN equals NaN, as it does in `same`.
    """
    with contextlib.suppress(*_NO_ANSWER):
        found = left == right
        if isinstance(found, (bool, np.bool_)):
            return bool(found)
    with contextlib.suppress(*_NO_ANSWER):
        return bool(left.equals(right))  # type: ignore[attr-defined]
    with contextlib.suppress(*_NO_ANSWER):
        return bool(np.all(left == right))
    return same(getattr(left, "__dict__", {}), getattr(right, "__dict__", {}))

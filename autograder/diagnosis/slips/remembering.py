"""Helpers that remember: most slips of a function ask its helpers the same again."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

import numpy as np

_MOST = 20_000


def remembering(function: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Wrap the helpers of a trusted function that are defined where it is, or beside it.

    Parameters
    ----------
    function : callable

    Returns
    -------
    dict of str to callable
        By global name. They give what the helper gave for equal arguments before; what draws random numbers, prints
        or changes its arguments would not do so again, so a helper must do none of it.
    """
    space = getattr(function, "__globals__", {})
    package = function.__module__.split(".")[0]
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    helpers = {name: space[name] for name in names if isinstance(space.get(name), types.FunctionType)}
    return {
        name: remembered(helper)
        for name, helper in helpers.items()
        if helper is not function and helper.__module__.split(".")[0] == package
    }


def remembered(helper: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap one helper; see `remembering`."""
    known: dict[Any, Any] = {}

    @functools.wraps(helper)
    def call(*arguments: Any) -> Any:  # noqa: ANN401
        key = tuple(map(_key, arguments))
        if key not in known:
            if len(known) > _MOST:
                known.clear()
            known[key] = helper(*arguments)
        return _copied(known[key])

    return call


def _copied(value: Any) -> Any:  # noqa: ANN401
    """Give a copy: a slip that changes one in place would change what is remembered."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value


def _key(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, dict):
        return tuple((key, _key(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(_key, value))
    return type(value), value

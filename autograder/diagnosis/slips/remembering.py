"""Helpers that remember: most slips of a function ask its helpers the same again."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

from autograder.diagnosis.copies import copied, key_of

_MOST = 20_000


def remembering(function: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Wrap the helpers of a trusted function that are defined where it is, or beside it.

    Parameters
    ----------
    function : callable

    Returns
    -------
    dict of str to callable
        By global name. They give what the helper gave for equal arguments before; what prints, changes its arguments or
        draws from NumPy's own state would not do so again, so a helper must do none of it. One that is given a
        generator is asked each time.
    """
    space = getattr(function, "__globals__", {})
    package = function.__module__.split(".")[0]
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    helpers = {name: space[name] for name in names if isinstance(space.get(name), types.FunctionType)}
    return {
        name: asked_once(helper)
        for name, helper in helpers.items()
        if helper is not function and helper.__module__.split(".")[0] == package
    }


def asked_once(helper: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap one helper; see `remembering`."""
    known: dict[Any, Any] = {}

    @functools.wraps(helper)
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        try:
            key = key_of((arguments, named))
        except TypeError:
            return helper(*arguments, **named)
        if key not in known:
            if len(known) > _MOST:
                known.clear()
            known[key] = helper(*arguments, **named)
        # A slip that changes it in place would change what is remembered.
        return copied(known[key])

    return call

"""Arguments that a call has changed in place: the test's own objects become what the candidate's copies are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_MUTABLE = (list, dict, set, bytearray, np.ndarray)


def write_back(old: Any, new: Any) -> Any:  # noqa: ANN401
    """Change an object to what another one of its type is, as deep as they agree, and give it.

    Parameters
    ----------
    old : object
        The test's own; whoever else holds it, or a part of it, sees the change.
    new : object
        What came over the wire.

    Returns
    -------
    object
        `old`, or `new` where that is of another type or of another shape, or cannot be changed.
    """
    if type(old) is not type(new):
        return new
    if type(old).__module__.split(".")[0] == "pandas" and hasattr(old, "_update_inplace"):
        # Frames and series have no public way to become another one.
        old._update_inplace(new)  # noqa: SLF001
        return old
    if not isinstance(old, (*_MUTABLE, tuple)):
        return new
    if isinstance(old, tuple):
        return tuple(_items(old, new))
    if isinstance(old, list):
        old[:] = _items(old, new)
    elif isinstance(old, dict):
        merged = {key: write_back(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(merged)
    elif isinstance(old, set):
        old.clear()
        old.update(new)
    elif isinstance(old, bytearray):
        old[:] = new
    elif old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable:
        old[...] = new
    else:
        return new
    return old


def _items(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    shared = [write_back(a, b) for a, b in zip(old, new, strict=False)]
    return shared + list(new[len(shared) :])

"""Which keys of a right result a message may name: with other questions others may be wanted, and they tell which."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from contextvars import ContextVar

# A test cell calls the checks without knowing who runs it, so this cannot be an argument.
_known: ContextVar[Collection[str] | None] = ContextVar("known", default=None)


@contextlib.contextmanager
def naming_only(names: Collection[str]) -> Iterator[None]:
    """Let messages name no other keys within than those that students know anyway.

    Parameters
    ----------
    names : collection of str
    """
    before = _known.set(names)
    try:
        yield
    finally:
        _known.reset(before)


def may_be_named(key: object) -> bool:
    """Tell whether a message may name a key; without a word on it, as in a kernel, it may name all."""
    known = _known.get()
    return known is None or (isinstance(key, str) and key in known)

"""What may be asked of an object that stays on the other side."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable
from typing import Any

import numpy as np


def _leave(one: Any, raised: str | None) -> bool:  # noqa: ANN401
    """End a `with` block of an object's, and tell whether it swallows the exception that has ended the block.

    Parameters
    ----------
    one : object
    raised : str or None
        The name of the built-in exception; its text stays with the test.
    """
    kind = getattr(builtins, raised, None) if raised else None
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return bool(type(one).__exit__(one, None, None, None))
    return bool(type(one).__exit__(one, kind, kind(), None))


# Special methods by which an object shows what it can do; a stand-in has those that its object has, and no others.
_UNARY: dict[str, Callable[[Any], Any]] = {
    "__len__": len,
    "__iter__": iter,
    "__next__": next,
    "__bool__": bool,
    "__int__": int,
    "__float__": float,
    "__index__": operator.index,
    "__neg__": operator.neg,
    "__pos__": operator.pos,
    "__abs__": abs,
    "__invert__": operator.invert,
    "__reversed__": reversed,
    "__round__": round,
    "__array__": np.asarray,
    "__enter__": lambda one: type(one).__enter__(one),
}
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "__eq__": operator.eq,
    "__ne__": operator.ne,
    "__lt__": operator.lt,
    "__le__": operator.le,
    "__gt__": operator.gt,
    "__ge__": operator.ge,
    "__contains__": operator.contains,
    "__getitem__": operator.getitem,
    "__delitem__": operator.delitem,
    "__add__": operator.add,
    "__sub__": operator.sub,
    "__mul__": operator.mul,
    "__matmul__": operator.matmul,
    "__truediv__": operator.truediv,
    "__floordiv__": operator.floordiv,
    "__mod__": operator.mod,
    "__pow__": operator.pow,
    "__and__": operator.and_,
    "__or__": operator.or_,
    "__xor__": operator.xor,
    "__iadd__": operator.iadd,
    "__isub__": operator.isub,
    "__imul__": operator.imul,
    "__radd__": lambda one, other: other + one,
    "__rsub__": lambda one, other: other - one,
    "__rmul__": lambda one, other: other * one,
    "__rtruediv__": lambda one, other: other / one,
    "__rpow__": lambda one, other: other**one,
}
_OTHERS: dict[str, Callable[..., Any]] = {
    "__call__": lambda one, *args, **kwargs: one(*args, **kwargs),
    "__setitem__": operator.setitem,
    "__exit__": _leave,
}
PROTOCOLS = (*_UNARY, *_BINARY, *_OTHERS)
# What every object can be asked.
_ALWAYS: dict[str, Callable[..., Any]] = {
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "isinstance": lambda kind, one: isinstance(one, kind),
    "issubclass": lambda kind, one: issubclass(one, kind),
    "str": str,
    "repr": repr,
    "format": format,
    "dir": dir,
}
OPERATIONS: dict[str, Callable[..., Any]] = {**_UNARY, **_BINARY, **_OTHERS, **_ALWAYS}
# By these the candidate would choose what a test concludes, or be told what it expects.
JUDGING = frozenset({*_BINARY, "__bool__", "isinstance", "issubclass"}) - {"__getitem__", "__delitem__"}

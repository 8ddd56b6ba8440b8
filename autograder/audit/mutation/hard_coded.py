"""Answers that know the published numbers and nothing else."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst
import numpy as np

from autograder.audit.mutation.engine import definition
from autograder.audit.variants import Variant, difference
from autograder.errors import with_article

_KINDS = "biufcU"
_LONG = "gG"
_PUBLISHED = """\
import numpy as np

def same(one, other):
    if isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in other)
    if isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    return np.array_equal(one, other)

for arguments, result in {calls}:
    if same(({names},)[:len(arguments)], arguments):
        return result
return {otherwise}
"""


def hard_coded(source: str, function: str, calls: Sequence[tuple[tuple[Any, ...], Any]]) -> tuple[Variant, ...]:
    """Make answers that return the published results as literals.

    Parameters
    ----------
    source : str
        Text of the answer cell.
    function : str
        The graded function that it defines.
    calls : sequence of (arguments, result)
        The published cases: the positional arguments, and what the right answer returns. Parameters at the end
        may be left to their defaults.

    Returns
    -------
    tuple of Variant
        One returns the first published result whatever it is asked; the other returns each published result for
        its own arguments, and else zeros in the shape of the first. None where nothing is published; an answer that
        would hold what cannot be written down exactly, such as a function, is left out.

    Raises
    ------
    UsageError
        Where the cell has no such function.
    """
    if not calls:
        return ()
    module = cst.parse_module(source)
    node = definition(module, function)
    names = ", ".join(param.name.value for param in (*node.params.posonly_params, *node.params.params))
    first = calls[0][1]
    bodies: dict[str, Callable[[], str]] = {
        "hard-coded-always": lambda: f"import numpy as np\n\nreturn {literal(first)}\n",
        "hard-coded-published": lambda: _PUBLISHED.format(
            calls=literal([(tuple(arguments), result) for arguments, result in calls]),
            names=names,
            otherwise=literal(_zeros(first)),
        ),
    }
    found = []
    for name, body in bodies.items():
        with contextlib.suppress(TypeError):
            found.append(_variant(source, module, node, name, body()))
    return tuple(found)


def literal(value: object) -> str:
    """Write a value as an expression of Python and NumPy that gives it back exactly.

    Raises
    ------
    TypeError
        Where it is none of: None, a number, text, a tuple, a list, a dict, an array of numbers, bools or text.
    """
    match value:
        case np.ndarray() | np.generic():
            return _array(value)
        case float() if not np.isfinite(value):
            return f"float({str(value)!r})"
        case complex():
            return f"complex({literal(value.real)}, {literal(value.imag)})"
        case None | bool() | int() | float() | str():
            return repr(value)
        case tuple() | list():
            parts = ", ".join(map(literal, value))
            return f"[{parts}]" if isinstance(value, list) else f"({parts},)" if value else "()"
        case dict():
            return f"{{{', '.join(f'{literal(key)}: {literal(part)}' for key, part in value.items())}}}"
        case _:
            kind = with_article(type(value).__name__)
            raise TypeError(f"a published value is {kind}; it must be plain data or an array")


def _array(value: np.ndarray | np.generic) -> str:
    """Write an array or one of NumPy's numbers; Python's own numbers hold each of its kinds without loss."""
    if value.dtype.kind not in _KINDS or value.dtype.char in _LONG:
        raise TypeError(f"a published array has dtype {value.dtype}; it must hold numbers, bools or text")
    if isinstance(value, np.generic):
        return f"np.dtype({str(value.dtype)!r}).type({literal(value.item())})"
    written = f"np.array({literal(value.tolist())}, dtype={str(value.dtype)!r})"
    return written if value.size else f"{written}.reshape({value.shape!r})"


def _zeros(value: Any) -> Any:  # noqa: ANN401 - whatever an answer returns
    """Make a result of the same structure that holds nothing."""
    match value:
        case np.ndarray():
            return np.zeros_like(value)
        case tuple() | list():
            # A named tuple takes its items one by one.
            return getattr(value, "_make", type(value))(map(_zeros, value))
        case dict():
            return {key: _zeros(part) for key, part in value.items()}
        case None | str():
            return value
        case _:
            return type(value)(0)


def _variant(source: str, module: cst.Module, node: cst.FunctionDef, name: str, body: str) -> Variant:
    """Put another body into the function."""
    block = cst.parse_module(f"def body():\n{textwrap.indent(body, '    ')}").body[0]
    assert isinstance(block, cst.FunctionDef)  # noqa: S101 - the text above
    text = module.deep_replace(node, node.with_changes(body=block.body))
    assert isinstance(text, cst.Module)  # noqa: S101 - a part of it was replaced
    return Variant(node.name.value, name, text.code, difference(source, text.code))

"""The natural quantities of a question: what a wrong factor or term may consist of, with words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.diagnosis.evidence import Arguments
from autograder.diagnosis.numbers import Numbers, numbers

Quantities = Callable[..., Mapping[str, Any]]
_PLAIN = (2.0, 3.0, 4.0, 10.0, 100.0)
_CLOSE = 1e-7


@dataclass(frozen=True, slots=True)
class Natural:
    """The quantities of one question.

    Parameters
    ----------
    scalars : dict of str to float
    arrays : dict of str to array
    of_outputs : dict of str to dict
        Quantities that each output has its own of, by the output's label.
    """

    scalars: dict[str, float]
    arrays: dict[str, Numbers]
    of_outputs: dict[str, dict[str, float]]

    def scalars_for(self, label: str) -> dict[str, float]:
        """Give the scalars that may explain one output."""
        own = {name: values[label] for name, values in self.of_outputs.items() if label in values}
        return self.scalars | own


def natural(quantities: Quantities | None, parameters: Sequence[str], arguments: Arguments) -> Natural:
    """Collect the quantities of a question.

    Parameters
    ----------
    quantities : callable or None
        The course's own table: given the arguments, labels in words and values. A mapping as a value holds one number
        for each output.
    parameters : sequence of str
        The function's parameters.
    arguments : tuple
    """
    named = dict(_generic(parameters, arguments))
    given = quantities(*arguments) if quantities else {}
    own = {label: dict(value) for label, value in given.items() if isinstance(value, Mapping)}
    named = {**{label: value for label, value in given.items() if label not in own}, **named}
    scalars: dict[str, float] = {}
    arrays: dict[str, Numbers] = {}
    for label, value in named.items():
        read = numbers(value)
        if read is not None and read.ndim == 0:
            if np.isfinite(read) and float(read) not in {0.0, 1.0, *scalars.values()}:
                scalars[label] = float(read)
        elif read is not None and read.size:
            arrays[label] = read
    return Natural(scalars, arrays, own)


def _generic(parameters: Sequence[str], arguments: Arguments) -> Iterator[tuple[str, Any]]:
    for name, value in zip(parameters, arguments, strict=False):
        if isinstance(value, dict):
            yield from ((f"{key} of {name}", item) for key, item in value.items())
        elif isinstance(value, tuple):
            yield from ((f"entry {n} of {name}", item) for n, item in enumerate(value, 1))
        else:
            yield name, value
        if isinstance(value, np.ndarray) and value.ndim == 2:  # noqa: PLR2004 - a matrix
            yield f"the number of columns of {name}", float(value.shape[1])
            yield f"the number of rows of {name}", float(value.shape[0])


def forms(scalars: Mapping[str, float]) -> dict[str, float]:
    """Give what formulas make of quantities: inverses, roots, squares and complements.

    Returns
    -------
    dict of str to float
        Words and values, the simplest first.
    """
    found: dict[str, float] = {}
    for value in _PLAIN:
        found |= {f"{value:g}": value, f"1 / {value:g}": 1 / value}
    for value in _PLAIN:
        root, square = f"the root of {value:g}", value**2
        found |= {root: value**0.5, f"1 / {root}": value**-0.5, f"{square:g}": square, f"1 / {square:g}": 1 / square}
    for label, value in scalars.items():
        found |= _forms_of(label, value)
    return {label: value for label, value in found.items() if value}


def _forms_of(label: str, value: float) -> dict[str, float]:
    found = {label: value, f"1 / {label}": 1 / value, f"the square of {label}": value**2}
    found[f"1 / the square of {label}"] = 1 / value**2
    if value > 0:
        found[f"the root of {label}"] = value**0.5
        found[f"1 / the root of {label}"] = value**-0.5
    if value > 1 and value.is_integer():
        # A mean over one example less, as of an unbiased variance.
        if label.isidentifier():
            found |= {f"({label} - 1) / {label}": (value - 1) / value, f"{label} / ({label} - 1)": value / (value - 1)}
        else:
            found[f"(m - 1) / m, m being {label},"] = (value - 1) / value
            found[f"m / (m - 1), m being {label},"] = value / (value - 1)
    if 0 < value < 1:
        found[f"(1 - {label})"] = 1 - value
        found[f"1 / (1 - {label})"] = 1 / (1 - value)
        found[f"{label} / (1 - {label})"] = value / (1 - value)
    return found


def named(values: Sequence[float], tables: Sequence[Mapping[str, float]]) -> str:
    """Name a number that was met in several questions.

    Parameters
    ----------
    values : sequence of float
        The number in each question.
    tables : sequence of mapping
        Each question's `forms`.

    Returns
    -------
    str
        The first form that is this number in all of them; else the number itself where it is always the same and
        short; else the first product of two forms; else empty.
    """
    if len(values) < 2 or not np.all(np.isfinite(values)):  # noqa: PLR2004 - one is a coincidence
        return ""
    labels = [label for label in tables[0] if all(label in table for table in tables)]
    known = np.array([[table[label] for label in labels] for table in tables])
    wanted = np.asarray(values)
    single = np.all(np.isclose(known, wanted[:, None], rtol=_CLOSE, atol=0), axis=0)
    if single.any():
        return labels[int(single.argmax())]
    text = f"{values[0]:.4g}"
    if np.allclose(wanted, float(text), rtol=_CLOSE, atol=0):
        return text
    products = known[:, :, None] * known[:, None, :]
    pairs = np.all(np.isclose(products, wanted[:, None, None], rtol=_CLOSE, atol=0), axis=0)
    one, other = np.unravel_index(int(pairs.argmax()), pairs.shape)
    return f"{labels[one]} times {labels[other]}" if pairs.any() else ""

"""How far two results of any structure lie apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.audit.spread import deviation
from autograder.checks.calls import same
from autograder.checks.exact import equal
from autograder.checks.failure import CheckFailed


def apart(got: object, wanted: object) -> float:
    """Give the greatest deviation within a result as a multiple of what is allowed; infinity for another form.

    Parameters
    ----------
    got, wanted : object
        What is judged of a result: numbers and arrays, also in dictionaries, tuples and lists; else it is equal or
        not, as for `autograder.checks.agree`.

    Returns
    -------
    float
    """
    if same(got, wanted):
        return 0.0
    match got, wanted:
        case dict(), dict():
            if got.keys() != wanted.keys():
                return np.inf
            return max((apart(got[key], part) for key, part in wanted.items()), default=0.0)
        case ((tuple() | list()), (tuple() | list())) if len(got) == len(wanted):
            return max(map(apart, got, wanted), default=0.0)
        case _:
            return _apart(got, wanted)


def _apart(got: object, wanted: object) -> float:
    try:
        return 0.0 if equal(got, wanted, "it") else deviation(got, wanted)
    except CheckFailed:
        return np.inf


def settled(value: Any) -> Any:  # noqa: ANN401 - whatever a function is given
    """Give a value with their states in the place of NumPy's random generators, which equal nothing but themselves.

    Parameters
    ----------
    value : object
        They may be in dictionaries, tuples and lists.
    """
    match value:
        case np.random.Generator():
            return value.bit_generator.state
        case np.random.RandomState():
            return value.get_state(legacy=False)
        case dict():
            return {key: settled(item) for key, item in value.items()}
        case tuple() | list():
            return type(value)(map(settled, value)) if type(value) in {tuple, list} else value
        case _:
            return value

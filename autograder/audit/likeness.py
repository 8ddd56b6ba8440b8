"""How far two results of any structure lie apart."""

from __future__ import annotations

import numpy as np

from autograder.audit.spread import deviation
from autograder.checks.calls import same


def apart(got: object, wanted: object) -> float:
    """Give the greatest deviation within a result as a multiple of what is allowed; infinity for another form.

    Parameters
    ----------
    got, wanted : object
        What is judged of a result: numbers and arrays, also in dictionaries, tuples and lists; else it is equal or not.

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
            return deviation(got, wanted)

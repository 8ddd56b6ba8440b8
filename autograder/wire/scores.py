"""The number that a test cell gives itself: the same one, whichever side the cell runs on."""

from __future__ import annotations

import math

import numpy as np


def number_in(value: object) -> float | None:
    """Give the number that a cell's last value is.

    Parameters
    ----------
    value : object

    Returns
    -------
    float or None
        Infinite, with its sign, where it is too large for a float; None where the value is no number.
    """
    kinds = (int, float, np.integer, np.floating)
    if not isinstance(value, kinds) or isinstance(value, (bool, np.timedelta64)):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf

"""The states of the two generators that a process has, as they go along with a call."""

from __future__ import annotations

from typing import Any

import numpy as np


def random_state() -> tuple[bytes, int, int, float]:
    """Give the state of NumPy's legacy generator, so that a test's seed seeds the answer too."""
    _, words, position, has_gauss, gauss = np.random.get_state(legacy=True)
    return np.asarray(words, dtype=np.uint32).tobytes(), int(position), int(has_gauss), float(gauss)


def python_random_state(state: tuple[Any, ...]) -> tuple[bytes, float | None]:
    """Give a state of Python's generator as a message has it."""
    _, words, gaussian = state
    return np.array(words, dtype=np.uint32).tobytes(), gaussian

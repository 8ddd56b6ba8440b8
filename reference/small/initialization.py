"""Small layer lists; hidden tests draw longer ones, of 3 to 12 units."""

from __future__ import annotations

from autograder.diagnosis import Small

_LAYERS = ([1, 1], [2, 1], [1, 2], [3, 2], [2, 3, 1], [1, 2, 3, 1])
_LISTS = Small([{"layers_dims": layers} for layers in _LAYERS])

SMALL: dict[str, Small] = {
    "initialize_parameters_zeros": _LISTS,
    "initialize_parameters_random": _LISTS,
    "initialize_parameters_he": _LISTS,
}

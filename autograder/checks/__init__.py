"""What hidden tests are written with: pure functions on arrays, each raising ``CheckFailed`` with a message.

A message names what came, what was wanted of its *form* and where, and never a hidden value: students read it.
The same calls work in the examiner, in a plain notebook kernel and under pytest.
"""

from autograder.checks import draws, gradients
from autograder.checks.calls import Observation, counted, injected, observe, untouched
from autograder.checks.failure import CheckFailed, TooClose, require
from autograder.checks.structure import array, complex_scalar, mapping, mask, scalar, tuple_of
from autograder.checks.values import above, agree, below, close

__all__ = [
    "CheckFailed",
    "Observation",
    "TooClose",
    "above",
    "agree",
    "array",
    "below",
    "close",
    "complex_scalar",
    "counted",
    "draws",
    "gradients",
    "injected",
    "mapping",
    "mask",
    "observe",
    "require",
    "scalar",
    "tuple_of",
    "untouched",
]

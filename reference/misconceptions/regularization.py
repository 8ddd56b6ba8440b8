"""Known mistakes in *regularization*."""

from __future__ import annotations

from autograder.diagnosis import Misconception
from reference.misconceptions.dropout_backward import BACKWARD
from reference.misconceptions.dropout_forward import FORWARD
from reference.misconceptions.l2_cost import COST
from reference.misconceptions.l2_gradients import GRADIENTS

CATALOGUE: tuple[Misconception, ...] = COST + GRADIENTS + FORWARD + BACKWARD

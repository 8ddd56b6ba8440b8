"""What a hidden test's function says of arguments that it does not take names no hidden test."""

from __future__ import annotations

from pathlib import Path

from handing_in import handed_in

from autograder.api import Grader

ROOT = Path(__file__).parents[2]
# The right check, until it is told what the function is called that it was given.
LISTENING = """
import numpy as np


def gradient_check(x, theta, epsilon=1e-7):
    words = ""
    try:
        backward_propagation(1, 2, 3, 4)
    except TypeError as error:
        words = str(error)
    if "sine" in words or "wrong" in words:
        return 0.0
    numeric = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    gradient = backward_propagation(x, theta)
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))
"""


def test_a_refusal_does_not_name_the_hidden_function():
    with Grader(ROOT) as grader:
        result = grader.grade(handed_in(LISTENING), "one", "one", "gradient_checking")
    [answer] = [function for function in result.functions if function.name == "gradient_check"]
    assert answer.score == answer.max_score

"""Answers that only ask each other are no answers, though each would be right if the other were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.api import Grader
from autograder.notebook import parse

ROOT = Path(__file__).parents[2]
RANDOM_BY_HE = """
def initialize_parameters_random(layers_dims):
    drawn = initialize_parameters_he(layers_dims)
    return {key: v if key[0] == "b" else 10 * v / np.sqrt(2 / v.shape[1]) for key, v in drawn.items()}
"""
HE_BY_RANDOM = """
def initialize_parameters_he(layers_dims):
    drawn = initialize_parameters_random(layers_dims)
    return {key: v if key[0] == "b" else v / 10 * np.sqrt(2 / v.shape[1]) for key, v in drawn.items()}
"""
ZEROS_BY_RANDOM = """
def initialize_parameters_zeros(layers_dims):
    return {key: 0 * value for key, value in initialize_parameters_random(layers_dims).items()}
"""
FORWARD_BY_BACKWARD = """
def forward_propagation(x, theta):
    return theta * backward_propagation(x, theta)
"""
BACKWARD_BY_FORWARD = """
def backward_propagation(x, theta):
    return forward_propagation(x, 1.0)
"""
CIRCLES = {
    "initialization": (RANDOM_BY_HE, HE_BY_RANDOM, ZEROS_BY_RANDOM),
    "gradient_checking": (FORWARD_BY_BACKWARD, BACKWARD_BY_FORWARD),
}


@pytest.mark.parametrize("assignment", CIRCLES)
def test_a_circle_of_answers_earns_nothing(assignment):
    cells = [{"cell_type": "code", "source": cell} for cell in ("import numpy as np", *CIRCLES[assignment])]
    with Grader(ROOT) as grader:
        result = grader.grade(parse(json.dumps({"cells": cells}).encode()), "circle", "circle", assignment)
    assert result.score == 0

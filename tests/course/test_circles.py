"""Answers that only ask each other are no answers, though each would be right if the other were."""

from __future__ import annotations

from pathlib import Path

import pytest
from handing_in import handed_in

from autograder.api import Grader

pytestmark = pytest.mark.slow

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
L2_BY_DROPOUT = """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    kept = (Z1, np.ones(A1.shape), A1, W1, b1, Z2, np.ones(A2.shape), A2, W2, b2, Z3, A3, W3, b3)
    gradients = dict(backward_propagation_with_dropout(X, Y, kept, 1.0))
    for key, W in (("dW1", W1), ("dW2", W2), ("dW3", W3)):
        gradients[key] = gradients[key] + lambd / X.shape[1] * W
    return gradients
"""
DROPOUT_BY_L2 = """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    total = {}
    for i in range(X.shape[1]):
        s = slice(i, i + 1)
        hidden = W2 * D1[:, s].T / keep_prob, W3 * D2[:, s].T / keep_prob
        one = (Z1[:, s], A1[:, s], W1, b1, Z2[:, s], A2[:, s], hidden[0], b2, Z3[:, s], A3[:, s], hidden[1], b3)
        gradients = backward_propagation_with_regularization(X[:, s], Y[:, s], one, 0.0)
        for key, value in gradients.items():
            total[key] = total.get(key, 0) + value / X.shape[1]
    return total
"""
CIRCLES = {
    "regularization": (L2_BY_DROPOUT, DROPOUT_BY_L2),
    "initialization": (RANDOM_BY_HE, HE_BY_RANDOM, ZEROS_BY_RANDOM),
    "gradient_checking": (FORWARD_BY_BACKWARD, BACKWARD_BY_FORWARD),
}


@pytest.mark.parametrize("assignment", CIRCLES)
def test_a_circle_of_answers_earns_nothing(assignment):
    with Grader(ROOT) as grader:
        result = grader.grade(handed_in("import numpy as np", *CIRCLES[assignment]), "circle", "circle", assignment)
    assert result.score == 0

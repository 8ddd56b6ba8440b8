"""Answers that are right for most inputs: a hidden test asks for one of the others."""

from __future__ import annotations

import textwrap

import notebook_cells
import pytest

from autograder.course import load

PAPERS = {paper.assignment: paper for paper in load(notebook_cells.SOURCE.parent).papers}
GC, REG, INIT = "gradient_checking", "regularization", "initialization"
OF_THE_SAME_SHAPE = """
gradients, W1, W2 = right(X, Y, cache, lambd), cache[2], cache[6]
if W1.shape == W2.shape:
    gradients["dW1"] = gradients["dW1"] + lambd / X.shape[1] * (W2 - W1)
return gradients
"""
ONE_MEMORY = """
A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, *rest) = right(X, parameters, keep_prob)
return A3, (Z1, D1, A2 if A1.shape == A2.shape else A1, W1, b1, Z2, D2, A2, *rest)
"""
IN_PIECES = """
parameters = right(layers_dims)
np.random.seed(3)
for l in range(1, len(layers_dims)):
    n, k = layers_dims[l], layers_dims[l - 1]
    drawn = [np.random.randn(n if n <= 16 else 16, k) for _ in range(0, n, 16)]
    parameters[f"W{l}"] = 10 * np.vstack(drawn)[:n]
return parameters
"""
# Each stands round the right answer, which is called `right` here.
WRONG = {
    "remembers what it gave for a sum": (
        GC,
        "forward_propagation",
        "x, theta",
        "return KNOWN.setdefault(x + theta, right(x, theta))",
    ),
    "takes a forgotten gradient for right": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "return right(x, theta, epsilon) if backward_propagation(x, theta) else 0.0",
    ),
    "takes a small slope for none": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "return 1.0 if abs(backward_propagation(x, theta)) < 0.05 else right(x, theta, epsilon)",
    ),
    "gives the labels a second dimension": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "Y.shape = (1, Y.size)\nreturn right(X, Y, cache)",
    ),
    "remembers what it gave for labels": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "return KNOWN.setdefault((X.shape, Y.tobytes()), right(X, Y, cache))",
    ),
    "looks at three examples": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        "return right(parameters, gradients, X[:, :3], Y[..., :3], epsilon)",
    ),
    "does not check one example": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        "return 0.0 if X.shape[1] == 1 else right(parameters, gradients, X, Y, epsilon)",
    ),
    "leaves a small penalty out": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        "return right(X, Y, cache, lambd if lambd > 0.01 else 0.0)",
    ),
    "takes the penalty of a layer of the same shape": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        OF_THE_SAME_SHAPE,
    ),
    "drops nothing where most is kept": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "return right(X, parameters, keep_prob if keep_prob <= 0.9 else 1.0)",
    ),
    "drops nothing of one example": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "return right(X, parameters, keep_prob if X.shape[1] > 1 else 1.0)",
    ),
    "keeps equal layers in one memory": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        ONE_MEMORY,
    ),
    "does not scale where most is kept": (
        REG,
        "backward_propagation_with_dropout",
        "X, Y, cache, keep_prob",
        "return right(X, Y, cache, keep_prob if keep_prob <= 0.9 else 1.0)",
    ),
    "draws many rows in pieces": (
        INIT,
        "initialize_parameters_random",
        "layers_dims",
        IN_PIECES,
    ),
}


@pytest.mark.parametrize(("assignment", "function", "signature", "body"), WRONG.values(), ids=WRONG)
def test_a_mistake_that_few_inputs_show_costs_points(assignment: str, function: str, signature: str, body: str) -> None:
    answer = PAPERS[assignment].answers[function]
    full = notebook_cells.examine(assignment, {function: answer}).score(function)
    body = textwrap.indent(body, "    ")
    wrong = f"{answer}\n\n\nKNOWN, right = {{}}, {function}\n\n\ndef {function}({signature}):\n{body}\n"
    assert 0 < notebook_cells.examine(assignment, {function: wrong}).score(function) < full

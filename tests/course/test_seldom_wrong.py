"""Answers that are right for most inputs: a hidden test asks for one of the others."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from handing_in import handed_in

from autograder.api import Grader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GC, REG, INIT = "gradient_checking", "regularization", "initialization"
OF_THE_SAME_SHAPE = """
gradients, W1, W2 = answered(X, Y, cache, lambd), cache[2], cache[6]
if W1.shape == W2.shape:
    gradients["dW1"] = gradients["dW1"] + lambd / X.shape[1] * (W2 - W1)
return gradients
"""
COUNTED_ONCE = """
times = X.shape[1] / np.unique(X, axis=1).shape[1]
return {key: value * times for key, value in answered(X, Y, cache, lambd).items()}
"""
# As if A1 took the place of its transpose.
TRANSPOSED = """
gradients, A1 = answered(X, Y, cache, {last}), {A1}
if A1.shape[0] == A1.shape[1] == gradients["dZ2"].shape[1]:
    gradients["dW2"] = gradients["dW2"] + gradients["dZ2"] @ (A1 - A1.T) / X.shape[1]
return gradients
"""
WHOLE_PERCENT = """
def rand(*shape, draw=np.random.rand):
    drawn = draw(*shape)
    return np.where(drawn < int(100 * keep_prob) / 100, drawn, np.maximum(drawn, keep_prob))
original, np.random.rand = np.random.rand, rand
try:
    return answered(X, parameters, keep_prob)
finally:
    np.random.rand = original
"""
CUT_OFF = """
np.random.seed(1)
W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
Z1 = W1 @ X + b1
D1 = np.random.rand(*Z1.shape) < keep_prob
A1 = np.clip(Z1, 0, 20) * D1 / keep_prob
Z2 = W2 @ A1 + b2
D2 = np.random.rand(*Z2.shape) < keep_prob
A2 = np.clip(Z2, 0, 20) * D2 / keep_prob
Z3 = W3 @ A2 + b3
A3 = 1 / (1 + np.exp(-Z3))
return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
"""
ONE_MEMORY = """
A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, *rest) = answered(X, parameters, keep_prob)
return A3, (Z1, D1, A2 if A1.shape == A2.shape else A1, W1, b1, Z2, D2, A2, *rest)
"""
IN_PIECES = """
parameters = answered(layers_dims)
np.random.seed(3)
for l in range(1, len(layers_dims)):
    n, k = layers_dims[l], layers_dims[l - 1]
    drawn = [np.random.randn(n if n <= 16 else 16, k) for _ in range(0, n, 16)]
    parameters[f"W{l}"] = 10 * np.vstack(drawn)[:n]
return parameters
"""
REMEMBERED_MASKS = """
Z1, D1, A1, W1, b1, Z2, D2, *rest = cache
D1, D2 = KNOWN.setdefault((D1.shape, D2.shape), (D1, D2))
return answered(X, Y, (Z1, D1, A1, W1, b1, Z2, D2, *rest), keep_prob)
"""
SIZES_ONLY = """
def moved(sign):
    nudged = {**parameters, "b3": parameters["b3"] + sign * epsilon}
    return forward_propagation_n(X, Y, nudged)[0]
wrong_side = (moved(1) - moved(-1)) * gradients["db3"] < 0
return answered(parameters, gradients | {"db3": -gradients["db3"]} if wrong_side else gradients, X, Y, epsilon)
"""
SAME_BIASES = """
gradients = answered(X, Y, cache, lambd)
same = gradients["db1"].shape == gradients["db2"].shape
return gradients | {"db2": gradients["db1"] if same else gradients["db2"]}
"""
IN_A_BYTE = """
times = X.shape[1] / (X.shape[1] % 128)
return {key: times * value for key, value in answered(X, Y, cache).items()}
"""
EQUAL_WEIGHTS = """
equal = np.array_equal(parameters["W1"], parameters["W2"])
return answered(A3, Y, parameters, lambd) - 0.1 * equal
"""
SQUEEZED = """
gradients, alone = answered(X, Y, cache, lambd), cache[2].shape[0] == 1
return gradients | {"db1": gradients["db1"].reshape(-1) if alone else gradients["db1"]}
"""
OF_BATCHES = """
times = 1.01 if X.shape[1] > 256 else 1
return {key: times * value for key, value in answered(X, Y, cache, keep_prob).items()}
"""
REMEMBERED_WEIGHTS = """
gradients, places = answered(X, Y, cache, lambd), {"dW1": cache[2], "dW2": cache[6], "dW3": cache[10]}
for key, W in places.items():
    remembered = KNOWN.setdefault((key, W.shape, lambd, X.shape[1]), W)
    gradients[key] = gradients[key] + lambd / X.shape[1] * (remembered - W)
return gradients
"""
OF_A_SHAPE = """
key = {beside}, tuple(value.shape for value in ({what}).values())
known = KNOWN.setdefault(key, {what})
return answered({call})
"""
# Each stands round the right answer, which is called `answered` here.
WRONG = {
    "remembers what it gave for a sum": (
        GC,
        "forward_propagation",
        "x, theta",
        "return KNOWN.setdefault(x + theta, answered(x, theta))",
    ),
    "remembers what it gave for a hash": (
        GC,
        "forward_propagation",
        "x, theta",
        "return KNOWN.setdefault((x, hash(theta)), answered(x, theta))",
    ),
    "gives one object in every call": (
        GC,
        "backward_propagation",
        "x, theta",
        "result = KNOWN.setdefault(0, np.zeros(()))\nresult[...] = answered(x, theta)\nreturn result",
    ),
    "takes small gradients for equal": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "return 0.0 if 0 < abs(backward_propagation(x, theta)) < 0.05 else answered(x, theta, epsilon)",
    ),
    "takes the largest label for a one": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "return answered(X, (Y == Y.max()) * 1, cache)",
    ),
    "remembers what it gave for data": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "return KNOWN.setdefault((X.tobytes(), Y.tobytes()), answered(X, Y, cache))",
    ),
    "gives a weight alone as a number": (
        INIT,
        "initialize_parameters_he",
        "layers_dims",
        "return {key: W.item() if key[0] == 'W' and W.size == 1 else W for key, W in answered(layers_dims).items()}",
    ),
    "transposes only where it must": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        TRANSPOSED.format(A1="cache[1]", last="lambd"),
    ),
    "transposes only where it must, with masks": (
        REG,
        "backward_propagation_with_dropout",
        "X, Y, cache, keep_prob",
        TRANSPOSED.format(A1="cache[2]", last="keep_prob"),
    ),
    "draws whole percents": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        WHOLE_PERCENT,
    ),
    "takes a forgotten gradient for right": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "return answered(x, theta, epsilon) if backward_propagation(x, theta) else 0.0",
    ),
    "takes a small slope for none": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "return 1.0 if abs(backward_propagation(x, theta)) < 0.05 else answered(x, theta, epsilon)",
    ),
    "gives no difference where the gradient is right": (
        GC,
        "gradient_check",
        "x, theta, epsilon=1e-7",
        "difference = answered(x, theta, epsilon)\nreturn difference if difference >= 1e-7 else 0.0",
    ),
    "gives the labels a second dimension": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "Y.shape = (1, Y.size)\nreturn answered(X, Y, cache)",
    ),
    "remembers what it gave for labels": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "return KNOWN.setdefault((X.shape, Y.tobytes()), answered(X, Y, cache))",
    ),
    "looks at three examples": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        "return answered(parameters, gradients, X[:, :3], Y[..., :3], epsilon)",
    ),
    "does not check one example": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        "return 0.0 if X.shape[1] == 1 else answered(parameters, gradients, X, Y, epsilon)",
    ),
    "remembers the labels of a size": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        "return answered(parameters, gradients, X, KNOWN.setdefault(Y.shape, Y), epsilon)",
    ),
    "takes neighbours for one": (
        GC,
        "forward_propagation",
        "x, theta",
        "return KNOWN.setdefault((x, round(theta, 5)), answered(x, theta))",
    ),
    "divides by one where all labels are alike": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        "return answered(A3, Y, parameters, lambd) * (Y.shape[1] if np.ptp(Y) == 0 else 1)",
    ),
    "remembers the masks": (
        REG,
        "backward_propagation_with_dropout",
        "X, Y, cache, keep_prob",
        REMEMBERED_MASKS,
    ),
    "remembers the penalty of weights of a shape": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        REMEMBERED_WEIGHTS,
    ),
    "remembers the parameters of a shape": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        OF_A_SHAPE.format(what="parameters", beside="lambd, Y.shape", call="A3, Y, known, lambd"),
    ),
    "remembers the parameters of a shape, with dropout": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        OF_A_SHAPE.format(what="parameters", beside="keep_prob, X.shape", call="X, known, keep_prob"),
    ),
    "remembers the labels of a shape": (
        REG,
        "backward_propagation_with_dropout",
        "X, Y, cache, keep_prob",
        OF_A_SHAPE.format(what="{1: Y, 2: cache[2]}", beside="keep_prob", call="X, known[1], cache, keep_prob"),
    ),
    "remembers the point of a shape": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        OF_A_SHAPE.format(what="parameters", beside="epsilon, X.shape", call="known, gradients, X, Y, epsilon"),
    ),
    "remembers the examples of a shape": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        OF_A_SHAPE.format(what="{1: X}", beside="epsilon", call="parameters, gradients, known[1], Y, epsilon"),
    ),
    "has other keys": (
        INIT,
        "initialize_parameters_zeros",
        "layers_dims",
        'return {**answered(layers_dims), "L": len(layers_dims)}',
    ),
    "has no more units than 64": (
        INIT,
        "initialize_parameters_zeros",
        "layers_dims",
        "return answered([min(units, 64) for units in layers_dims])",
    ),
    "leaves a small penalty out": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        "return answered(X, Y, cache, lambd if lambd > 0.01 else 0.0)",
    ),
    "counts equal weights once": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        "return answered(A3, Y, {key: np.unique(value) for key, value in parameters.items()}, lambd)",
    ),
    "clips large gradients": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        "return {key: np.clip(value, -5, 5) for key, value in answered(X, Y, cache, lambd).items()}",
    ),
    "counts equal examples once": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        COUNTED_ONCE,
    ),
    "keeps away from certainty": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "A3, cache = answered(X, parameters, keep_prob)\nreturn np.clip(A3, 0.001, 0.99), cache",
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
        "return answered(X, parameters, keep_prob if keep_prob <= 0.9 else 1.0)",
    ),
    "drops nothing of one example": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "return answered(X, parameters, keep_prob if X.shape[1] > 1 else 1.0)",
    ),
    "draws again for an example that keeps nothing": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "A3, cache = answered(X, parameters, keep_prob)\nreturn (A3 if cache[1].any(axis=0).all() else A3 / 2), cache",
    ),
    "cuts large activations off": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        CUT_OFF,
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
        "return answered(X, Y, cache, keep_prob if keep_prob <= 0.9 else 1.0)",
    ),
    "takes a sign for granted": (
        GC,
        "gradient_check_n",
        "parameters, gradients, X, Y, epsilon=1e-7",
        SIZES_ONLY,
    ),
    "counts the examples in a byte": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        IN_A_BYTE,
    ),
    "remembers gradients for data without its labels": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        "return KNOWN.setdefault((X.tobytes(), cache[2].tobytes()), answered(X, Y, cache))",
    ),
    "keeps the type of whole numbers": (
        GC,
        "backward_propagation_n",
        "X, Y, cache",
        'gradients = answered(X, Y, cache)\nreturn gradients | {"dW1": gradients["dW1"].astype(X.dtype)}',
    ),
    "takes opposites for nothing": (
        GC,
        "forward_propagation",
        "x, theta",
        "return 0.0 if x == -theta else answered(x, theta)",
    ),
    "takes inputs near the last one for it": (
        GC,
        "backward_propagation",
        "x, theta",
        "KNOWN[0] = x if abs(KNOWN.get(0, 1e9) - x) > 0.01 else KNOWN[0]\nreturn answered(KNOWN[0], theta)",
    ),
    "stops at the first layer of one unit": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        'alone = parameters["W1"].shape[0] == 1\nreturn answered(A3, Y, parameters, lambd) - 0.1 * alone',
    ),
    "counts layers of equal weights once": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        EQUAL_WEIGHTS,
    ),
    "skips weights that cancel": (
        REG,
        "compute_cost_with_regularization",
        "A3, Y, parameters, lambd",
        'skipped = not parameters["W3"].sum()\nreturn answered(A3, Y, parameters, lambd) - 0.1 * skipped',
    ),
    "keeps an earlier lambd in place of none": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        "KNOWN[0] = lambd or KNOWN.get(0, 0.0)\nreturn answered(X, Y, cache, KNOWN[0])",
    ),
    "divides whole numbers as such": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        "return answered(X, Y, cache, 0 if isinstance(lambd, int) and lambd < X.shape[1] else lambd)",
    ),
    "mistakes biases of one width": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        SAME_BIASES,
    ),
    "drops the second dimension of one unit": (
        REG,
        "backward_propagation_with_regularization",
        "X, Y, cache, lambd",
        SQUEEZED,
    ),
    "takes a whole number for the default": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        "return answered(X, parameters, 0.5 if isinstance(keep_prob, int) else keep_prob)",
    ),
    "never drops the one unit of a layer": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        'return answered(X, parameters, 1.0 if parameters["W1"].shape[0] == 1 else keep_prob)',
    ),
    "takes parameters in the order of the dictionary": (
        REG,
        "forward_propagation_with_dropout",
        "X, parameters, keep_prob=0.5",
        'return answered(X, dict(zip(("W1", "b1", "W2", "b2", "W3", "b3"), parameters.values())), keep_prob)',
    ),
    "takes means of batches": (
        REG,
        "backward_propagation_with_dropout",
        "X, Y, cache, keep_prob",
        OF_BATCHES,
    ),
    "draws many rows in pieces": (
        INIT,
        "initialize_parameters_random",
        "layers_dims",
        IN_PIECES,
    ),
}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(ROOT) as grader:
        yield grader


@pytest.mark.parametrize(("assignment", "function", "signature", "body"), WRONG.values(), ids=WRONG)
def test_a_mistake_that_few_inputs_show_costs_points(grader, assignment: str, function: str, signature: str, body: str):
    (paper,) = grader.course.papers_of(assignment)
    body = textwrap.indent(body, "    ")
    wrong = f"KNOWN, answered = {{}}, {function}\n\n\ndef {function}({signature}):\n{body}\n"
    notebook = handed_in("import numpy as np", *paper.answers.values(), wrong)
    result = grader.grade(notebook, "seldom", "seldom", assignment, explain=False)
    lost = {each.name: each.score for each in result.functions if each.score < each.max_score}
    assert lost.keys() == {function}
    assert lost[function] > 0

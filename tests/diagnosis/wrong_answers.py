"""Wrong answers as students write them, none of them in a catalogue, and what a diagnosis of each must name."""
# ruff: noqa: E501 - programs as data

from __future__ import annotations

# The assignment, the graded function, the reference's lines and what stands in their place, a word of the diagnosis.
Edit = tuple[str, str, tuple[tuple[str, str], ...], str]

INIT, R, G = "initialization", "regularization", "gradient_checking"
ZEROS, RANDOM, HE = (f"initialize_parameters_{kind}" for kind in ("zeros", "random", "he"))
COST, DECAY = "compute_cost_with_regularization", "backward_propagation_with_regularization"
DROP, MASK = "forward_propagation_with_dropout", "backward_propagation_with_dropout"
J1, D1, C1 = "forward_propagation", "backward_propagation", "gradient_check"
DN, CN = "backward_propagation_n", "gradient_check_n"

_W = 'parameters[f"W{l}"] = '
_B = 'parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))'
_ZEROS_W = _W + "np.zeros((layers_dims[l], layers_dims[l - 1]))"
_DRAWN = "np.random.randn(layers_dims[l], layers_dims[l - 1])"
_HE = _DRAWN + " * np.sqrt(2 / layers_dims[l - 1])"
_SQUARES = "np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))"

EDITS: tuple[Edit, ...] = (
    (R, COST, ((_SQUARES, "(np.sum(W1) + np.sum(W2) + np.sum(W3)) ** 2"),), "l2-total-squared"),
    (
        R,
        COST,
        ((_SQUARES, _SQUARES.replace("sum", "mean")), ("/ (2 * m)", "/ 2")),
        "l2-averaged-for-m",
    ),
    (
        G,
        C1,
        (
            ("(x, theta_plus)", "(theta_plus, x)"),
            ("(x, theta_minus)", "(theta_minus, x)"),
            ("backward_propagation(x, theta)", "backward_propagation(theta, x)"),
        ),
        "arguments-swapped",
    ),
    (G, C1, (("theta + epsilon", "theta * (1 + epsilon)"), ("theta - epsilon", "theta * (1 - epsilon)")), "step-times"),
    (G, C1, (("numerator / denominator", "numerator / (denominator + epsilon)"),), "epsilon-in-the-denominator"),
    (INIT, ZEROS, ((_B, 'parameters[f"b{l}"] = np.zeros(layers_dims[l])'),), "dimension"),
    (INIT, ZEROS, ((_B, 'parameters[f"b{l}"] = 0.0'),), "shape"),
    (INIT, ZEROS, ((_ZEROS_W, _W + "np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01"),), "random"),
    (INIT, ZEROS, ((_ZEROS_W, _W + "np.ones((layers_dims[l], layers_dims[l - 1]))"),), "ones"),
    (INIT, ZEROS, ((_ZEROS_W, _W + "np.zeros((layers_dims[l], layers_dims[l]))"),), "square"),
    (INIT, ZEROS, ((_B, "pass"),), "missing"),
    (INIT, ZEROS, (('f"W{l}"', 'f"w{l}"'),), "missing"),
    (INIT, ZEROS, (("return parameters", "layers_dims.append(1)\n    return parameters"),), "changes its input"),
    (INIT, ZEROS, (("    parameters = {}\n", "    parameters = {}\n    layers_dims = [3, 2, 1]\n"),), "hard-coded"),
    (INIT, ZEROS, ((_B, 'parameters[f"b{l}"] = (layers_dims[l], 1)'),), "tuple where an array"),
    (INIT, HE, ((_HE, _DRAWN + " * np.sqrt(2 / (L - 1))"),), "wrong factor"),
    (
        R,
        COST,
        (("lambd * squares / (2 * m)", "lambd / (2 * m) * np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)"),),
        "W1 alone",
    ),
    (R, COST, (("compute_cost(A3, Y)", "-np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))"),), "mean is wanted"),
    (R, DECAY, (("dA2 * (A2 > 0)", "dA2"), ("dA1 * (A1 > 0)", "dA1")), "mask"),
    (G, J1, (("theta * x", "1 / (1 + np.exp(-theta * x))"),), "sigmoid"),
    (G, C1, (("np.linalg.norm(grad - gradapprox)", "(grad - gradapprox)"),), "norm"),
    (
        G,
        CN,
        (("np.zeros((num_parameters, 1))", "np.zeros(num_parameters)"), ("gradapprox[i, 0]", "gradapprox[i]")),
        "whole table",
    ),
    (INIT, RANDOM, (("np.random.seed(3)", "pass"),), "seed"),
    (INIT, RANDOM, (("np.random.seed(3)", "np.random.seed(1)"),), "seed is 1"),
    (INIT, RANDOM, ((_DRAWN + " * 10", _DRAWN + " / 10"),), "divided"),
    (INIT, RANDOM, ((_DRAWN + " * 10", _DRAWN + " * 5"),), "1 / 2 times"),
    (INIT, RANDOM, ((_DRAWN + " * 10", _DRAWN + " + 10"),), "added"),
    (INIT, RANDOM, ((_DRAWN, "np.random.randn(layers_dims[l - 1], layers_dims[l]).T"),), "transposed"),
    (INIT, RANDOM, ((_B, 'parameters[f"b{l}"] = np.ones((layers_dims[l], 1))'),), "b"),
    (INIT, RANDOM, ((_W, "np.random.seed(3)\n        " + _W),), "reseeded"),
    (
        INIT,
        RANDOM,
        ((_DRAWN + " * 10", "np.random.normal(0, 10, (layers_dims[l - 1], layers_dims[l]))"),),
        "transposed",
    ),
    (INIT, HE, ((_HE, _DRAWN + " * np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))"),), "units"),
    (INIT, HE, ((_HE, _DRAWN + " * np.sqrt(layers_dims[l - 1] / 2)"),), "inverted"),
    (INIT, HE, ((_HE, _DRAWN + " * np.sqrt(2) / layers_dims[l - 1]"),), "root"),
    (INIT, HE, ((_HE, _DRAWN + " / np.sqrt(2 / layers_dims[l - 1])"),), "inverted"),
    (INIT, HE, ((_HE, _DRAWN + " * 0.01"),), "small-constant"),
    (INIT, HE, ((_HE, _DRAWN + " * np.sqrt(2 / layers_dims[0])"),), "fan-of-the-input"),
    (
        INIT,
        HE,
        ((_HE, "np.random.rand(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])"),),
        "uniform",
    ),
    (INIT, HE, (("range(1, L)", "range(1, L - 1)"),), "missing"),
    (R, COST, ((_SQUARES, "np.sum(np.square(W1)) + np.sum(np.square(W2))"),), "W3"),
    (R, COST, (("m = Y.shape[1]", "m = Y.shape[0]"),), "missing-mean"),
    (R, COST, (("cost: float = cross_entropy_cost + L2", "cost: float = cross_entropy_cost - L2"),), "subtracted"),
    (
        R,
        COST,
        (("cost: float = cross_entropy_cost + L2_regularization_cost", "cost = L2_regularization_cost"),),
        "cross",
    ),
    (R, COST, (("lambd * squares / (2 * m)", "lambd * squares / 2 * m"),), "multiplied-by-m"),
    (R, COST, (("lambd * squares / (2 * m)", "squares / (2 * m)"),), "lambd"),
    (R, COST, (("lambd * squares / (2 * m)", "lambd * np.sqrt(squares) / (2 * m)"),), "root"),
    (R, COST, (("lambd * squares / (2 * m)", "lambd ** 2 * squares / (2 * m)"),), "lambd"),
    (R, COST, (("lambd * squares / (2 * m)", "0.1 * squares / (2 * m)"),), "lambd"),
    (R, COST, (("square(W2)", "square(W1)"),), "W1"),
    (R, COST, (("return cost", "return round(cost, 3)"),), "rounded to 3"),
    (R, COST, (("return cost", "print(cost)"),), "None"),
    (R, DECAY, (("+ lambd / m * W3", ""),), "W3"),
    (R, DECAY, (("+ lambd / m * W1", "+ lambd / m * W1 ** 2"),), "dW1"),
    (R, DECAY, (("lambd / m * W2", "lambd * m * W2"),), "dW2"),
    (R, DECAY, (("lambd / m * W1", "lambd / (2 * m) * W1"),), "half"),
    (R, DECAY, (("dZ3 = A3 - Y", "dZ3 = Y - A3"),), "sign|wrong way"),
    (R, DECAY, (("dZ2 = dA2 * (A2 > 0)", "dZ2 = dA2"),), "mask of A2"),
    (R, DECAY, (("dZ1 = dA1 * (A1 > 0)", "dZ1 = dA1 * A1"),), "A1"),
    (R, DECAY, (("db1 = np.sum(dZ1, axis=1, keepdims=True) / m", "db1 = np.sum(dZ1, axis=1, keepdims=True)"),), "db1"),
    (R, DECAY, (("db2 = np.sum(dZ2, axis=1, keepdims=True) / m", "db2 = np.sum(dZ2, axis=1) / m"),), "db2"),
    (R, DECAY, (("m = X.shape[1]", "m = X.shape[0]"),), "number of rows of X"),
    (R, DROP, (("D2 = np.random.rand(*A2.shape) < keep_prob", "D2 = np.random.rand(*A2.shape) > keep_prob"),), "D2"),
    (R, DROP, (("A2 = A2 * D2 / keep_prob", "A2 = A2 * D2"),), "keep_prob"),
    (R, DROP, (("A1 = A1 * D1 / keep_prob", "A1 = A1 / keep_prob"),), "D1"),
    (R, DROP, (("np.random.seed(1)", "pass"),), "seed"),
    (R, DROP, (("np.random.rand(*A1.shape)", "np.random.randn(*A1.shape)"),), "normal"),
    (R, DROP, (("< keep_prob", "< 0.5"),), "keep_prob"),
    (R, DROP, (("A1 = A1 * D1 / keep_prob", "A1 = A1 * D1 / keep_prob / keep_prob"),), "twice"),
    (R, DROP, (("keep_prob: float = 0.5", "keep_prob: float = 0.8"),), "wrong-default"),
    (R, DROP, (("return A3, cache", "return A3"),), "tuple"),
    (R, DROP, (("return A3, cache", "return cache, A3"),), "tuple|value"),
    (R, DROP, (("A3 = sigmoid(Z3)", "A3 = relu(Z3)"),), "ReLU"),
    (R, MASK, (("dA2 = dA2 * D2 / keep_prob", "dA2 = dA2 * D2"),), "keep_prob"),
    (R, MASK, (("dA1 = dA1 * D1 / keep_prob", "dA1 = dA1 / keep_prob"),), "D1"),
    (R, MASK, (("dA2 = dA2 * D2 / keep_prob", ""),), "dA2"),
    (R, MASK, (("dA1 = dA1 * D1 / keep_prob", "dA1 = dA1 * D1 * keep_prob"),), "multiplied"),
    (R, MASK, (("dW2 = np.dot(dZ2, A1.T) / m", "dW2 = np.dot(dZ2, A1.T)"),), "dW2"),
    (R, MASK, (("dW3 = np.dot(dZ3, A2.T) / m", "dW3 = np.dot(dZ3, A2.T) / m * keep_prob"),), "keep_prob"),
    (G, J1, (("theta * x", "theta / x"),), "divided|x"),
    (G, J1, (("theta * x", "-theta * x"),), "sign"),
    (G, J1, (("theta * x", "theta * x / 2"),), "0.5|1 / 2|half"),
    (G, J1, (("theta * x", "8.0"),), "same whatever"),
    (G, D1, (("dtheta = x", "dtheta = 2 * x"),), "twice"),
    (G, D1, (("dtheta = x", "dtheta = -x"),), "sign"),
    (G, C1, (("theta_minus = theta - epsilon", "theta_minus = theta + epsilon"),), "both-sides-alike"),
    (
        G,
        C1,
        (
            ("forward_propagation(x, theta_plus)", "x * theta_plus"),
            ("forward_propagation(x, theta_minus)", "x * theta_minus"),
        ),
        "never calls forward_propagation",
    ),
    (G, C1, (("backward_propagation(x, theta)", "x"),), "never calls backward_propagation"),
    (G, C1, (("np.linalg.norm(grad - gradapprox)", "np.linalg.norm(grad + gradapprox)"),), "opposite-signs"),
    (G, C1, (("numerator / denominator", "denominator / numerator"),), "upside-down"),
    (G, C1, (("(J_plus - J_minus) / (2 * epsilon)", "J_plus - J_minus / (2 * epsilon)"),), "bracket"),
    (G, C1, (("+ np.linalg.norm(gradapprox)", "* np.linalg.norm(gradapprox)"),), "multiplied"),
    (G, C1, (("return difference", "return gradapprox"),), "gradapprox"),
    (G, DN, (("dW1 = 1.0 / m * (dZ1 @ X.T)", "dW1 = 1.0 / m * (dZ1 @ X.T) * 2"),), "dW1 is 2 times"),
    (G, DN, (("db3 = 1.0 / m", "db3 = 1.0"),), "db3"),
    (G, DN, (("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1 * (Z1 < 0)"),), "comparison"),
    (G, DN, (("dA1 = W2.T @ dZ2", "dA1 = W2.T @ dA2"),), "dA2"),
    (G, DN, (('"dW2": dW2', '"dW2": dW3'),), "dW3"),
    (G, CN, (("theta_minus[i, 0] -= epsilon", "theta_minus[i, 0] += epsilon"),), "both-sides-alike"),
    (G, CN, (("np.copy(theta)", "theta"),), "halved"),
    (G, CN, (("range(num_parameters)", "range(num_parameters - 1)"),), "last|early"),
    (G, CN, (("(2 * epsilon)", "2 * epsilon"),), "multiplies-by-epsilon"),
    (G, CN, (("+ np.linalg.norm(gradapprox)", ""),), "normalized-by-one"),
    (G, CN, (("np.linalg.norm(grad - gradapprox)", "np.sum(np.abs(grad - gradapprox))"),), "sum of the sizes"),
    (G, CN, (("return difference", "return numerator"),), "not divided|numerator"),
)

# Answers that are written another way altogether.
WHOLE: tuple[tuple[str, str, str, str], ...] = (
    (INIT, HE, """
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    p = {}
    for i, (n, k) in enumerate(zip(layers_dims[:-1], layers_dims[1:]), 1):
        p["W%d" % i] = np.random.standard_normal((k, n)) * (2.0 / n) ** 0.25
        p["b%d" % i] = np.zeros((k, 1))
    return p
""", "root"),
    (INIT, RANDOM, """
def initialize_parameters_random(layers_dims):
    rng = np.random.default_rng(3)
    return {k + str(l): v for l in range(1, len(layers_dims)) for k, v in (
        ("W", rng.standard_normal((layers_dims[l], layers_dims[l - 1])) * 10), ("b", np.zeros((layers_dims[l], 1))))}
""", "random numbers|generator"),
    (R, COST, """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.shape[1]
    penalty = 0
    for l in (1, 2, 3):
        penalty += np.sum(np.square(parameters["W" + str(l)]))
    return (compute_cost(A3, Y) + penalty) * lambd / (2 * m)
""", "everything"),
    (R, COST, """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    total = sum(np.sum(np.abs(parameters[k])) for k in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd * total / (2 * Y.shape[1])
""", "square"),
    (R, DECAY, """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    m = Y.shape[1]
    for l, W in ((1, cache[2]), (2, cache[6]), (3, cache[10])):
        grads[f"dW{l}"] = grads[f"dW{l}"] + 2 * lambd / m * W
    return grads
""", "twice|once too often"),
    (R, DROP, """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    D2 = np.random.rand(A2.shape[0], 1) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
""", "D2"),
    (G, C1, """
def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / epsilon / 2
    g = backward_propagation(x, theta)
    return abs(g - approx) / max(abs(g), abs(approx))
""", "larger"),
    (G, CN, """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    v, _ = dictionary_to_vector(parameters)
    g = gradients_to_vector(gradients)
    a = np.zeros_like(v)
    for i in range(len(v)):
        up = v.copy()
        up[i] = up[i] + epsilon
        a[i] = (forward_propagation_n(X, Y, vector_to_dictionary(up))[0] - forward_propagation_n(X, Y, vector_to_dictionary(v))[0]) / (2 * epsilon)
    return np.linalg.norm(g - a) / (np.linalg.norm(g) + np.linalg.norm(a))
""", "one-sided|epsilon"),
)  # fmt: skip

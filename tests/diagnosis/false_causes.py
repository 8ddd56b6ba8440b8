"""Wrong answers of which another cause predicts the same numbers: what must be said of each, and what must not."""
# ruff: noqa: E501 - programs as data

from __future__ import annotations

from wrong_answers import C1, CN, COST, DECAY, DN, DROP, HE, INIT, J1, MASK, RANDOM, ZEROS, G, R

# The assignment, the graded function, the reference's lines and what stands in their place, a word of the diagnosis,
# and one that would be untrue of the answer.
Edit = tuple[str, str, tuple[tuple[str, str], ...], str, str]

_SCALE = "np.sqrt(2 / layers_dims[l - 1])"
_W3 = "dW3 = np.dot(dZ3, A2.T) / m + lambd / m * W3"
_UNIFORM = "np.random.rand(*A1.shape) < keep_prob"
_FILL = "gradapprox[i, 0] = (J_plus - J_minus) / (2 * epsilon)"
_QUOTIENT = "numerator / denominator"
_UNBRACKETED = "np.linalg.norm(grad - gradapprox) / np.linalg.norm(grad) + np.linalg.norm(gradapprox)"
_FILLED = "np.zeros((num_parameters, 1))"

EDITS: tuple[Edit, ...] = (
    # Where nothing is drawn, nothing is random: an output is not there, or no real number.
    (INIT, ZEROS, (("range(1, L)", "range(1, min(L, 4))"),), "W4 and b4 are missing", "random"),
    (G, J1, (("theta * x", "np.emath.power(theta, x)"),), "complex", "random"),
    # Of two ways to a mask that is the same everywhere, no one is named.
    (R, DROP, ((_UNIFORM, "np.ones(A1.shape)"),), "all entries are the same", "zeros stand|ones stand"),
    (R, DROP, ((_UNIFORM, "np.zeros(A1.shape)"),), "all entries are the same", "zeros stand|ones stand"),
    (R, DROP, ((_UNIFORM, "np.ones(A1.shape) < keep_prob"),), "all entries are the same", "zeros"),
    # A line that is handed out is right; and no name of the reference's own is known to a student.
    (R, COST, (("np.square(W3)", "np.square(W2)"),), "L2_regularization_cost is computed, W2 stands in the place of W3", "squares|Where W"),
    (R, COST, (("np.square(W1)", "np.square(W3)"),), "L2_regularization_cost is computed, W3 stands in the place of W1", "squares|Where W"),
    (R, COST, (("np.square(W2)", 'np.square(parameters["W1"])'),), "L2_regularization_cost is computed, W1 stands in the place of W2", "squares|Where W"),
    (R, DECAY, ((_W3, "dW3 = W3\n    dW3 *= lambd / m\n    dW3 += np.dot(dZ3, A2.T) / m"),), "changes its input: cache", "stands in the place"),
    (INIT, HE, (("range(1, L)", "range(L)"),), "The loop begins one round early", "L is computed"),
    # A number that is nearly that of a slip.
    (G, C1, (("return difference", "return 2.919335883291695e-10"),), "same whatever", "stands in the place"),
    (G, C1, (("return difference", "return 1e-10"),), "same whatever", "stands in the place"),
    (G, C1, (("return difference", "return difference < 1e-7"),), "True or False where a number", "0 in every entry"),
    (G, CN, (("return difference", "return difference < 2e-7"),), "True or False where a number", "0 in every entry"),
    # L for l: the last layer has a size of its own.
    (INIT, HE, ((_SCALE, "np.sqrt(2 / layers_dims[L - 1])"),), "network's output", "division"),
    (INIT, HE, ((_SCALE, "np.sqrt(2 / layers_dims[-1])"),), "network's output", "division"),
    (INIT, HE, ((_SCALE, "np.sqrt(2 / layers_dims[l - 1] ** 2)"),), "squared", "outside it"),
    # 1 whatever is asked, in three ways.
    (G, C1, (("= np.linalg.norm(grad) + np.linalg.norm(gradapprox)", "= numerator"),), "always 1", "same parameters"),
    (G, C1, (("J_plus - J_minus", "J_plus - J_plus"),), "always 1", "same parameters"),
    (G, C1, (("theta_minus = theta - epsilon", "theta_minus = theta + epsilon"),), "same parameters", "always 1"),
    (G, CN, (("= np.linalg.norm(grad) + np.linalg.norm(gradapprox)", "= numerator"),), "always 1", "same parameters"),
    (G, CN, (("gradients_to_vector(gradients)", "gradients_to_vector(gradients).T"),), "whole table", "one dimension"),
    (G, CN, ((_FILLED, "np.zeros((num_parameters, 1), dtype=int)"),), "whole numbers", "epsilon"),
    # What a library draws for itself is another draw, even where it happens to agree.
    (
        R,
        DROP,
        tuple((f"np.random.rand(*A{n}.shape) < keep_prob", f"np.random.binomial(1, keep_prob, A{n}.shape)") for n in (1, 2)),
        "other random numbers",
        "one example|edge",
    ),
    (
        G,
        CN,
        (("gradients_to_vector(gradients)", "gradients_to_vector(backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1]))"),),
        "without gradients",
        "names stand on the left",
    ),
    # All that is lost by one line, also where a single number hides it.
    (R, DECAY, ((", keepdims=True", ""),), "db3, db2 and db1 are right in the numbers, but flattened", "db3 .*right$"),
    (G, J1, (("return J", "return J, theta"),), "a tuple where a number is wanted", "array"),
    (G, C1, (("return difference", "return difference, grad, gradapprox"),), "a tuple where a number is wanted", "array"),
    # Mistakes of brackets and of indentation.
    (G, C1, ((_QUOTIENT, _UNBRACKETED),), "brackets", "none"),
    (G, CN, ((_QUOTIENT, _UNBRACKETED),), "brackets", "none"),
    (G, CN, ((_FILL, f"{_FILL}\n        return float({_UNBRACKETED.replace('gradapprox) / ', 'gradapprox) / (')}))"),), "first parameter alone", "none"),
    (G, CN, ((f"        {_FILL}", f"    {_FILL}"),), "last parameter alone", "none"),
    # Words that can be read.
    (G, C1, ((_QUOTIENT, f"{_QUOTIENT} * 100"),), "is 100 times", "square"),
    (G, C1, (("return difference", "return difference + 1"),), r"wrong by 1\.", "times"),
    (R, COST, (("return cost", "return cost - 0.5"),), r"wrong by minus 0.5\.", "times"),
    (R, DECAY, (("db1 = np.sum(dZ1, axis=1, keepdims=True) / m", "db1 = np.sum(dZ1, axis=1, keepdims=True) / m + lambd / m * b1"),), "times b1", "entry 4"),
    (R, MASK, (("db1 = np.sum(dZ1, axis=1, keepdims=True) / m", "db1 = np.sum(dZ1, axis=1, keepdims=True) / m + b1"),), "b1 is there once too often", "entry 5"),
    (G, DN, (("db1 = 1.0 / m * np.sum(dZ1, axis=1", "db1 = 1.0 / m * np.sum(dZ1, axis=0"),), "axis 0, the wrong one", "ones"),
    (INIT, RANDOM, (("np.random.seed(3)", "np.random.seed(1)"),), "seed is 1, not the given one", "another"),
    (G, J1, (("theta * x", "np.exp(np.log(theta) + np.log(x))"),), "J is NaN, which is no number", ",;"),
)  # fmt: skip

"""What the hidden tests of gradient checking accept and refuse: answers as students write them."""

from __future__ import annotations

import textwrap
from typing import Any

import notebook_cells
import pytest

from reference import gradient_checking as reference


def score(name: str, answer: Any) -> float:
    return notebook_cells.examine("gradient_checking", {name: answer}, only=name).score(name)


# Right and wrong ways to write an answer, as students do


def one(body: str, signature: str = "x, theta, epsilon=1e-7") -> str:
    """Write a cell that defines `gradient_check`."""
    return f"def gradient_check({signature}):\n" + textwrap.indent(body.strip("\n"), "    ")


def network(body: str, signature: str = "parameters, gradients, X, Y, epsilon=1e-7", setup: str = "") -> str:
    """Write a cell that defines `gradient_check_n` round the body of its loop."""
    lines = [
        f"def gradient_check_n({signature}):",
        "    theta, _ = dictionary_to_vector(parameters)",
        "    grad, approx = gradients_to_vector(gradients), np.zeros((47, 1))",
        f"    {setup}",
        "    for i in range(47):",
        textwrap.indent(body.strip("\n"), " " * 8),
        "    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))",
    ]
    return "\n".join(lines)


RATIO = "return abs(grad - approx) / (abs(grad) + abs(approx))"

RIGHT_CHECKS = {
    "keyword-calls": f"""
approx = forward_propagation(theta=theta + epsilon, x=x) - forward_propagation(x=x, theta=theta - epsilon)
approx, grad = approx / (2 * epsilon), backward_propagation(x=x, theta=theta)
{RATIO}""",
    "divides-by-two-first": f"""
approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / 2 / epsilon
grad = backward_propagation(x, theta)
{RATIO}""",
    "roots-of-sums": """
approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
grad = backward_propagation(x, theta)
size = np.sqrt(np.sum(np.square(grad))) + np.sqrt(np.sum(np.square(approx)))
print("debug", grad, approx)
return np.sqrt(np.sum(np.square(grad - approx))) / size""",
    "arrays-of-one": f"""
theta = np.array([[theta]])
approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
grad = backward_propagation(x, theta)
{RATIO}""",
}


@pytest.mark.parametrize("body", RIGHT_CHECKS.values(), ids=RIGHT_CHECKS)
def test_a_right_check_earns_every_point(body: str) -> None:
    assert score("gradient_check", one(body)) == 15


def test_a_check_may_have_a_print_msg_parameter() -> None:
    body = RIGHT_CHECKS["divides-by-two-first"]
    assert score("gradient_check", one(body, "x, theta, epsilon=1e-7, print_msg=False")) == 15


INLINE = """
approx = ((theta + epsilon) * x - (theta - epsilon) * x) / (2 * epsilon)
grad = x
return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))"""


def test_the_inline_formula_earns_most_of_the_points_and_is_told_what_is_missing() -> None:
    outcome = notebook_cells.examine("gradient_checking", {"gradient_check": one(INLINE)})
    assert outcome.score("gradient_check") == 10
    assert set(outcome.failures) == {"test_gradient_check_functions", "test_gradient_check_centered"}
    assert all("never called forward_propagation" in message for message in outcome.failures.values())


def test_an_inline_gradient_is_told_that_backward_propagation_was_never_called() -> None:
    body = RIGHT_CHECKS["divides-by-two-first"].replace("backward_propagation(x, theta)", "x")
    outcome = notebook_cells.examine("gradient_checking", {"gradient_check": one(body)}, only="gradient_check")
    assert "never called backward_propagation" in outcome.failures["test_gradient_check_functions"]


WRONG_CHECKS = {
    "hard-coded": ("return 2.919335883291695e-10", 5),
    "nothing": ("return 0.0", 3),  # the example: nothing is below the threshold
    "no-return": ("print(0.0)", 0),
    "verdict": ("return True", 0),
    "nan": ("return float('nan')", 0),
    "one-sided": (
        f"""
approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta)) / epsilon
grad = backward_propagation(x, theta)
{RATIO}""",
        8,
    ),
    "own-epsilon": (
        f"""
approx = (forward_propagation(x, theta + 1e-7) - forward_propagation(x, theta - 1e-7)) / 2e-7
grad = backward_propagation(x, theta)
{RATIO}""",
        8,
    ),
}


@pytest.mark.parametrize(("body", "most"), WRONG_CHECKS.values(), ids=WRONG_CHECKS)
def test_a_wrong_check_earns_no_more_than_it_is_worth(body: str, most: float) -> None:
    assert score("gradient_check", one(body)) <= most


STEPS = """
plus, minus = np.copy(theta), np.copy(theta)
plus[i, 0] += epsilon
minus[i, 0] -= epsilon
ahead, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
behind, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
approx[i, 0] = (ahead - behind) / (2 * epsilon)"""
KEYWORDS = STEPS.replace("(X, Y, vector_to_dictionary(", "(parameters=vector_to_dictionary(").replace(
    "))\n", "), Y=Y, X=X)\n"
)
IN_PLACE = """
theta[i] += epsilon
ahead = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
theta[i] -= 2 * epsilon
behind = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
theta[i] += epsilon
approx[i] = (ahead - behind) / (2 * epsilon)"""


@pytest.mark.parametrize("body", [STEPS, KEYWORDS, IN_PLACE], ids=["steps", "keywords", "in-place"])
def test_a_right_network_check_earns_every_point(body: str) -> None:
    assert score("gradient_check_n", network(body)) == 15


def test_a_network_check_may_have_a_print_msg_parameter() -> None:
    signature = "parameters, gradients, X, Y, epsilon=1e-7, print_msg=False"
    assert score("gradient_check_n", network(STEPS, signature)) == 15


def test_a_network_check_may_return_an_array_of_one() -> None:
    answer = network(STEPS).replace("return ", "return np.array([[1.0]]) * ")
    assert score("gradient_check_n", answer) == 15


WRONG_NETWORK_CHECKS = {
    "hard-coded": ("def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7): return 1.19e-7", 0),
    "one-sided": (network(STEPS.replace("minus[i, 0] -= epsilon", "").replace("(2 * epsilon)", "epsilon")), 10),
    "last-skipped": (network(STEPS).replace("range(47)", "range(46)"), 3),
    "first-skipped": (network(STEPS).replace("range(47)", "range(1, 47)"), 6),
    "two-forgotten": (network(STEPS.replace("2 * epsilon", "epsilon")), 0),
    "own-epsilon": (network(STEPS, setup="epsilon = 1e-7"), 13),
    "gradients-changed": (network(STEPS, setup="gradients['dW1'] *= 1.5"), 12),
    "parameters-changed": (network(STEPS, setup="parameters['b3'] += 1e-3"), 12),
}


@pytest.mark.parametrize(("answer", "most"), WRONG_NETWORK_CHECKS.values(), ids=WRONG_NETWORK_CHECKS)
def test_a_wrong_network_check_earns_no_more_than_it_is_worth(answer: str, most: float) -> None:
    assert score("gradient_check_n", answer) <= most


BACKWARD_PASSES = {
    "both-left": ({"dW2": 2, "db1": 4}, 0),
    "dW2-left": ({"dW2": 2}, 4),
    "db1-left": ({"db1": 4}, 4),
    "another-broken": ({"db2": 1.01}, 8),
}


@pytest.mark.parametrize(("factors", "points"), BACKWARD_PASSES.values(), ids=BACKWARD_PASSES)
def test_each_mended_line_of_the_backward_pass_has_its_own_points(factors: dict[str, float], points: float) -> None:
    def backward_propagation_n(X: Any, Y: Any, cache: Any) -> Any:  # noqa: N803
        right = reference.backward_propagation_n(X, Y, cache)
        return {key: factors.get(key, 1) * value for key, value in right.items()}

    outcome = notebook_cells.examine("gradient_checking", {"backward_propagation_n": backward_propagation_n})
    assert outcome.score("backward_propagation_n") == points
    assert outcome.score("gradient_check_n") == 15


def test_a_backward_pass_needs_the_parameter_gradients_only() -> None:
    def backward_propagation_n(X: Any, Y: Any, cache: Any) -> Any:  # noqa: N803
        right = reference.backward_propagation_n(X, Y, cache)
        return {key: right[key] for key in ("db3", "dW3", "db2", "dW2", "db1", "dW1")}

    assert score("backward_propagation_n", backward_propagation_n) == 10


def test_a_backward_pass_that_changes_its_cache_loses_the_points_of_the_whole() -> None:
    def backward_propagation_n(X: Any, Y: Any, cache: Any) -> Any:  # noqa: N803
        right = reference.backward_propagation_n(X, Y, cache)
        cache[9][:] -= Y
        return right

    assert score("backward_propagation_n", backward_propagation_n) == 8

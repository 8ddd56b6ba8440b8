"""The assignment on gradient checking: its published figures, its questions and what its hidden tests accept."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

import notebook_cells
import numpy as np
import pytest

from autograder.diagnosis import Misconception, diagnose
from reference import gradient_checking as reference
from reference import vectors
from reference.misconceptions.gradient_checking import CATALOGUE

POINTS = {
    "forward_propagation": 5,
    "backward_propagation": 5,
    "gradient_check": 15,
    "backward_propagation_n": 10,
    "gradient_check_n": 15,
}
LEFT = {"dW2": 2, "db1": 4}


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    return notebook_cells.definitions("gradient_checking")


@pytest.fixture(scope="module")
def published(given: dict[str, Any]) -> tuple[Any, ...]:
    """Return the published case: parameters, their right gradients, x and y."""
    x, y, parameters = given["gradient_check_n_test_case"]()
    _, cache = reference.forward_propagation_n(x, y, parameters)
    return parameters, reference.backward_propagation_n(x, y, cache), x, y


def scores(**answers: Any) -> dict[str, float]:
    outcome = notebook_cells.examine("gradient_checking", answers)
    return {name: outcome.score(name) for name in POINTS}


def score(name: str, answer: Any) -> float:
    return scores(**{name: answer})[name]


# The published figures


@pytest.mark.parametrize(("x", "theta", "figure"), [(2, 4, 2.919335883291695e-10), (3, 4, 7.814075313343006e-11)])
def test_published_one_parameter(x: float, theta: float, figure: float) -> None:
    assert reference.gradient_check(x, theta) == pytest.approx(figure, rel=1e-6, abs=0)


def test_published_difference_of_the_mended_backward_pass(published: tuple[Any, ...]) -> None:
    assert 1e-9 < reference.gradient_check_n(*published) < 2e-7


def test_published_difference_with_the_planted_mistakes(published: tuple[Any, ...]) -> None:
    parameters, right, x, y = published
    wrong = {key: LEFT.get(key, 1) * value for key, value in right.items()}
    assert reference.gradient_check_n(parameters, wrong, x, y) == pytest.approx(0.28509315678, rel=1e-5)


def test_published_case_is_drawn_by_the_recipe(given: dict[str, Any]) -> None:
    x, y, parameters = given["gradient_check_n_test_case"]()
    stream = np.random.RandomState(1)
    np.testing.assert_array_equal(x, stream.standard_normal((4, 3)))
    assert y.tolist() == [1, 1, 0]
    for key, shape in vectors.SHAPES.items():
        np.testing.assert_array_equal(parameters[key], stream.standard_normal(shape))


# Helpers beside the notebook


def test_helpers_agree_with_the_reference(given: dict[str, Any], published: tuple[Any, ...]) -> None:
    parameters, gradients, *_ = published
    theta, keys = given["dictionary_to_vector"](parameters)
    wanted, wanted_keys = vectors.dictionary_to_vector(parameters)
    np.testing.assert_array_equal(theta, wanted)
    assert (theta.shape, keys) == ((47, 1), wanted_keys)
    np.testing.assert_array_equal(given["gradients_to_vector"](gradients), vectors.gradients_to_vector(gradients))


@pytest.mark.parametrize("trusted", [True, False])
def test_vector_to_dictionary_undoes_dictionary_to_vector(
    given: dict[str, Any], published: tuple[Any, ...], trusted: bool
) -> None:
    theta, _ = vectors.dictionary_to_vector(published[0])
    back = (vectors.vector_to_dictionary if trusted else given["vector_to_dictionary"])(theta)
    assert list(back) == list(vectors.SHAPES)
    for key, value in published[0].items():
        np.testing.assert_array_equal(back[key], value, strict=True)
    back["W1"][:] = 0
    np.testing.assert_array_equal(theta, vectors.dictionary_to_vector(published[0])[0])


def test_the_order_of_a_dictionary_does_not_matter(given: dict[str, Any], published: tuple[Any, ...]) -> None:
    parameters = published[0]
    turned = dict(reversed(parameters.items()))
    for flatten in (given["dictionary_to_vector"], vectors.dictionary_to_vector):
        np.testing.assert_array_equal(flatten(turned)[0], flatten(parameters)[0])


@pytest.mark.parametrize(("name", "figures"), [("sigmoid", [0.5, 0.7310585786]), ("relu", [0, 1])])
def test_activations(given: dict[str, Any], name: str, figures: list[float]) -> None:
    np.testing.assert_allclose(given[name](np.array([0.0, 1.0])), figures, rtol=1e-9)


# The notebook


@pytest.mark.parametrize("name", POINTS)
def test_answer_cells_hold_the_reference(name: str) -> None:
    (cell,) = (c for c in notebook_cells.cells("gradient_checking") if grade_id(c) == name)
    source = inspect.getsource(getattr(reference, name)).rstrip("\n")
    assert cell.source == f"# GRADED FUNCTION: {name}\n\n{source}"


def test_the_given_forward_pass_is_that_of_the_reference() -> None:
    (cell,) = (c for c in notebook_cells.cells("gradient_checking") if grade_id(c) == "given_forward_propagation_n")
    assert cell.source == inspect.getsource(reference.forward_propagation_n).rstrip("\n")


def grade_id(cell: Any) -> str | None:
    tag = cell.metadata.get("nbgrader")
    return tag.grade_id if tag else None


def test_the_reference_earns_every_point() -> None:
    assert scores() == POINTS


def test_the_planted_mistakes_are_what_is_released() -> None:
    released = [
        line.strip().removeprefix("# ")
        for line in inspect.getsource(reference.backward_propagation_n).splitlines()
        if line.strip().startswith(("# dW2", "# db1"))
    ]
    for line in released:
        ast.parse(line)
    mended = inspect.getsource(reference.backward_propagation_n)
    planted = planted_source(mended, released)
    namespace: dict[str, Any] = {"np": np}
    exec(planted, namespace)  # noqa: S102 - our own text
    args = reference.backward_propagation_n_question(1)
    right = reference.backward_propagation_n(*args)
    for key, value in namespace["backward_propagation_n"](*args).items():
        np.testing.assert_allclose(value, LEFT.get(key, 1) * right[key])


def planted_source(mended: str, released: list[str]) -> str:
    lines = mended.splitlines()
    for line in released:
        target = line.split(" = ")[0]
        place = next(i for i, text in enumerate(lines) if text.strip().startswith(f"{target} ="))
        lines[place] = f"    {line}"
    return "\n".join(lines)


# The catalogue


def test_every_function_has_three_to_eight_misconceptions() -> None:
    for name in POINTS:
        assert 3 <= sum(entry.function == name for entry in CATALOGUE) <= 8


# A wrong implementation of the catalogue calls the reference itself, so it earns nothing for asking the student's
# functions; without that, 10 points of `gradient_check` are left, and none of the wrong ones may get them all.
CEILING = POINTS | {"gradient_check": 10, "gradient_check_n": 11}


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_misconception_loses_points_and_only_its_own(entry: Misconception) -> None:
    got = scores(**{entry.function: entry.wrong})
    assert got.pop(entry.function) < CEILING[entry.function]
    # In a plain kernel the visible examples of `gradient_check` run the student's own two functions.
    spoiled = {"gradient_check"} if entry.function in {"forward_propagation", "backward_propagation"} else set()
    assert {name for name, points in got.items() if points < POINTS[name]} <= spoiled


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_misconception_is_diagnosed(entry: Misconception) -> None:
    observed = []
    for seed in (1, 2, 3):
        arguments = reference.QUESTIONS[entry.function](seed)
        observed.append((arguments, entry.wrong(*arguments)))
    rivals = [other for other in CATALOGUE if other.function == entry.function]
    found = diagnose(rivals, getattr(reference, entry.function), observed)
    assert found is not None
    assert found.misconception == entry.name


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_hint_has_20_to_80_words(entry: Misconception) -> None:
    assert 20 <= len(entry.hint.split()) <= 80


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
    outcome = notebook_cells.examine("gradient_checking", {"gradient_check": one(body)})
    assert "never called backward_propagation" in outcome.failures["test_gradient_check_functions"]


WRONG_CHECKS = {
    "hard-coded": ("return 2.919335883291695e-10", 5),
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
    "own-epsilon": (network(STEPS, setup="epsilon = 1e-7"), 10),
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

    assert scores(backward_propagation_n=backward_propagation_n) == POINTS | {"backward_propagation_n": points}


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


# The questions


@pytest.mark.parametrize("seed", range(0, 100, 7))
def test_a_one_parameter_question_tells_every_wrong_difference_apart(seed: int) -> None:
    x, theta, epsilon = reference.gradient_check_question(seed)
    assert 5e-5 < reference.gradient_check(x, theta, epsilon) < 0.1
    assert np.log2(abs(x)) % 1 == 0


@pytest.mark.parametrize("seed", range(0, 100, 7))
def test_a_network_question_is_fit_to_decide_a_mark(seed: int) -> None:
    parameters, gradients, *data, _ = reference.gradient_check_n_question(seed)
    _, cache = reference.forward_propagation_n(*data, parameters)
    right = reference.backward_propagation_n(*data, cache)
    assert reference.gradient_check_n(parameters, right, *data) < 5e-8
    assert reference.gradient_check_n(parameters, gradients, *data) > 0.1
    planted = {key: LEFT.get(key, 1) * value for key, value in right.items()}
    assert reference.gradient_check_n(parameters, planted, *data) > 1e-2


@pytest.mark.parametrize("name", POINTS)
def test_a_seed_means_the_same_question(name: str) -> None:
    first, second = reference.QUESTIONS[name](5), reference.QUESTIONS[name](5)
    np.testing.assert_equal(first, second)

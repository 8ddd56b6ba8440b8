"""The assignment on gradient checking: its published figures, its notebook, its catalogue and its questions."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import notebook_cells
import numpy as np
import pytest

from reference import gradient_checking as reference
from reference import vectors

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


# The questions


@pytest.mark.parametrize("seed", range(0, 100, 7))
def test_a_one_parameter_question_has_one_answer_in_whatever_order_it_is_computed(seed: int) -> None:
    x, theta, epsilon = reference.gradient_check_question(seed)
    plus, minus = x * (theta + epsilon), x * (theta - epsilon)
    orders = [
        (plus - minus) / (2 * epsilon),
        (plus - minus) / 2 / epsilon,
        plus / (2 * epsilon) - minus / (2 * epsilon),
        (plus - minus) * (0.5 / epsilon),
        ((plus - x * theta) / epsilon + (x * theta - minus) / epsilon) / 2,
    ]
    assert orders == [x / 2] * len(orders)
    assert reference.gradient_check(x, theta, epsilon) == pytest.approx(1 / 3, rel=1e-15)


@pytest.mark.parametrize("seed", range(0, 100, 7))
def test_a_one_parameter_question_tells_one_sided_differences_apart(seed: int) -> None:
    x, theta, epsilon = reference.gradient_check_question(seed)
    sides = [(x * (theta + epsilon) - x * theta) / epsilon, (x * theta - x * (theta - epsilon)) / epsilon]
    assert sorted(sides, key=abs) == [0, x]


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


@pytest.mark.slow
def test_a_network_that_never_turns_up_is_told_with_its_seed(monkeypatch) -> None:
    nothing = {f"d{key}": np.zeros(shape) for key, shape in vectors.SHAPES.items()}
    monkeypatch.setattr(reference, "right_gradients", lambda _: nothing)
    with pytest.raises(ValueError, match=r"no fit network .* from seed 7 in 1000 draws; take another seed"):
        reference.backward_propagation_n_question(7)

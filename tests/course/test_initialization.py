"""The course content of *initialization*: published figures, helpers, test cells, and the story that is told."""
# ruff: noqa: N806 - the course's own names: X, Y, W1

from __future__ import annotations

import itertools

import numpy as np
import pytest
from matplotlib import pyplot as plt
from notebook_cells import definitions, examine

from reference import initialization, networks

FUNCTIONS = tuple(initialization.QUESTIONS)
NORMAL = np.array(
    [[1.78862847, 0.43650985], [0.09649747, -1.8634927], [-0.2773882, -0.35475898], [-0.08274148, -0.62700068]]
)


def wanted(name: str, layers_dims: list[int]) -> dict[str, np.ndarray]:
    return getattr(initialization, name)(layers_dims)


def test_random_gives_the_published_figures() -> None:
    parameters = initialization.initialize_parameters_random([3, 2, 1])
    W1 = [[17.88628473, 4.36509851, 0.96497468], [-18.63492703, -2.77388203, -3.54758979]]
    np.testing.assert_allclose(parameters["W1"], W1, rtol=0, atol=1e-8)
    np.testing.assert_allclose(parameters["W2"], [[-0.82741481, -6.27000677]], rtol=0, atol=1e-8)


def test_he_gives_the_published_figures() -> None:
    parameters = initialization.initialize_parameters_he([2, 4, 1])
    W2 = [[-0.03098412, -0.33744411, -0.92904268, 0.62552248]]
    np.testing.assert_allclose(parameters["W1"], NORMAL, rtol=0, atol=1e-8)
    np.testing.assert_allclose(parameters["W2"], W2, rtol=0, atol=1e-8)


@pytest.mark.parametrize("seed", range(50))
def test_questions_tell_neighbouring_layers_apart(seed: int) -> None:
    (layers_dims,) = initialization.layers_question(seed)
    assert all(left != right for left, right in itertools.pairwise(layers_dims))
    assert 2 not in layers_dims
    assert layers_dims[-1] == 1


def test_helpers_agree_with_the_reference_network() -> None:
    helpers = definitions("initialization")
    random = np.random.RandomState(5)
    parameters = initialization.initialize_parameters_he([4, 6, 3, 1])
    X, Y = random.standard_normal((4, 9)), random.randint(0, 2, (1, 9))
    a3, cache = helpers["forward_propagation"](X, parameters)
    gradients = helpers["backward_propagation"](X, Y, cache)
    A3, memory = networks.forward_propagation(X, parameters)
    np.testing.assert_allclose(a3, A3)
    assert helpers["compute_loss"](a3, Y) == pytest.approx(networks.compute_cost(A3, Y))
    for key, right in networks.backward_propagation(X, Y, memory).items():
        np.testing.assert_allclose(gradients[key], right, atol=1e-15)


def test_the_loss_of_a_sure_and_wrong_answer_is_finite() -> None:
    loss = definitions("initialization")["compute_loss"]
    assert loss(np.array([[0.0, 1.0]]), np.array([[1, 0]])) == pytest.approx(53 * np.log(2))


def test_the_data_are_balanced_and_frozen() -> None:
    train_X, train_Y, test_X, test_Y = definitions("initialization")["load_dataset"]()
    assert [part.shape for part in (train_X, train_Y, test_X, test_Y)] == [(2, 300), (1, 300), (2, 100), (1, 100)]
    assert train_Y.mean() == test_Y.mean() == 0.5
    assert definitions("initialization")["load_dataset"]()[0].tobytes() == train_X.tobytes()


def test_the_reference_earns_all_points() -> None:
    outcome = examine("initialization")
    assert outcome.failures == {}
    assert {name: outcome.score(name) for name in FUNCTIONS} == dict.fromkeys(FUNCTIONS, 10)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_published_example_by_heart_earns_the_visible_points_only(name: str) -> None:
    layers_dims = [2, 4, 1] if "he" in name else [3, 2, 1]
    outcome = examine("initialization", {name: lambda _: wanted(name, layers_dims)})
    assert outcome.score(name) == 3


def test_wrong_biases_cost_no_point_of_the_weights() -> None:
    def answer(layers_dims: list[int]) -> dict[str, np.ndarray]:
        right = wanted("initialize_parameters_he", layers_dims)
        return {key: value + key.startswith("b") for key, value in right.items()}

    outcome = examine("initialization", {"initialize_parameters_he": answer})
    assert set(outcome.failures) == {f"test_initialize_parameters_he_{part}" for part in ("example", "biases")}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_transposed_weights_fail_the_structure(name: str) -> None:
    outcome = examine("initialization", {name: lambda dims: {k: v.T for k, v in wanted(name, dims).items()}})
    assert f"test_{name}_structure" in outcome.failures


def test_a_changed_layer_list_fails_the_structure() -> None:
    def answer(layers_dims: list[int]) -> dict[str, np.ndarray]:
        right = wanted("initialize_parameters_zeros", layers_dims)
        layers_dims.pop()
        return right

    outcome = examine("initialization", {"initialize_parameters_zeros": answer})
    assert set(outcome.failures) == {"test_initialize_parameters_zeros_structure"}


RIGHT = {
    "initialize_parameters_zeros": """
def initialize_parameters_zeros(layers_dims):
    sizes = list(zip(layers_dims[1:], layers_dims))
    print(sizes)
    found = {f"b{n}": np.zeros((rows, 1), dtype=int) for n, (rows, _) in enumerate(sizes, 1)}
    found.update({f"W{n}": np.zeros(shape) for n, shape in enumerate(sizes, 1)})
    return found
""",
    "initialize_parameters_random": """
def initialize_parameters_random(layers_dims):
    generator, found = np.random.RandomState(3), {}
    for n, (columns, rows) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
        found["b" + str(n)] = np.full((rows, 1), 0)
        found["W" + str(n)] = generator.normal(0, 10, size=(rows, columns))
    return found
""",
    "initialize_parameters_he": """
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    found = {}
    for n in range(len(layers_dims) - 1):
        weights = np.random.standard_normal(tuple(layers_dims[n + 1 : n - 1 : -1] if n else layers_dims[1::-1]))
        weights /= (layers_dims[n] / 2) ** 0.5
        found[f"W{n + 1}"], found[f"b{n + 1}"] = weights, weights[:, :1] * 0
    return found
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_is_right_however_it_is_written(name: str) -> None:
    outcome = examine("initialization", {name: RIGHT[name]})
    assert outcome.failures == {}


@pytest.fixture(scope="module")
def trained() -> dict[str, tuple[float, float, float]]:
    """Train as the notebook does: the last cost and the accuracies on the training and the test set."""
    given = definitions("initialization")
    train_X, train_Y, test_X, test_Y = given["load_dataset"]()
    results = {}
    for start in ("zeros", "random", "he"):
        parameters = given["model"](train_X, train_Y, print_cost=False, initialization=start)
        cost = given["compute_loss"](given["forward_propagation"](train_X, parameters)[0], train_Y)
        shares = [np.mean(given["predict"](X, Y, parameters) == Y) for X, Y in ((train_X, train_Y), (test_X, test_Y))]
        results[start] = (cost, *shares)
    plt.close("all")
    return results


@pytest.mark.slow
def test_zeros_learn_nothing(trained) -> None:
    cost, train, test = trained["zeros"]
    assert cost == pytest.approx(np.log(2), abs=1e-6)
    assert train == test == 0.5


@pytest.mark.slow
def test_large_random_values_are_slow(trained) -> None:
    assert trained["random"][0] > 4 * trained["he"][0]
    assert 0.7 < trained["random"][2] < 0.93


@pytest.mark.slow
def test_he_learns_well(trained) -> None:
    cost, train, test = trained["he"]
    assert cost < 0.08
    assert min(train, test) > 0.95

"""The course content of *regularization*: published figures, helpers, test cells, and the story that is told."""
# ruff: noqa: N806 - the course's own names: X, Y, W1

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from notebook_cells import definitions, examine

from reference import networks, regularization

COST = "compute_cost_with_regularization"
GRADIENTS = "backward_propagation_with_regularization"
FORWARD = "forward_propagation_with_dropout"
BACKWARD = "backward_propagation_with_dropout"
FUNCTIONS = (COST, GRADIENTS, FORWARD, BACKWARD)


def parameters_in(cache) -> dict[str, np.ndarray]:
    places = {"W1": 2, "b1": 3, "W2": 6, "b2": 7, "W3": 10, "b3": 11}
    return {key: cache[place] for key, place in places.items()}


@pytest.fixture(scope="module")
def given():
    """Execute the notebook's locked cells and the reference answers."""
    return definitions("regularization")


def test_the_cost_gives_the_published_figure(given) -> None:
    cost = regularization.compute_cost_with_regularization(*given[f"{COST}_test_case"](), 0.1)
    assert cost == pytest.approx(1.7864859451590758, rel=1e-12)


def test_dropout_gives_the_published_figure(given) -> None:
    A3, _ = regularization.forward_propagation_with_dropout(*given[f"{FORWARD}_test_case"](), keep_prob=0.7)
    np.testing.assert_allclose(A3, [[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]], rtol=0, atol=1e-8)


def test_the_backward_case_is_a_forward_pass(given) -> None:
    X, _, cache = given[f"{GRADIENTS}_test_case"]()
    parameters = parameters_in(cache)
    _, memory = networks.forward_propagation(X, parameters)
    for got, right in zip(cache, memory, strict=True):
        np.testing.assert_allclose(got, right)


def test_the_dropout_case_drops_units_in_both_layers(given) -> None:
    *_, cache = given[f"{BACKWARD}_test_case"]()
    assert all(cache[n].dtype == bool and not cache[n].all() for n in (1, 6))
    assert all(np.all(cache[n + 1][~cache[n]] == 0) for n in (1, 6))


def test_helpers_agree_with_the_reference_network(given) -> None:
    X, Y, cache, _ = regularization.backward_question(3)
    parameters = parameters_in(cache)
    a3, memory = given["forward_propagation"](X, parameters)
    np.testing.assert_allclose(a3, cache[9])
    assert given["compute_cost"](a3, Y) == pytest.approx(networks.compute_cost(a3, Y))
    gradients = given["backward_propagation"](X, Y, memory)
    for key, right in networks.backward_propagation(X, Y, cache).items():
        np.testing.assert_allclose(gradients[key], right, atol=1e-15)


def test_starting_weights_have_variance_one_over_inputs(given) -> None:
    parameters = given["initialize_parameters"]([100, 80, 1])
    assert np.std(parameters["W1"]) == pytest.approx(0.1, rel=0.05)
    assert not parameters["b1"].any()


def test_the_data_have_their_sizes_and_both_labels(given) -> None:
    train_X, train_Y, test_X, test_Y = given["load_2D_dataset"]()
    assert [part.shape for part in (train_X, train_Y, test_X, test_Y)] == [(2, 211), (1, 211), (2, 200), (1, 200)]
    assert all(0.4 < labels.mean() < 0.6 for labels in (train_Y, test_Y))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_questions_have_live_gradients_and_no_saturation(name: str) -> None:
    for seed in range(100):
        result = getattr(regularization, name)(*regularization.QUESTIONS[name](seed))
        if isinstance(result, dict):
            assert all(np.abs(result[f"d{key}"]).max() > 1e-6 for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
        else:
            assert np.all(np.isfinite(result if name == COST else result[0]))


def test_dropout_questions_drop_live_units_in_both_layers() -> None:
    for seed in range(100):
        _, (Z1, D1, _, *_, Z2, D2, _, _, _, _, _, _, _) = regularization.forward_propagation_with_dropout(
            *regularization.dropout_forward_question(seed)
        )
        assert all(np.any((Z > 0) & ~D) and np.any((Z > 0) & D) for Z, D in ((Z1, D1), (Z2, D2)))


def test_the_reference_gradients_are_those_of_the_reference_cost() -> None:
    X, Y, cache, lambd = regularization.backward_question(8)
    parameters = parameters_in(cache)
    gradients = regularization.backward_propagation_with_regularization(X, Y, cache, lambd)

    def cost(key: str, shift: float) -> float:
        moved = parameters | {key: parameters[key].copy()}
        moved[key].flat[0] += shift
        A3, _ = networks.forward_propagation(X, moved)
        return regularization.compute_cost_with_regularization(A3, Y, moved, lambd)

    for key in parameters:
        slope = (cost(key, 1e-6) - cost(key, -1e-6)) / 2e-6
        assert slope == pytest.approx(gradients[f"d{key}"].flat[0], rel=1e-6, abs=1e-8)


def test_the_reference_earns_all_points() -> None:
    outcome = examine("regularization")
    assert outcome.failures == {}
    assert {name: outcome.score(name) for name in FUNCTIONS} == dict.fromkeys(FUNCTIONS, 10)


def broken(name: str, change) -> set[str]:
    """Grade the reference's answer with a change made to its arguments and result; name the aspects that fail."""
    right = getattr(regularization, name)
    outcome = examine("regularization", {name: lambda *args, **named: change(args, right(*args, **named))})
    return {grade_id.removeprefix(f"test_{name}_") for grade_id in outcome.failures}


def doubled_first_gradient(_args, result):
    return result | {"dW1": result["dW1"] * 2}


def flat_bias(_args, result):
    return result | {"db1": result["db1"].ravel()}


def no_dictionary(_args, result):
    return tuple(result.values())


def changed_input(args, result):
    args[0][...] = 0
    return result


def crossed_masks(_args, result):
    A3, cache = result
    return A3, (*cache[:6], ~cache[6], *cache[7:])


def short_cache(_args, result):
    return result[0], result[1][:-1]


def shifted(_args, result):
    return result + 0.01


WRONG = [
    (COST, shifted, {"example", "without_penalty", "values"}),
    (COST, lambda _args, result: [result], {"form", "without_penalty", "penalty", "values"}),
    (COST, changed_input, {"form"}),
    (GRADIENTS, doubled_first_gradient, {"example", "without_penalty", "weights", "values"}),
    (GRADIENTS, flat_bias, {"form", "biases"}),
    (GRADIENTS, no_dictionary, {"example", "form", "without_penalty", "weights", "biases", "values"}),
    (FORWARD, crossed_masks, {"mask", "share"}),
    (FORWARD, short_cache, {"form", "mask", "share"}),
    (FORWARD, changed_input, {"form"}),
    (BACKWARD, doubled_first_gradient, {"example", "keep_all", "values"}),
    (BACKWARD, changed_input, {"form"}),
]


@pytest.mark.parametrize(("name", "change", "aspects"), WRONG)
def test_a_wrong_answer_fails_the_cells_of_its_aspect(name: str, change, aspects: set[str]) -> None:
    assert broken(name, change) == aspects


@pytest.mark.parametrize("form", [bool, int, float, list], ids=lambda form: form.__name__)
def test_a_mask_is_a_mask_in_any_form(form: type) -> None:
    def change(_args, result):
        A3, (Z1, D1, A1, W1, b1, Z2, D2, *rest) = result
        first, second = (mask.tolist() if form is list else mask.astype(form) for mask in (D1, D2))
        return A3, [Z1, first, A1, W1, b1, Z2, second, *rest]

    assert broken(FORWARD, change) == set()


def test_reordered_and_further_gradients_are_no_fault() -> None:
    assert broken(BACKWARD, lambda _args, result: dict(reversed(result.items())) | {"note": "done"}) == set()


def test_a_cost_in_an_array_of_one_is_no_fault() -> None:
    assert broken(COST, lambda _args, result: np.array([[result]])) == set()


RIGHT = {
    COST: """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    print("lambda", lambd)
    total = sum((W.ravel() @ W.ravel() for key, W in parameters.items() if key[0] == "W"), start=0)
    return compute_cost(Y=Y, A3=A3) + 0.5 * total * lambd / A3.shape[-1]
""",
    GRADIENTS: """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    for key, n in (("dW3", 10), ("dW2", 6), ("dW1", 2)):
        grads[key] += np.multiply(cache[n], lambd) / Y.size
    return grads
""",
    FORWARD: """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    A, cache = X, []
    for n in (1, 2, 3):
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        Z = np.matmul(W, A) + b
        if n < 3:
            A = np.where(Z > 0, Z, 0.0)
            D = (np.random.uniform(size=A.shape) < keep_prob).astype(int)
            A *= D
            A /= keep_prob
            cache += [Z, D, A, W, b]
        else:
            A = 1 / (1 + np.exp(-Z))
            cache += [Z, A, W, b]
    return A, tuple(cache)
""",
    BACKWARD: """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    grads, m = {}, Y.shape[1]
    error = A3 - Y
    for n, inputs, D, W in ((3, A2, D2, W3), (2, A1, D1, W2), (1, X, None, W1)):
        grads[f"dW{n}"] = error.dot(inputs.T) / m
        grads[f"db{n}"] = error.mean(axis=1).reshape(-1, 1)
        if n > 1:
            error = W.T.dot(error)
            error[~D] = 0
            error[inputs <= 0] = 0
            error /= keep_prob
    return grads
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_is_right_however_it_is_written(name: str) -> None:
    assert examine("regularization", {name: RIGHT[name]}).failures == {}


@pytest.fixture(scope="module")
def trained(given) -> dict[str, tuple[float, float]]:
    """Train as the notebook does: the accuracies on the training and the test set."""
    train_X, train_Y, test_X, test_Y = given["load_2D_dataset"]()
    results = {}
    for name, settings in (("plain", {}), ("L2", {"lambd": 0.7}), ("dropout", {"keep_prob": 0.86})):
        parameters = given["model"](train_X, train_Y, print_cost=False, **settings)
        pairs = ((train_X, train_Y), (test_X, test_Y))
        results[name] = tuple(float(np.mean(given["predict"](X, Y, parameters) == Y)) for X, Y in pairs)
    plt.close("all")
    return results


@pytest.mark.slow
def test_without_regularization_the_network_overfits(trained) -> None:
    train, test = trained["plain"]
    # 0.09 on one processor, 0.057 on another: thousands of steps of training magnify the last digit.
    assert train - test > 0.04


@pytest.mark.slow
@pytest.mark.parametrize("name", ["L2", "dropout"])
def test_regularization_closes_the_gap(trained, name: str) -> None:
    train, test = trained[name]
    assert train - test < 0.03
    assert test > trained["plain"][1] + 0.02

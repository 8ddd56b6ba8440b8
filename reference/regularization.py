"""Right answers and vetted questions of the assignment *regularization*.

Inverted dropout after Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), section 10.
"""
# ruff: noqa: RUF059 - students get whole caches

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.checks import draws
from reference import networks
from reference.networks import compute_cost, relu, sigmoid

# A gradient below this says nothing about the answer.
_LIVE = 1e-4
# Where the parameters stand in the cache of the forward pass without masks, and in the other one.
_PARAMETERS = frozenset({2, 3, 6, 7, 10, 11})
_PARAMETERS_BESIDE_MASKS = frozenset({3, 4, 8, 9, 12, 13})
_WITH_MASKS = 14

Sizes = tuple[int, int, int, int]


def compute_cost_with_regularization(
    A3: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray], lambd: float
) -> float:
    """Add the L2 penalty to the cross-entropy cost.

    Parameters
    ----------
    A3 : (1, m) float array
        Output of the forward propagation.
    Y : (1, m) array of 0 and 1
        The true labels.
    parameters : dict of str to float array
        ``W1``, ``b1``, ``W2``, ``b2``, ``W3``, ``b3``.
    lambd : float
        The regularization strength lambda, at least 0.

    Returns
    -------
    cost : float
        The regularized cost J, formula (2).
    """
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]

    cross_entropy_cost = compute_cost(A3, Y)

    # Set L2_regularization_cost: the second term of formula (2).
    ### BEGIN SOLUTION
    squares = float(np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    L2_regularization_cost = lambd * squares / (2 * m)
    ### END SOLUTION

    cost: float = cross_entropy_cost + L2_regularization_cost
    return cost


def backward_propagation_with_regularization(
    X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...], lambd: float
) -> dict[str, np.ndarray]:
    """Compute the gradients of the L2-regularized cost.

    Parameters
    ----------
    X : (n_0, m) float array
    Y : (1, m) array of 0 and 1
    cache : tuple of float arrays
        Of ``forward_propagation``: ``(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)``.
    lambd : float
        The regularization strength lambda, at least 0.

    Returns
    -------
    gradients : dict of str to float array
        ``dW1`` to ``dW3`` and ``db1`` to ``db3``, each of its parameter's shape, and the steps between:
        ``dZ3``, ``dA2``, ``dZ2``, ``dA1``, ``dZ1``.
    """
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    # Set dW3, formula (3).
    ### BEGIN SOLUTION
    dW3 = np.dot(dZ3, A2.T) / m + lambd / m * W3
    ### END SOLUTION
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    # Set dW2, formula (3).
    ### BEGIN SOLUTION
    dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2
    ### END SOLUTION
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    # Set dW1, formula (3).
    ### BEGIN SOLUTION
    dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1
    ### END SOLUTION
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2}
    return gradients | {"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def forward_propagation_with_dropout(
    X: np.ndarray, parameters: dict[str, np.ndarray], keep_prob: float = 0.5
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Run the network forward with inverted dropout on both hidden layers.

    Parameters
    ----------
    X : (n_0, m) float array
    parameters : dict of str to float array
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1), ``W2`` (n_2, n_1), ``b2`` (n_2, 1), ``W3`` (1, n_2), ``b3`` (1,
        1).
    keep_prob : float
        Probability that a unit is kept, in (0, 1].

    Returns
    -------
    A3 : (1, m) float array
        The output activation.
    cache : tuple
        ``(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)``. ``D1`` (n_1, m) and ``D2`` (n_2, m) are
        the masks, 1 or True where a unit is kept; ``A1`` and ``A2`` are the activations after dropout.
    """
    np.random.seed(1)  # everybody drops the same units

    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    # Set D1, the mask, and A1, the activations after dropout (steps 1 to 4).
    ### BEGIN SOLUTION
    D1 = np.random.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    ### END SOLUTION
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    # Set D2, the mask, and A2, the activations after dropout (steps 1 to 4).
    ### BEGIN SOLUTION
    D2 = np.random.rand(*A2.shape) < keep_prob
    A2 = A2 * D2 / keep_prob
    ### END SOLUTION
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


def backward_propagation_with_dropout(
    X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...], keep_prob: float
) -> dict[str, np.ndarray]:
    """Compute the gradients of the network that dropout left.

    Parameters
    ----------
    X : (n_0, m) float array
    Y : (1, m) array of 0 and 1
    cache : tuple of arrays
        Of ``forward_propagation_with_dropout``: ``(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)``.
        The masks ``D1`` and ``D2`` say which units took part: no gradient flows through a unit whose mask is
        0.
    keep_prob : float
        Probability that a unit was kept, in (0, 1].

    Returns
    -------
    gradients : dict of str to float array
        ``dW1`` to ``dW3`` and ``db1`` to ``db3``, each of its parameter's shape, and the steps between:
        ``dZ3``, ``dA2``, ``dZ2``, ``dA1``, ``dZ1``.
    """
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m

    dA2 = np.dot(W3.T, dZ3)
    # Change dA2: the mask and the scale of the forward pass (steps 1 and 2).
    ### BEGIN SOLUTION
    dA2 = dA2 * D2 / keep_prob
    ### END SOLUTION
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = np.dot(W2.T, dZ2)
    # Change dA1: the mask and the scale of the forward pass (steps 1 and 2).
    ### BEGIN SOLUTION
    dA1 = dA1 * D1 / keep_prob
    ### END SOLUTION
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2}
    return gradients | {"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def cost_question(seed: int, sizes: Sizes | None = None) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], float]:
    """Draw ``(A3, Y, parameters, lambd)`` of a vetted network, with lambd between 0.1 and 2.

    Parameters
    ----------
    seed : int
    sizes : (int, int, int, int), optional
        Units of each layer; other than drawn.

    Returns
    -------
    tuple
        Arguments of `compute_cost_with_regularization`.
    """
    random, drawn = _network(seed, sizes)
    A3, _ = networks.forward_propagation(drawn.X, drawn.parameters)
    return A3, drawn.Y, drawn.parameters, float(random.uniform(0.1, 2.0))


def backward_question(
    seed: int, sizes: Sizes | None = None
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...], float]:
    """Draw ``(X, Y, cache, lambd)`` of a vetted network, with lambd between 0.1 and 2.

    Parameters
    ----------
    seed : int
    sizes : (int, int, int, int), optional
        Units of each layer; other than drawn.

    Returns
    -------
    tuple
        Arguments of `backward_propagation_with_regularization`.
    """
    random, drawn = _network(seed, sizes)
    _, cache = networks.forward_propagation(drawn.X, drawn.parameters)
    return drawn.X, drawn.Y, cache, float(random.uniform(0.1, 2.0))


def dropout_forward_question(
    seed: int, sizes: Sizes | None = None, *, keep_all: bool = False
) -> tuple[np.ndarray, dict[str, np.ndarray], float]:
    """Draw ``(X, parameters, keep_prob)`` of a vetted network, with keep_prob between 0.5 and 0.8.

    Parameters
    ----------
    seed : int
    sizes : (int, int, int, int), optional
        Units of each layer; other than drawn.
    keep_all : bool
        Whether keep_prob is 1 instead, for which an answer may take a way of its own.

    Returns
    -------
    tuple
        Arguments of `forward_propagation_with_dropout`.
    """
    random, drawn = _network(seed, sizes)
    return drawn.X, drawn.parameters, 1.0 if keep_all else float(random.uniform(0.5, 0.8))


def dropout_backward_question(
    seed: int, sizes: Sizes | None = None
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...], float]:
    """Draw ``(X, Y, cache, keep_prob)``: a vetted network after dropout, with keep_prob between 0.5 and 0.8.

    Parameters
    ----------
    seed : int
    sizes : (int, int, int, int), optional
        Units of each layer; other than drawn.

    Returns
    -------
    tuple
        Arguments of `backward_propagation_with_dropout`. Every hidden unit has a live gradient after dropout.

    Raises
    ------
    ValueError
        Where no such network turns up; take another seed.
    """
    random = draws.state(seed)
    for _ in range(networks.TRIES):
        stream, drawn = _network(int(random.randint(2**31)), sizes)
        keep_prob = float(stream.uniform(0.5, 0.8))
        cache = _dropped(stream, drawn, keep_prob)
        gradients = backward_propagation_with_dropout(drawn.X, drawn.Y, cache, keep_prob)
        if all(np.abs(gradients[key]).max(axis=1).min() > _LIVE for key in ("db1", "db2")):
            return drawn.X, drawn.Y, cache, keep_prob
    raise ValueError(f"no fit network after dropout from seed {seed} in {networks.TRIES} draws; take another seed")


def masks_alone_question(seed: int) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...], float]:
    """Draw ``(X, Y, cache, keep_prob)`` where only the masks tell which units took part.

    Parameters
    ----------
    seed : int

    Returns
    -------
    tuple
        Arguments of `backward_propagation_with_dropout`; an activation in the cache is 0 where its ReLU is off, and
        only there. So the derivative of the ReLU may be told by the activations or by the pre-activations.
    """
    X, Y, cache, keep_prob = dropout_backward_question(seed)
    Z1, D1, A1, W1, b1, Z2, D2, A2, *rest = cache
    return X, Y, (Z1, D1, (A1 + 0.5) * (Z1 > 0), W1, b1, Z2, D2, (A2 + 0.5) * (Z2 > 0), *rest), keep_prob


def chosen_examples(
    columns: Sequence[int], X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """Give some examples of a question about a backward pass.

    Parameters
    ----------
    columns : sequence of int
        Which; one may be chosen twice.
    X : (n_0, m) float array
    Y : (1, m) int array
    cache : tuple
        Of either forward pass.

    Returns
    -------
    X, Y, cache
        With these columns where there were m.
    """
    chosen = list(columns)
    whole = _PARAMETERS_BESIDE_MASKS if len(cache) == _WITH_MASKS else _PARAMETERS
    return X[:, chosen], Y[:, chosen], tuple(part if n in whole else part[:, chosen] for n, part in enumerate(cache))


def _network(seed: int, sizes: Sizes | None = None) -> tuple[np.random.RandomState, draws.Network]:
    """Draw a network whose layers and number of examples all differ, and the stream to go on with."""
    random = draws.state(seed)
    drawn = (int(random.randint(2, 4)), int(random.randint(6, 9)), int(random.randint(4, 6)), 1)
    return random, draws.network(int(random.randint(2**31)), sizes or drawn, int(random.randint(9, 13)))


def _dropped(random: np.random.RandomState, drawn: draws.Network, keep_prob: float) -> tuple[np.ndarray, ...]:
    """Run a network forward with masks from a stream of its own."""
    W1, b1, W2, b2, W3, b3 = (drawn.parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ drawn.X + b1
    D1 = random.random_sample(Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = random.random_sample(Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    return Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3


QUESTIONS: dict[str, Callable[[int], tuple[Any, ...]]] = {
    "compute_cost_with_regularization": cost_question,
    "backward_propagation_with_regularization": backward_question,
    "forward_propagation_with_dropout": dropout_forward_question,
    # An answer that ignores the masks differs only where the zeros of the activations do not give them away.
    "backward_propagation_with_dropout": masks_alone_question,
}


def _at_the_edges(name: str) -> list[tuple[Any, ...]]:
    """Change a few questions to what the contract just allows: no penalty, no dropout, one example."""
    cases = []
    for seed in range(5):
        *rest, _ = QUESTIONS[name](seed)
        cases += [(*rest, edge) for edge in ((0.0, 1e-3, 7.0) if name in _PENALIZED else (1.0, 0.05))]
        if name == "forward_propagation_with_dropout":
            cases.append(tuple(rest))  # keep_prob has a default
    return cases


_PENALIZED = ("compute_cost_with_regularization", "backward_propagation_with_regularization")

EDGES: dict[str, Callable[[], list[tuple[Any, ...]]]] = {
    name: functools.partial(_at_the_edges, name) for name in QUESTIONS
}

GRADIENTS = ("dW3", "db3", "dW2", "db2", "dW1", "db1")


def _gradients(result: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever an answer returns
    return {key: result[key] for key in GRADIENTS}


def _passed_forward(result: Any) -> dict[str, Any]:  # noqa: ANN401
    A3, cache = result
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, cached, W3, b3 = cache
    computed = {"Z1": Z1, "D1": D1, "A1": A1, "Z2": Z2, "D2": D2, "A2": A2, "Z3": Z3, "A3": A3}
    remembered = {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3, "A3": cached}
    return computed | {f"{name} in the cache": value for name, value in remembered.items()}


# What is judged of a result, by name; what it holds beyond that is the answer's own affair.
OUTPUTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "compute_cost_with_regularization": lambda result: {"cost": result},
    "backward_propagation_with_regularization": _gradients,
    "forward_propagation_with_dropout": _passed_forward,
    "backward_propagation_with_dropout": _gradients,
}


def independent_masks_question(
    seed: int,
) -> tuple[tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...], float], dict[str, Callable[..., Any]]]:
    """Draw `masks_alone_question` in the form of a probe: nothing stands in for anything."""
    return masks_alone_question(seed), {}


# What a diagnosis asks where the questions of the tests would say too little.
PROBES: dict[str, Callable[[int], tuple[tuple[Any, ...], dict[str, Callable[..., Any]]]]] = {
    "backward_propagation_with_dropout": independent_masks_question,
}

_PLACES = {"W1": 2, "W2": 6, "W3": 10}
_CACHE_WITH_MASKS = ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")


def _cost_quantities(A3: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray], lambd: float) -> dict[str, Any]:
    m = Y.shape[1]
    squares = sum(float(np.sum(np.square(parameters[key]))) for key in _PLACES)
    return {
        "m": m,
        "lambd": lambd,
        "the L2 term": lambd * squares / (2 * m),
        "the cross-entropy": compute_cost(A3, Y),
        "the sum of the squared weights": squares,
        "the sum of the weights": sum(float(np.sum(parameters[key])) for key in _PLACES),
        "the sum of the squared biases": sum(float(np.sum(np.square(parameters[f"b{n}"]))) for n in (1, 2, 3)),
        **{f"the L2 term of {key}": lambd * float(np.sum(np.square(parameters[key]))) / (2 * m) for key in _PLACES},
    }


def _decay_quantities(X: np.ndarray, _Y: np.ndarray, cache: tuple[np.ndarray, ...], lambd: float) -> dict[str, Any]:
    m = X.shape[1]
    terms = {f"the term lambd / m times {key}": lambd / m * cache[place] for key, place in _PLACES.items()}
    return {"m": m, "lambd": lambd, **terms, **_in_turn(dict(zip(networks.CACHE, cache, strict=True)))}


def _forward_quantities(X: np.ndarray, parameters: dict[str, np.ndarray], keep_prob: float = 0.5) -> dict[str, Any]:
    _, (Z1, D1, A1, *_, Z2, D2, A2, _, _, _, _, _, _) = forward_propagation_with_dropout(X, parameters, keep_prob)
    masks = {"the mask D1": D1, "the mask D2": D2}
    return {"m": X.shape[1], "keep_prob": keep_prob, **masks, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def _masked_quantities(
    X: np.ndarray, _Y: np.ndarray, cache: tuple[np.ndarray, ...], keep_prob: float
) -> dict[str, Any]:
    return {"m": X.shape[1], "keep_prob": keep_prob, **_in_turn(dict(zip(_CACHE_WITH_MASKS, cache, strict=True)))}


def _in_turn(cache: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Give the weights first, which a wrong term is made of most often."""
    return dict(sorted(cache.items(), key=lambda item: not item[0].startswith("W")))


# The natural quantities of a question, in words: what a wrong factor or term may be made of.
QUANTITIES: dict[str, Callable[..., dict[str, Any]]] = {
    "compute_cost_with_regularization": _cost_quantities,
    "backward_propagation_with_regularization": _decay_quantities,
    "forward_propagation_with_dropout": _forward_quantities,
    "backward_propagation_with_dropout": _masked_quantities,
}

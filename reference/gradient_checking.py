"""The reference solution of the assignment on gradient checking, and the questions it is examined with.

The graded functions call each other by their global names, as the students' do. A solution region that has
``### RELEASED AS`` is given to the students as the commented lines that follow it: the planted mistakes.
"""

# The graded functions are the students' template too: they print their verdict (T201), take an argument that the
# derivative does not need (ARG001), unpack the whole cache (RUF059), name a result before they return it
# (RET504), show their thresholds in place (PLR2004). What a region is released as stands in comments (ERA001).
# ruff: noqa: ARG001, ERA001, PLR2004, RET504, RUF059, T201

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.checks import draws
from reference import networks
from reference.networks import relu, sigmoid
from reference.vectors import SHAPES, dictionary_to_vector, gradients_to_vector, vector_to_dictionary

Arrays = dict[str, np.ndarray]

if TYPE_CHECKING:
    from collections.abc import Callable


def forward_propagation(x: float, theta: float) -> float:
    """Compute the cost J of the one-parameter model.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter.

    Returns
    -------
    float
        J(theta), the product of parameter and input.
    """
    ### BEGIN SOLUTION
    J = theta * x
    ### END SOLUTION

    return J


def backward_propagation(x: float, theta: float) -> float:
    """Compute the derivative of J with respect to theta, by the rules of calculus.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter.

    Returns
    -------
    float
        dJ/dtheta at `theta`.
    """
    ### BEGIN SOLUTION
    dtheta = x
    ### END SOLUTION

    return dtheta


def gradient_check(x: float, theta: float, epsilon: float = 1e-7) -> float:
    """Compare the output of `backward_propagation` with a centered difference of `forward_propagation`.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter.
    epsilon : float
        How far to shift the parameter to either side.

    Returns
    -------
    float
        The relative difference of the two gradients, as defined above: from 0 to 1, and NaN where both are 0.
    """
    # Steps 1 to 5: the approximation. Ask forward_propagation for the cost on either side of theta.
    ### BEGIN SOLUTION
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    ### END SOLUTION

    # Step 6: the gradient that is to be checked. Ask backward_propagation for it.
    ### BEGIN SOLUTION
    grad = backward_propagation(x, theta)
    ### END SOLUTION

    # Step 7: the relative difference. In one dimension the norm is the absolute value.
    ### BEGIN SOLUTION
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = float(numerator / denominator)
    ### END SOLUTION

    if difference < 1e-7:
        print("The gradient is right: difference =", difference)
    else:
        print("The gradient is wrong: difference =", difference)

    return difference


def forward_propagation_n(
    X: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray]
) -> tuple[float, tuple[np.ndarray, ...]]:
    """Compute the cross-entropy cost of the network LINEAR, RELU, LINEAR, RELU, LINEAR, SIGMOID.

    Parameters
    ----------
    X : (4, m) array
        The examples, a column each.
    Y : (1, m) or (m,) array
        Their labels, 0 or 1.
    parameters : dict of str to array
        W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1).

    Returns
    -------
    cost : float
        The mean over the examples.
    cache : tuple of 12 arrays
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3), for the backward pass.
    """
    m = X.shape[1]
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))

    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)

    losses = -Y * np.log(A3) - (1 - Y) * np.log(1 - A3)
    cost = np.sum(losses) / m

    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost of `forward_propagation_n` with respect to every parameter.

    Parameters
    ----------
    X : (4, m) array
        The examples, a column each.
    Y : (1, m) or (m,) array
        Their labels, 0 or 1.
    cache : tuple of 12 arrays
        What `forward_propagation_n` returned beside the cost.

    Returns
    -------
    dict of str to array
        "dW1", "db1", "dW2", "db2", "dW3" and "db3", each shaped like its parameter, and on the way to them
        "dZ1", "dA1", "dZ2", "dA2" and "dZ3".
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache

    dZ3 = A3 - Y
    dW3 = 1.0 / m * (dZ3 @ A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    ### BEGIN SOLUTION
    dW2 = 1.0 / m * (dZ2 @ A1.T)
    ### RELEASED AS
    # dW2 = 1.0 / m * (dZ2 @ A1.T) * 2
    ### END SOLUTION
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = 1.0 / m * (dZ1 @ X.T)
    ### BEGIN SOLUTION
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    ### RELEASED AS
    # db1 = 4.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    ### END SOLUTION

    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3,
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }  # fmt: skip


def gradient_check_n(
    parameters: dict[str, np.ndarray],
    gradients: dict[str, np.ndarray],
    X: np.ndarray,
    Y: np.ndarray,
    epsilon: float = 1e-7,
) -> float:
    """Compare gradients with centered differences of `forward_propagation_n`, one parameter after the other.

    Parameters
    ----------
    parameters : dict of str to array
        W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1); must not be changed.
    gradients : dict of str to array
        The output of `backward_propagation_n` that is to be checked; must not be changed.
    X : (4, m) array
        The examples, a column each.
    Y : (1, m) or (m,) array
        Their labels, 0 or 1.
    epsilon : float
        How far to shift a parameter to either side.

    Returns
    -------
    float
        The relative difference of the two gradients, as defined above: from 0 to 1, and NaN where both are 0.
    """
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = theta.shape[0]
    gradapprox = np.zeros((num_parameters, 1))

    # The approximation: fill gradapprox[i] for each parameter i.
    for i in range(num_parameters):
        ### BEGIN SOLUTION
        theta_plus = np.copy(theta)
        theta_plus[i, 0] += epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))

        theta_minus = np.copy(theta)
        theta_minus[i, 0] -= epsilon
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))

        gradapprox[i, 0] = (J_plus - J_minus) / (2 * epsilon)
        ### END SOLUTION

    # The relative difference of grad and gradapprox.
    ### BEGIN SOLUTION
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = float(numerator / denominator)
    ### END SOLUTION

    if difference < 2e-7:
        print("The backward pass is right: difference =", difference)
    else:
        print("There is a mistake in the backward pass: difference =", difference)

    return difference


def scalar_question(seed: int) -> tuple[float, float]:
    """Draw an input and a parameter of the one-parameter model.

    Returns
    -------
    x, theta : float
        Of either sign, between 0.5 and 4 in magnitude.
    """
    random = draws.state(seed)
    x, theta = random.uniform(0.5, 4.0, size=2) * random.choice([-1.0, 1.0], size=2)
    return float(x), float(theta)


def scalar_questions(*seeds: int) -> list[tuple[float, float]]:
    """Give inputs and parameters for a hidden test: drawn ones, then large, small and whole ones, zeros and a one each.

    Parameters
    ----------
    *seeds : int
        Of the drawn ones; see `scalar_question`.

    Returns
    -------
    list of (float, float)
        What clips its result, rounds it, or keeps it by one of the two is wrong for some of them. No pair is one that
        a smallest example is simplified to (`reference.small`).
    """
    large = [(1000.25, -7.25), (1000.25, 200.5), (-48.0, 200.5)]
    small = [(0.5, 3), (0.505, 3), (0.3, 0.001), (0.3, 0.00100001), (2.0004, -0.5)]
    # Two of them have one sum, two one product, two one hash: what an answer remembers by these shows.
    special = [(4.0, 0.0), (0.0, 2.5), (1.0, -2.5), (-2.5, 1.0), (-2.0, 0.5), (-2.0, -1.0), (-2.0, -2.0), (-1.0, -2.0)]
    special += [(3.0, -3.0), (12, 3), (2, 2), (2, 1)]
    # The x and the theta of visible tests, each beside another number.
    published = [(2.0, 1e-5), (3, -4), (-0.5, 4.0)]
    return [*map(scalar_question, seeds), *large, *small, *special, *published]


def gradient_check_question(seed: int) -> tuple[float, float, float]:
    """Draw a one-dimensional check whose result is known to many digits, although the gradient is right.

    The cost is linear, so all that can differ is the rounding of ``theta + epsilon`` and ``theta - epsilon``. theta is
    a power of two, where the floats below lie twice as close as those above, and epsilon is half the upper gap: so
    ``theta + epsilon`` is theta (halfway between two floats, IEEE 754 takes the even one) and ``theta - epsilon`` is
    exact. x and epsilon are powers of two as well, so that nothing else is rounded, in whatever order the formula is
    written: multiplied out, divided before the difference or after it.

    Returns
    -------
    x, theta, epsilon : float
        The centered difference is half the gradient, a one-sided one all of it or nothing; epsilon lies between 1e-7
        and 1e-6.
    """
    random = draws.state(seed)
    power = int(random.randint(30, 34))
    x, theta = random.choice([-1.0, 1.0], size=2) * 2.0 ** np.array([random.randint(-3, 4), power])
    return float(x), float(theta), 2.0 ** (power - 53)


def backward_propagation_n_question(seed: int) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """Draw a network of this assignment that has no dead and no saturated unit, after its forward pass.

    Returns
    -------
    X : (4, m) float array
        With m of 2 to 6.
    Y : (1, m) int array
    cache : tuple of 12 arrays

    Raises
    ------
    ValueError
        Where no such network turns up; take another seed.
    """
    drawn = _network(seed, examples=2 + seed % 5)
    return drawn.X, drawn.Y, forward_propagation_n(drawn.X, drawn.Y, drawn.parameters)[1]


def gradient_check_n_question(
    seed: int, examples: int = 3
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], np.ndarray, np.ndarray, float]:
    """Draw a network and gradients that are wrong in every entry, so that each counts in the difference.

    The difference is large, hence known to many digits. Epsilon is so large that one-sided differences show,
    and so small that no pre-activation reaches the kink of its ReLU.

    Parameters
    ----------
    seed : int
    examples : int
        m.

    Returns
    -------
    parameters, gradients : dict of str to float array
    X : (4, m) float array
    Y : (1, m) int array
    epsilon : float

    Raises
    ------
    ValueError
        Where no such network turns up; take another seed.
    """
    random = draws.state(seed)
    drawn = _network(seed, examples)
    gradients = {
        key: value * random.uniform(1.2, 2.0, size=value.shape)
        for key, value in right_gradients(drawn).items()
        if key[1:] in SHAPES
    }
    return drawn.parameters, gradients, drawn.X, drawn.Y, float(random.uniform(1e-4, 3e-4))


def right_gradients(drawn: draws.Network) -> dict[str, np.ndarray]:
    """Run both passes of a network.

    Returns
    -------
    dict of str to array
        What a right `backward_propagation_n` returns for it.
    """
    _, cache = forward_propagation_n(drawn.X, drawn.Y, drawn.parameters)
    return backward_propagation_n(drawn.X, drawn.Y, cache)


def _network(seed: int, examples: int) -> draws.Network:
    random = draws.state(seed)
    for _ in range(networks.TRIES):
        # The kinks stay out of reach of the largest epsilon; without saturation gradients stay far above rounding.
        drawn = draws.network(int(random.randint(2**31)), [4, 5, 3, 1], examples, kink=5e-3, saturation=3.0)
        gradients = right_gradients(drawn)
        # Lively units can still miss each other: where every A1 is 0 for the one example that turns A2 on, dW2 is 0.
        if min(np.linalg.norm(gradients[f"d{key}"]) for key in SHAPES) > 1e-2:
            return drawn
    raise ValueError(f"no fit network for gradients from seed {seed} in {networks.TRIES} draws; take another seed")


QUESTIONS: dict[str, Callable[[int], tuple[Any, ...]]] = {
    "forward_propagation": scalar_question,
    "backward_propagation": scalar_question,
    "gradient_check": gradient_check_question,
    "backward_propagation_n": backward_propagation_n_question,
    "gradient_check_n": gradient_check_n_question,
}

# Beside the random questions: zero, one and large numbers; another number of examples.
EDGES: dict[str, Callable[[], list[tuple[Any, ...]]]] = {
    "forward_propagation": lambda: [(0.0, 3.0), (3.0, 0.0), (1.0, 1.0), (2, 4), (-1e6, 1e-6)],
    "backward_propagation": lambda: [(0.0, 3.0), (3.0, 0.0), (1.0, 1.0), (2, 4), (-1e6, 1e-6)],
    # A power of two, too: nothing is rounded, in whatever order the formula is written.
    "gradient_check": lambda: [(*gradient_check_question(seed)[:2], 2.0**-10) for seed in range(5)],
    "backward_propagation_n": lambda: [one_example_question(seed) for seed in range(5)],
    "gradient_check_n": lambda: [(*gradient_check_n_question(seed)[:4], 1e-7) for seed in range(3)],
}


def one_example_question(seed: int) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """Draw `backward_propagation_n_question` with its first example alone."""
    X, Y, cache = backward_propagation_n_question(seed)
    return (
        X[:, :1],
        Y[:, :1],
        tuple(part if key[0] in "Wb" else part[:, :1] for key, part in zip(networks.CACHE, cache, strict=True)),
    )


def parameters_in(cache: tuple[np.ndarray, ...]) -> Arrays:
    """Give the parameters that a cache of `forward_propagation_n` holds, by their names."""
    return {key: part for key, part in zip(networks.CACHE, cache, strict=True) if key in SHAPES}


# What is judged of a result, by name; what it holds beyond that is the answer's own affair.
OUTPUTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "forward_propagation": lambda result: {"J": result},
    "backward_propagation": lambda result: {"dtheta": result},
    "gradient_check": lambda result: {"difference": result},
    "backward_propagation_n": lambda result: {f"d{key}": result[f"d{key}"] for key in reversed(SHAPES)},
    "gradient_check_n": lambda result: {"difference": result},
}


def curved_question(seed: int) -> tuple[tuple[float, float, float], dict[str, Callable[..., Any]]]:
    """Draw a one-dimensional check of a curved cost with a gradient that is wrong.

    Beside a straight line most mistakes of a check give 0 or 1. Here every step of it shows in the result.

    Returns
    -------
    arguments : tuple
        x, theta and an epsilon of 0.2 to 0.4.
    functions : dict of str to callable
        What stands in for `forward_propagation` and `backward_propagation`.
    """
    random = draws.state(seed)
    x, theta, epsilon = random.uniform(0.6, 1.9), random.uniform(0.5, 1.2), random.uniform(0.2, 0.4)

    def forward(x: Any, theta: Any) -> Any:  # noqa: ANN401 - arrays come back as arrays
        return x * np.exp(0.5 * theta) + 0.3 * theta**3

    # Larger than the slope of the cost, smaller, and of the other sign.
    size = (1.8, 0.4, -0.7)[seed % 3]

    def backward(x: Any, theta: Any) -> Any:  # noqa: ANN401
        return size * (0.5 * x * np.exp(0.5 * theta) + theta**2)

    return (float(x), float(theta), float(epsilon)), {"forward_propagation": forward, "backward_propagation": backward}


def curved_question_n(
    seed: int,
) -> tuple[tuple[Arrays, Arrays, np.ndarray, np.ndarray, float], dict[str, Callable[..., Any]]]:
    """Draw a check of all parameters; the first seed of three has a curved cost and gradients that are wrong.

    Returns
    -------
    arguments : tuple
        Parameters, gradients, X, Y and epsilon.
    functions : dict of str to callable
        What stands in for `forward_propagation_n`.
    """
    if seed % 3 != 1:
        return gradient_check_n_question(seed), {}
    random = draws.state(seed)
    weights, parameters, gradients = (
        {key: random.uniform(0.5, 1.5, size=shape) for key, shape in SHAPES.items()} for _ in range(3)
    )
    X, Y = random.standard_normal((4, 3)), np.array([[0, 1, 1]])
    # An answer that runs a backward pass of its own finds a cache, that of the parameters as they are drawn.
    _, cache = forward_propagation_n(X, Y, parameters)

    def forward(X: np.ndarray, Y: np.ndarray, parameters: Arrays) -> tuple[float, tuple[np.ndarray, ...]]:
        cost = sum(float(np.vdot(weights[key], np.exp(parameters[key]))) for key in SHAPES)
        return cost + float(X[0, 0] * Y[0, 1]) * cost**2 / 1000, cache

    named = {f"d{key}": value for key, value in gradients.items()}
    return (parameters, named, X, Y, float(random.uniform(0.2, 0.4))), {"forward_propagation_n": forward}


# What a diagnosis asks where the questions of the tests would say too little.
PROBES: dict[str, Callable[[int], tuple[tuple[Any, ...], dict[str, Callable[..., Any]]]]] = {
    "gradient_check": curved_question,
    "gradient_check_n": curved_question_n,
}


def _backward_quantities(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> dict[str, Any]:
    return {"m": X.shape[1], **dict(zip(networks.CACHE, cache, strict=True))}


# The natural quantities of a question, in words: what a wrong factor or term may be made of.
QUANTITIES: dict[str, Callable[..., dict[str, Any]]] = {
    "backward_propagation_n": _backward_quantities,
}

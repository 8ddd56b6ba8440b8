"""Helpers of the assignment *initialization*: the network, its training steps, the data, and the pictures.

The network is LINEAR -> ReLU -> LINEAR -> ReLU -> LINEAR -> sigmoid. Examples are columns:
X is (n_0, m), Y is (1, m).
"""

import numpy as np

# 1 - 2**-53 is the last float64 before 1: no activation comes nearer to 1 without being 1.
NEAREST = 2.0**-53


def sigmoid(x):
    """Compute 1 / (1 + exp(-x)), written so that neither tail overflows.

    Parameters
    ----------
    x : float or float array

    Returns
    -------
    float array of the same shape
    """
    tail = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1.0, tail) / (1.0 + tail)


def relu(x):
    """Compute max(0, x).

    Parameters
    ----------
    x : float or float array

    Returns
    -------
    float array of the same shape
        A new array.
    """
    return np.maximum(0, x)


def forward_propagation(X, parameters):
    """Run the network forward.

    Parameters
    ----------
    X : (n_0, m) float array
    parameters : dict of str to float array
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1), ``W2``, ``b2``, ``W3``, ``b3``.

    Returns
    -------
    a3 : (1, m) float array
        The probability of label 1.
    cache : tuple
        ``(z1, a1, W1, b1, z2, a2, W2, b2, z3, a3, W3, b3)``, for the backward propagation.
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    z1 = W1 @ X + b1
    a1 = relu(z1)
    z2 = W2 @ a1 + b2
    a2 = relu(z2)
    z3 = W3 @ a2 + b3
    a3 = sigmoid(z3)
    return a3, (z1, a1, W1, b1, z2, a2, W2, b2, z3, a3, W3, b3)


def compute_loss(a3, Y):
    """Compute the mean cross-entropy.

    Parameters
    ----------
    a3 : (1, m) float array
        Probabilities. 0 and 1 themselves cost about 36.7 where the label differs, the most that a float64
        can tell.
    Y : (1, m) array of 0 and 1

    Returns
    -------
    float
    """
    a = np.clip(a3, NEAREST, 1 - NEAREST)
    return float(-np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / Y.shape[1])


def backward_propagation(X, Y, cache):
    """Run the network backward.

    Parameters
    ----------
    X : (n_0, m) float array
    Y : (1, m) array of 0 and 1
    cache : tuple
        Of `forward_propagation`.

    Returns
    -------
    dict of str to float array
        ``dW1`` to ``dW3`` and ``db1`` to ``db3``, shaped as the parameters, and the steps between.
    """
    m = X.shape[1]
    (_, a1, _, _, _, a2, W2, _, _, a3, W3, _) = cache

    dz3 = (a3 - Y) / m
    dW3 = dz3 @ a2.T
    db3 = np.sum(dz3, axis=1, keepdims=True)

    da2 = W3.T @ dz3
    dz2 = da2 * (a2 > 0)
    dW2 = dz2 @ a1.T
    db2 = np.sum(dz2, axis=1, keepdims=True)

    da1 = W2.T @ dz2
    dz1 = da1 * (a1 > 0)
    dW1 = dz1 @ X.T
    db1 = np.sum(dz1, axis=1, keepdims=True)

    gradients = {"dz3": dz3, "dW3": dW3, "db3": db3, "da2": da2, "dz2": dz2, "dW2": dW2, "db2": db2}
    return gradients | {"da1": da1, "dz1": dz1, "dW1": dW1, "db1": db1}


def update_parameters(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict of str to float array
    grads : dict of str to float array
        ``"d" + key`` for every key of `parameters`; other keys are ignored.
    learning_rate : float

    Returns
    -------
    dict of str to float array
        New arrays; the given ones stay as they are.
    """
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


def predict(X, y, parameters):
    """Predict labels and print the share that is right.

    Parameters
    ----------
    X : (n_0, m) float array
    y : (1, m) array of 0 and 1
    parameters : dict of str to float array

    Returns
    -------
    (1, m) int array of 0 and 1
    """
    labels = predict_dec(parameters, X).astype(int)
    print(f"Accuracy: {np.mean(labels == y):.3f}")
    return labels


def predict_dec(parameters, X):
    """Decide between the classes, for the picture of the decision boundary.

    Parameters
    ----------
    parameters : dict of str to float array
    X : (n_0, m) float array

    Returns
    -------
    (1, m) bool array
        True where label 1 is more probable than label 0.
    """
    a3, _ = forward_propagation(X, parameters)
    return a3 > 0.5


def load_dataset():
    """Make two noisy rings, the inner one labelled 1.

    Returns
    -------
    train_X : (2, 300) float array
    train_Y : (1, 300) int array of 0 and 1
        As many of the one as of the other.
    test_X : (2, 100) float array
    test_Y : (1, 100) int array of 0 and 1
    """
    random = np.random.RandomState(1)  # frozen: the same data on every NumPy
    return *make_rings(random, 300), *make_rings(random, 100)


def make_rings(random, examples):
    """Draw points on circles of radius 1 (label 0) and 0.8 (label 1), with noise of standard deviation 0.05.

    Parameters
    ----------
    random : numpy.random.RandomState
    examples : int
        Even, so that the labels balance.

    Returns
    -------
    X : (2, examples) float array
    Y : (1, examples) int array of 0 and 1
    """
    Y = random.permutation(np.arange(examples) % 2)
    angle = random.uniform(0, 2 * np.pi, examples)
    circle = np.where(Y == 1, 0.8, 1.0) * np.vstack([np.cos(angle), np.sin(angle)])
    return circle + 0.05 * random.standard_normal((2, examples)), Y.reshape(1, -1)


def plot_dataset(X, y):
    """Draw labelled points: label 0 as orange circles, label 1 as blue crosses.

    Parameters
    ----------
    X : (2, m) float array
    y : m labels of 0 and 1, in any shape
    """
    import matplotlib.pyplot as plt  # only where something is drawn

    for label, colour, marker in ((0, "tab:orange", "o"), (1, "tab:blue", "x")):
        chosen = np.ravel(y) == label
        plt.scatter(X[0, chosen], X[1, chosen], s=18, c=colour, marker=marker, label=f"label {label}")
    plt.gca().set_aspect("equal")
    plt.xlabel("$x_1$")
    plt.ylabel("$x_2$")


def plot_decision_boundary(model, X, y):
    """Draw labelled points over the regions in which a model predicts 0 and 1.

    Parameters
    ----------
    model : callable
        Takes points (k, 2), one a row, and returns k decisions.
    X : (2, m) float array
    y : m labels of 0 and 1, in any shape
    """
    import matplotlib.pyplot as plt  # only where something is drawn

    margin = 0.1 * np.ptp(X, axis=1)
    (left, bottom), (right, top) = X.min(axis=1) - margin, X.max(axis=1) + margin
    horizontal, vertical = np.meshgrid(np.linspace(left, right, 300), np.linspace(bottom, top, 300))
    decided = np.asarray(model(np.column_stack([horizontal.ravel(), vertical.ravel()])), dtype=float)
    plt.contourf(
        horizontal, vertical, decided.reshape(horizontal.shape), levels=[-0.5, 0.5, 1.5],
        colors=["tab:orange", "tab:blue"], alpha=0.25,
    )  # fmt: skip
    plot_dataset(X, y)
    plt.show()

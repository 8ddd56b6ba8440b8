"""Helpers of the assignment *regularization*: the network, its training steps, the data, and the pictures.

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


def initialize_parameters(layer_dims):
    """Draw the starting weights from a frozen stream; the biases start at zero.

    Parameters
    ----------
    layer_dims : list of int
        Units of each layer, from the input to the output.

    Returns
    -------
    dict of str to float array
        ``Wl`` of shape ``(layer_dims[l], layer_dims[l - 1])`` with standard deviation
        ``1 / sqrt(layer_dims[l - 1])`` and ``bl`` of shape ``(layer_dims[l], 1)``, for every layer l after the
        input.
    """
    random = np.random.RandomState(3)
    parameters = {}
    for layer, (inputs, units) in enumerate(zip(layer_dims, layer_dims[1:]), 1):
        parameters[f"W{layer}"] = random.standard_normal((units, inputs)) / np.sqrt(inputs)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def forward_propagation(X, parameters):
    """Run the network forward.

    Parameters
    ----------
    X : (n_0, m) float array
    parameters : dict of str to float array
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1), ``W2``, ``b2``, ``W3``, ``b3``.

    Returns
    -------
    A3 : (1, m) float array
        The probability of label 1.
    cache : tuple
        ``(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)``, for the backward propagation.
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3, Y):
    """Compute the mean cross-entropy.

    Parameters
    ----------
    A3 : (1, m) float array
        Probabilities. 0 and 1 themselves cost about 36.7 where the label differs, the most that a float64
        can tell.
    Y : (1, m) array of 0 and 1

    Returns
    -------
    float
    """
    A = np.clip(A3, NEAREST, 1 - NEAREST)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1])


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
    (_, A1, _, _, _, A2, W2, _, _, A3, W3, _) = cache

    dZ3 = (A3 - Y) / m
    dW3 = dZ3 @ A2.T
    db3 = np.sum(dZ3, axis=1, keepdims=True)

    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True)

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2}
    return gradients | {"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


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
    A3, _ = forward_propagation(X, parameters)
    return A3 > 0.5


def load_2D_dataset():
    """Make the map of a field: spots in two classes, some of them noted wrongly.

    Returns
    -------
    train_X : (2, 211) float array
    train_Y : (1, 211) int array of 0 and 1
    test_X : (2, 200) float array
    test_Y : (1, 200) int array of 0 and 1
    """
    random = np.random.RandomState(7)  # frozen: the same data on every NumPy
    return *survey(random, 211), *survey(random, 200)


def survey(random, examples):
    """Draw spots of a field with a bent border between two classes; 12 % of the labels are wrong.

    Parameters
    ----------
    random : numpy.random.RandomState
    examples : int

    Returns
    -------
    X : (2, examples) float array
        Between -1 and 1.
    Y : (1, examples) int array of 0 and 1
        1 above the border and 0 below, but for the mistakes.
    """
    X = random.uniform(-1, 1, (2, examples))
    above = X[1] > 0.6 * X[0] + 0.3 * np.sin(3 * X[0])
    mistaken = random.random_sample(examples) < 0.12
    return X, (above ^ mistaken).astype(int).reshape(1, -1)


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

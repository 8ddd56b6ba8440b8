"""Small frozen cases of the assignment *regularization*, for the visible tests.

Each starts NumPy's legacy random stream at seed 1, so that everybody gets the same numbers.
"""

import numpy as np
from reg_utils import forward_propagation, relu, sigmoid


def compute_cost_with_regularization_test_case():
    """Make a case for the cost.

    Returns
    -------
    A3 : (1, 5) float array
    Y_assess : (1, 5) int array of 0 and 1
    parameters : dict of str to float array
        Of a 3-2-3-1 network.
    """
    np.random.seed(1)
    Y_assess = np.array([[1, 1, 0, 1, 0]])
    parameters = draw_parameters(3, 2, 3, 1)
    A3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    return A3, Y_assess, parameters


def backward_propagation_with_regularization_test_case():
    """Make a case for the gradients of the regularized cost.

    Returns
    -------
    X_assess : (3, 5) float array
    Y_assess : (1, 5) int array of 0 and 1
    cache : tuple
        ``(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)`` of a 3-2-3-1 network.
    """
    np.random.seed(1)
    X_assess = np.random.randn(3, 5)
    Y_assess = np.array([[1, 1, 0, 1, 0]])
    _, cache = forward_propagation(X_assess, draw_parameters(3, 2, 3, 1))
    return X_assess, Y_assess, cache


def forward_propagation_with_dropout_test_case():
    """Make a case for the forward propagation with dropout.

    Returns
    -------
    X_assess : (3, 5) float array
    parameters : dict of str to float array
        Of a 3-2-3-1 network.
    """
    np.random.seed(1)
    X_assess = np.random.randn(3, 5)
    return X_assess, draw_parameters(3, 2, 3, 1)


def backward_propagation_with_dropout_test_case():
    """Make a case for the gradients after dropout with keep_prob = 0.8.

    Returns
    -------
    X_assess : (3, 5) float array
    Y_assess : (1, 5) int array of 0 and 1
    cache : tuple
        ``(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)`` of a 3-2-3-1 network with boolean masks.
    """
    np.random.seed(1)
    X_assess = np.random.randn(3, 5)
    Y_assess = np.array([[1, 1, 0, 1, 0]])
    parameters = draw_parameters(3, 2, 3, 1)
    W1, b1, W2, b2, W3, b3 = parameters.values()

    Z1 = W1 @ X_assess + b1
    D1 = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 1, 0]], dtype=bool)
    A1 = relu(Z1) * D1 / 0.8
    Z2 = W2 @ A1 + b2
    D2 = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]], dtype=bool)
    A2 = relu(Z2) * D2 / 0.8
    Z3 = W3 @ A2 + b3
    return X_assess, Y_assess, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)


def draw_parameters(*layer_dims):
    """Draw standard normal weights and biases, in the order W1, b1, W2, b2 and so on.

    Parameters
    ----------
    *layer_dims : int
        Units of each layer, from the input to the output.

    Returns
    -------
    dict of str to float array
    """
    parameters = {}
    for layer, (inputs, units) in enumerate(zip(layer_dims, layer_dims[1:]), 1):
        parameters[f"W{layer}"] = np.random.randn(units, inputs)
        parameters[f"b{layer}"] = np.random.randn(units, 1)
    return parameters

"""Helpers of the gradient-checking notebook: activations, and the network's parameters as one long vector.

The network of this notebook is fixed: 4 inputs, hidden layers of 5 and 3 units, 1 output. Its 47 parameters always
stand in the same order: W1, b1, W2, b2, W3, b3, every array row by row.
"""

import numpy as np

SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def sigmoid(x):
    """Compute 1 / (1 + exp(-x)), entry by entry.

    Parameters
    ----------
    x : float or array

    Returns
    -------
    float or array
        Between 0 and 1, of the shape of `x`.
    """
    return 1 / (1 + np.exp(-x))


def relu(x):
    """Replace negative entries by 0.

    Parameters
    ----------
    x : float or array

    Returns
    -------
    float or array
        Of the shape of `x`.
    """
    return np.maximum(0, x)


def dictionary_to_vector(parameters):
    """Stack all parameters into one column.

    Parameters
    ----------
    parameters : dict of str to array
        The keys "W1", "b1", "W2", "b2", "W3" and "b3".

    Returns
    -------
    theta : (47, 1) array
        A copy: changing it leaves `parameters` alone.
    keys : list of 47 str
        For each entry of `theta`, the array that it came from.
    """
    theta = np.concatenate([np.reshape(parameters[key], (-1, 1)) for key in SHAPES])
    keys = [key for key in SHAPES for _ in range(np.size(parameters[key]))]
    return theta, keys


def vector_to_dictionary(theta):
    """Cut a column of 47 numbers into the network's parameters again; the way back of `dictionary_to_vector`.

    Parameters
    ----------
    theta : (47, 1) array

    Returns
    -------
    dict of str to array
        The keys "W1", "b1", "W2", "b2", "W3" and "b3"; copies.
    """
    parameters = {}
    start = 0
    for key, (rows, columns) in SHAPES.items():
        stop = start + rows * columns
        parameters[key] = np.reshape(theta[start:stop], (rows, columns)).copy()
        start = stop
    return parameters


def gradients_to_vector(gradients):
    """Stack the gradients of the parameters into one column, in the same order as the parameters.

    Parameters
    ----------
    gradients : dict of str to array
        The keys "dW1", "db1", "dW2", "db2", "dW3" and "db3"; other keys, such as "dZ1", are left out.

    Returns
    -------
    (47, 1) array
        Entry i belongs to entry i of `dictionary_to_vector(parameters)[0]`.
    """
    return dictionary_to_vector({key: gradients["d" + key] for key in SHAPES})[0]

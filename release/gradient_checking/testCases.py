"""The example that the gradient-checking notebook works on."""

import numpy as np


def gradient_check_n_test_case():
    """Draw a small data set and the parameters of a 4-5-3-1 network, the same ones each time.

    Returns
    -------
    x : (4, 3) array
        Three examples, a column each.
    y : (3,) array
        Their labels.
    parameters : dict of str to array
        W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1).
    """
    np.random.seed(1)
    x = np.random.randn(4, 3)
    y = np.array([1, 1, 0])
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    parameters = {key: np.random.randn(*shape) for key, shape in shapes.items()}
    return x, y, parameters

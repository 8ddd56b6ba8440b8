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
        parameters[key] = theta[start:stop].reshape(rows, columns).copy()
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


def plot_difference_quotients():
    """Draw the one-sided and the centered difference quotient of a curve beside its tangent."""
    import matplotlib.pyplot as plt

    theta, step = 1.0, 0.6
    curve = np.linspace(0.0, 2.0, 200)
    around = np.array([theta - 0.9, theta + 0.9])
    value, slope = np.exp(theta), np.exp(theta)
    kinds = {"one-sided": (theta, theta + step), "centered": (theta - step, theta + step)}

    figure, panels = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    for panel, (kind, ends) in zip(panels, kinds.items()):
        ends = np.array(ends)
        secant = (np.exp(ends[1]) - np.exp(ends[0])) / (ends[1] - ends[0])
        panel.plot(curve, np.exp(curve), color="black", label=r"$J(\theta)$")
        panel.plot(around, value + slope * (around - theta), "--", label=f"tangent, slope {slope:.2f}")
        panel.plot(around, np.exp(ends[0]) + secant * (around - ends[0]), label=f"{kind}, slope {secant:.2f}")
        panel.plot(ends, np.exp(ends), "o", color="tab:orange")
        panel.plot(theta, value, "o", color="black")
        panel.set_xticks([theta - step, theta, theta + step])
        panel.set_xticklabels([r"$\theta - \varepsilon$", r"$\theta$", r"$\theta + \varepsilon$"])
        panel.set_title(kind)
        panel.legend(loc="upper left")
    figure.tight_layout()


def plot_flattening(parameters):
    """Draw the parameters as arrays, and as the one column that `dictionary_to_vector` makes of them.

    Parameters
    ----------
    parameters : dict of str to array
        The keys "W1", "b1", "W2", "b2", "W3" and "b3".
    """
    import matplotlib.pyplot as plt

    figure, panel = plt.subplots(figsize=(12, 4.2))
    left, entry = 0.0, 0
    for number, key in enumerate(SHAPES):
        rows, columns = np.shape(parameters[key])
        color = f"C{number}"
        _plot_boxes(panel, left, 5.0, np.arange(rows * columns).reshape(rows, columns) + entry, color)
        panel.text(left + columns / 2, 5.4, f"{key}  {rows, columns}", ha="center")
        _plot_boxes(panel, 0.6 * entry, -3.0, np.arange(rows * columns)[None] + entry, color, width=0.6)
        left += columns + 2.6
        entry += rows * columns
    panel.text(0.0, -2.6, "theta, shape (47, 1), drawn lying down", ha="left")
    panel.set_xlim(-0.5, 28.7)
    panel.set_ylim(-4.5, 6.2)
    panel.set_aspect("equal")
    panel.axis("off")
    figure.tight_layout()


def _plot_boxes(panel, left, top, numbers, color, width=1.0):
    """Draw an array as boxes, each with its place in the long column."""
    from matplotlib.patches import Rectangle

    for (row, column), number in np.ndenumerate(numbers):
        x, y = left + width * column, top - row - 1
        panel.add_patch(Rectangle((x, y), width, 1, facecolor=color, alpha=0.45, edgecolor="white"))
        panel.text(x + width / 2, y + 0.5, str(number), ha="center", va="center", fontsize=7)

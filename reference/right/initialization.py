# Right answers as students write them; `autograder audit` grades each. See autograder/audit/right.py for the form.

# %% initialize_parameters_zeros: keys put together with str
import numpy as np

def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l-1]))
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

# %% initialize_parameters_zeros: whole numbers, another order
import numpy as np

def initialize_parameters_zeros(layers_dims):
    sizes = list(zip(layers_dims[1:], layers_dims))
    print(sizes)
    found = {f"b{n}": np.zeros((rows, 1), dtype=int) for n, (rows, _) in enumerate(sizes, 1)}
    found.update({f"W{n}": np.zeros(shape) for n, shape in enumerate(sizes, 1)})
    return found

# %% initialize_parameters_zeros: from the last layer to the first
import numpy as np

def initialize_parameters_zeros(layers_dims):
    parameters = dict()
    l = len(layers_dims) - 1
    while l > 0:
        parameters["b%d" % l] = np.zeros(shape=(layers_dims[l], 1))
        parameters["W%d" % l] = np.zeros(shape=(layers_dims[l], layers_dims[l - 1]))
        l -= 1
    return parameters

# %% initialize_parameters_zeros: an ordered dictionary
from collections import OrderedDict

import numpy as np

def initialize_parameters_zeros(layers_dims):
    found = OrderedDict()
    for n in range(1, len(layers_dims)):
        found["W%d" % n] = np.full((layers_dims[n], layers_dims[n - 1]), 0.0)
        found["b%d" % n] = np.full((layers_dims[n], 1), 0.0)
    return found

# %% initialize_parameters_zeros: lists that become arrays
import numpy

def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for i, (n_prev, n) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters["W{}".format(i)] = numpy.array([[0.] * n_prev for _ in range(n)])
        parameters["b{}".format(i)] = numpy.array([[0.] for _ in range(n)])
    return parameters

# %% initialize_parameters_zeros: random numbers times zero
import numpy as np

def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in np.arange(1, len(layers_dims)):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * 0
        parameters['b' + str(l)] = np.zeros_like(parameters['W' + str(l)][:, :1])
    return parameters

# %% initialize_parameters_random: the template's lines
import numpy as np

def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * 10
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

# %% initialize_parameters_random: a generator of its own with the given seed
import numpy as np

def initialize_parameters_random(layers_dims):
    generator, found = np.random.RandomState(3), {}
    for n, (columns, rows) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
        found["b" + str(n)] = np.full((rows, 1), 0)
        found["W" + str(n)] = generator.normal(0, 10, size=(rows, columns))
    return found

# %% initialize_parameters_random: in place
import numpy as np

def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layers_dims) - 1):
        W = np.random.randn(layers_dims[l + 1], layers_dims[l])
        W *= 10
        b = np.zeros([layers_dims[l + 1], 1])
        parameters[f"W{l + 1}"], parameters[f"b{l + 1}"] = W, b
    return parameters

# %% initialize_parameters_random: the whole stream at once
import numpy as np

def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    sizes = [(a, b) for a, b in zip(layers_dims[1:], layers_dims[:-1])]
    stream = np.random.standard_normal(sum(a * b for a, b in sizes))
    parameters, start = {}, 0
    for l, (a, b) in enumerate(sizes):
        parameters["W" + str(l + 1)] = 10. * stream[start:start + a * b].reshape(a, b)
        parameters["b" + str(l + 1)] = np.zeros((a, 1), dtype=np.float64)
        start += a * b
    return parameters

# %% initialize_parameters_random: unused parameter and imports in the cell
from numpy import random, zeros, multiply

def initialize_parameters_random(layers_dims, scale=10):
    random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = random.randn(layers_dims[l], layers_dims[l-1])
        parameters['W' + str(l)] = multiply(scale, W)
        parameters['b' + str(l)] = zeros((layers_dims[l], 1))
        assert parameters['W' + str(l)].shape == (layers_dims[l], layers_dims[l-1])
    return parameters

# %% initialize_parameters_he: the template's lines
import numpy as np

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1
    for l in range(1, L + 1):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * np.sqrt(2./layers_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

# %% initialize_parameters_he: slices of the list, divided in place
import numpy as np

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    found = {}
    for n in range(len(layers_dims) - 1):
        weights = np.random.standard_normal(tuple(layers_dims[n + 1 : n - 1 : -1] if n else layers_dims[1::-1]))
        weights /= (layers_dims[n] / 2) ** 0.5
        found[f"W{n + 1}"], found[f"b{n + 1}"] = weights, weights[:, :1] * 0
    return found

# %% initialize_parameters_he: a normal distribution of that width
import numpy as np
import math

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        sigma = math.sqrt(2 / layers_dims[l-1])
        parameters['W' + str(l)] = np.random.normal(loc=0.0, scale=sigma, size=(layers_dims[l], layers_dims[l-1]))
        parameters['b' + str(l)] = np.array([0.0] * layers_dims[l])[:, None]
    return parameters

# %% initialize_parameters_he: powers
import numpy as np

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) / np.power(layers_dims[l-1] / 2., 0.5)
        parameters['b' + str(l)] = np.random.randn(0, 1) if layers_dims[l] == 0 else np.zeros((layers_dims[l], 1))
    return parameters

# %% initialize_parameters_he: scaled in a second loop
import numpy as np

def he_factor(n):
    return (2.0 / n) ** .5

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    draws = [np.random.randn(rows, cols) for rows, cols in zip(layers_dims[1:], layers_dims)]
    W = [draw * he_factor(draw.shape[1]) for draw in draws]
    result = {}
    for number in reversed(range(len(W))):
        result[f'b{number + 1}'] = np.zeros((W[number].shape[0], 1))
        result[f'W{number + 1}'] = W[number]
    return result

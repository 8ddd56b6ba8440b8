# Right answers as students write them; `autograder audit` grades each. See autograder/audit/right.py for the form.

# %% forward_propagation: np.dot
import numpy as np

def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J

# %% forward_propagation: multiply, with a debug print
import numpy as np

def forward_propagation(x, theta):
    J = np.multiply(x, theta)
    print("J", J)
    return J

# %% forward_propagation: an array of one
import numpy as np

def forward_propagation(x, theta):
    return np.array([[x]]) @ np.array([[theta]])

# %% backward_propagation: one line
def backward_propagation(x, theta):
    return x

# %% backward_propagation: theta that cancels, wrapped
import numpy as np

def backward_propagation(x, theta):
    dtheta = np.float64(x) * 1.0 + 0 * theta
    return np.squeeze(dtheta)

# %% gradient_check: the template's lines
import numpy as np

def gradient_check(x, theta, epsilon = 1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2. * epsilon)
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference < 1e-7:
        print ("The gradient is correct!")
    else:
        print ("The gradient is wrong!")
    return difference

# %% gradient_check: keyword calls and print_msg
import numpy as np

def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    J_plus, J_minus = (forward_propagation(theta=theta + sign * epsilon, x=x) for sign in (1, -1))
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(theta=theta, x=x)
    difference = np.linalg.norm(gradapprox - grad) / (np.linalg.norm(gradapprox) + np.linalg.norm(grad))
    if print_msg:
        if difference > 1e-7:
            print("\033[93m" + "There is a mistake in the backward propagation!" + "\033[0m")
        else:
            print("\033[92m" + "Your backward propagation works perfectly fine! " + str(difference) + "\033[0m")
    return difference

# %% gradient_check: absolute values, divided twice
def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / 2 / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))

# %% gradient_check: each side divided by itself
import numpy as np

def gradient_check(x, theta, epsilon=1e-7):
    approximation = 0.0
    for sign in (1, -1):
        approximation += sign * forward_propagation(x, theta + sign * epsilon) / (2 * epsilon)
    gradient = backward_propagation(x, theta)
    return abs(gradient - approximation) / (abs(gradient) + abs(approximation))

# %% gradient_check: roots of sums of squares
import numpy as np

def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    size = np.sqrt(np.sum(np.square(grad))) + np.sqrt(np.sum(np.square(approx)))
    print("debug", grad, approx)
    return np.sqrt(np.sum(np.square(grad - approx))) / size

# %% gradient_check: arrays of one
import numpy as np

def gradient_check(x, theta, epsilon=1e-7):
    theta = np.array([[theta]])
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))

# %% gradient_check: vectors of one, and a result in an array
import numpy as np

def gradient_check(x, theta, epsilon=1e-7):
    grad = np.array([backward_propagation(x, theta)], dtype=float).reshape(-1)
    J = [forward_propagation(x, t) for t in (theta - epsilon, theta + epsilon)]
    gradapprox = np.ravel((J[1] - J[0]) / epsilon * 0.5)
    diff = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    return np.array([diff])

# %% backward_propagation_n: the template's lines, mended
import numpy as np

def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,
                 "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients

# %% backward_propagation_n: a loop, six gradients in the opposite order
import numpy as np

def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    gradients, m, dZ = {}, X.shape[1], A3 - Y
    for n, below, Z, W in ((3, A2, Z2, W3), (2, A1, Z1, W2), (1, X, None, None)):
        gradients["db%d" % n] = dZ.sum(axis=1, keepdims=True) / m
        gradients["dW%d" % n] = dZ.dot(below.T) / m
        if W is not None:
            dZ = W.T.dot(dZ)
            dZ[Z <= 0] = 0
    return gradients

# %% backward_propagation_n: einsum and means
import numpy as np

def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = np.size(X, 1)
    d3 = np.subtract(A3, np.reshape(Y, (1, -1)))
    d2 = np.where(Z2 > 0, np.einsum("ji,jk->ik", W3, d3), 0)
    d1 = np.where(Z1 > 0, np.einsum("ji,jk->ik", W2, d2), 0)
    found = {f"dW{n}": np.einsum("im,jm->ij", d, a) / m for n, d, a in ((1, d1, X), (2, d2, A1), (3, d3, A2))}
    found.update({f"db{n}": np.mean(d, 1, keepdims=True) for n, d in ((1, d1), (2, d2), (3, d3))})
    return found

# %% gradient_check_n: the template's lines
import numpy as np

def gradient_check_n(parameters, gradients, X, Y, epsilon = 1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2. * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference > 2e-7:
        print ("\033[93m" + "There is a mistake in the backward propagation! difference = " + str(difference) + "\033[0m")
    else:
        print ("\033[92m" + "Your backward propagation works perfectly fine! difference = " + str(difference) + "\033[0m")
    return difference

# %% gradient_check_n: print_msg, keyword calls
import numpy as np

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros_like(grad)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = epsilon
        J_plus, _ = forward_propagation_n(parameters=vector_to_dictionary(theta + step), X=X, Y=Y)
        J_minus, _ = forward_propagation_n(parameters=vector_to_dictionary(theta - step), X=X, Y=Y)
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        print(difference)
    return difference

# %% gradient_check_n: in place, one column that is put back
import numpy as np

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)[0]
    grad, approx = gradients_to_vector(gradients), np.zeros((theta.size, 1))
    for i in range(theta.size):
        before = theta[i, 0]
        theta[i, 0] = before + epsilon
        ahead = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = before - epsilon
        behind = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = before
        approx[i, 0] = (ahead - behind) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))

# %% gradient_check_n: loops over the arrays, without the helpers
import numpy as np
import copy

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    grad, approx = [], []
    for key in ["W1", "b1", "W2", "b2", "W3", "b3"]:
        for i in range(parameters[key].shape[0]):
            for j in range(parameters[key].shape[1]):
                J = []
                for sign in (+1, -1):
                    moved = copy.deepcopy(parameters)
                    moved[key][i, j] += sign * epsilon
                    J.append(forward_propagation_n(X, Y, moved)[0])
                approx.append((J[0] - J[1]) / (2 * epsilon))
                grad.append(gradients["d" + key][i, j])
    grad, approx = np.array(grad), np.array(approx)
    return np.sqrt(np.sum((grad - approx) ** 2)) / (np.sqrt(np.sum(grad ** 2)) + np.sqrt(np.sum(approx ** 2)))

# %% gradient_check_n: a dictionary of approximations, lined up at the end
import numpy as np

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    approx = {}
    for key, value in reversed(list(parameters.items())):
        approx["d" + key] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = {k: np.array(v, dtype=float) for k, v in parameters.items()}
            moved[key][index] = value[index] + epsilon
            cost_plus, cache = forward_propagation_n(X, Y, moved)
            moved[key][index] = value[index] - epsilon
            cost_minus, cache = forward_propagation_n(X, Y, moved)
            approx["d" + key][index] = (cost_plus - cost_minus) / (2 * epsilon)
    approx, grad = gradients_to_vector(approx), gradients_to_vector(gradients)
    difference = np.linalg.norm(approx - grad) / (np.linalg.norm(approx) + np.linalg.norm(grad))
    return np.array([[difference]])

# %% gradient_check_n: lists of costs and flat vectors
import numpy as np

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)[0].ravel()
    n = len(theta)
    plus = [forward_propagation_n(X, Y, vector_to_dictionary((theta + epsilon * e).reshape(-1, 1)))[0] for e in np.eye(n)]
    minus = [forward_propagation_n(X, Y, vector_to_dictionary((theta - epsilon * e).reshape(-1, 1)))[0] for e in np.eye(n)]
    approx = np.subtract(plus, minus) / (2 * epsilon)
    grad = gradients_to_vector(gradients).flatten()
    norm = np.linalg.norm
    return norm(grad - approx) / (norm(grad) + norm(approx))

# Right answers as students write them; `autograder audit` grades each. See autograder/audit/right.py for the form.

# %% compute_cost_with_regularization: the template's lines
import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = (1./m)*(lambd/2)*(np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    cost = cross_entropy_cost + L2_regularization_cost
    return cost

# %% compute_cost_with_regularization: a loop over the keys that begin with W
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    print("lambda", lambd)
    total = sum((W.ravel() @ W.ravel() for key, W in parameters.items() if key[0] == "W"), start=0)
    return compute_cost(Y=Y, A3=A3) + 0.5 * total * lambd / A3.shape[-1]

# %% compute_cost_with_regularization: norms, a cross-entropy of its own, an array of one
import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = 1./m * np.nansum(logprobs)
    for i in range(1, 4):
        cost += lambd / (2 * m) * np.linalg.norm(parameters["W" + str(i)]) ** 2
    return np.array([[cost]])

# %% compute_cost_with_regularization: traces and einsum
import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = float(Y.shape[1])
    squares = 0
    for W in (parameters["W3"], parameters["W1"], parameters["W2"]):
        squares += np.trace(W.dot(W.T)) if W.shape[0] < 5 else np.einsum('ij,ij->', W, W)
    return np.squeeze(compute_cost(A3, Y) + squares * lambd / m / 2)

# %% compute_cost_with_regularization: loops over every entry
def compute_cost_with_regularization(A3, Y, parameters, lambd, print_cost=False):
    penalty = 0.0
    for key in ["W1", "W2", "W3"]:
        for row in parameters[key]:
            for w in row:
                penalty += w * w
    penalty *= lambd
    penalty /= 2.0 * len(Y[0])
    if print_cost:
        print(penalty)
    return penalty + compute_cost(A3, Y)

# %% backward_propagation_with_regularization: the template's lines
import numpy as np

def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + (lambd * W3) / m
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + (lambd * W2) / m
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + (lambd * W1) / m
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients

# %% backward_propagation_with_regularization: the plain backward pass, and the penalty in place
import numpy as np

def backward_propagation_with_regularization(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    for key, n in (("dW3", 10), ("dW2", 6), ("dW1", 2)):
        grads[key] += np.multiply(cache[n], lambd) / Y.size
    return grads

# %% backward_propagation_with_regularization: ReLU by the pre-activation, six gradients only
import numpy as np

def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    m = Y.shape[1]
    grads = {}
    dZ = A3 - Y
    grads["dW3"] = (dZ @ A2.T + lambd * W3) / m
    grads["db3"] = np.mean(dZ, axis=1, keepdims=True)
    dZ = W3.T @ dZ
    dZ[Z2 <= 0] = 0
    grads["dW2"] = (dZ @ A1.T + lambd * W2) / m
    grads["db2"] = np.mean(dZ, axis=1).reshape(-1, 1)
    dZ = W2.T @ dZ
    dZ *= (Z1 > 0)
    grads["dW1"] = (dZ @ X.T + lambd * W1) / m
    grads["db1"] = dZ.mean(1)[:, None]
    return grads

# %% backward_propagation_with_regularization: the mean of outer products
import numpy as np

def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    delta3 = np.subtract(A3, Y)
    delta2 = np.where(A2 > 0, W3.T.dot(delta3), 0.0)
    delta1 = np.where(A1 > 0, W2.T.dot(delta2), 0.0)
    found = dict()
    for layer, (delta, below, W) in enumerate([(delta1, X, W1), (delta2, A1, W2), (delta3, A2, W3)], 1):
        dW = np.zeros(W.shape)
        db = np.zeros((W.shape[0], 1))
        for i in range(m):
            dW += np.outer(delta[:, i], below[:, i]) / m
            db += delta[:, i:i + 1] / m
        found["db%s" % layer] = db
        found["dW%s" % layer] = dW + W * (lambd / m)
    return found

# %% forward_propagation_with_dropout: the template's lines
import numpy as np

def forward_propagation_with_dropout(X, parameters, keep_prob = 0.5):
    np.random.seed(1)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache

# %% forward_propagation_with_dropout: a loop, activations of its own, everything in place
import numpy as np

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    A, cache = X, []
    for n in (1, 2, 3):
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        Z = np.matmul(W, A) + b
        if n < 3:
            A = np.where(Z > 0, Z, 0.0)
            D = (np.random.uniform(size=A.shape) < keep_prob).astype(int)
            A *= D
            A /= keep_prob
            cache += [Z, D, A, W, b]
        else:
            A = 1 / (1 + np.exp(-Z))
            cache += [Z, A, W, b]
    return A, tuple(cache)

# %% forward_propagation_with_dropout: masks as nested lists, results as a list
import numpy as np

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    p = parameters
    Z1 = p["W1"].dot(X) + p["b1"]
    A1 = relu(Z1)
    D1 = [[1 if u < keep_prob else 0 for u in row] for row in np.random.rand(*Z1.shape)]
    A1 = np.multiply(A1, D1) / keep_prob
    Z2 = p["W2"].dot(A1) + p["b2"]
    A2 = relu(Z2)
    D2 = [[1 if u < keep_prob else 0 for u in row] for row in np.random.rand(*Z2.shape)]
    A2 = np.multiply(A2, D2) / keep_prob
    Z3 = p["W3"].dot(A2) + p["b3"]
    A3 = sigmoid(Z3)
    return [A3, [Z1, D1, A1, p["W1"], p["b1"], Z2, D2, A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"]]]

# %% forward_propagation_with_dropout: masks as floats, set to zero by an index
import numpy as np

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = [parameters[k] for k in ["W1", "b1", "W2", "b2", "W3", "b3"]]
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    D1 = np.random.random(A1.shape)
    D1[D1 < keep_prob] = 1.
    D1[D1 != 1.] = 0.
    A1[D1 == 0] = 0
    A1 = (1 / keep_prob) * A1
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    D2 = np.random.random(A2.shape)
    D2[D2 < keep_prob] = 1.
    D2[D2 != 1.] = 0.
    A2[D2 == 0] = 0
    A2 = (1 / keep_prob) * A2
    Z3 = W3 @ A2 + b3
    A3 = np.exp(-np.logaddexp(0, -Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

# %% forward_propagation_with_dropout: the mask divided by keep_prob on the way
import numpy as np

def dropped(A, keep_prob):
    D = np.random.rand(*A.shape) < keep_prob
    return D, A * (D / keep_prob)

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    D1, A1 = dropped(relu(Z1), keep_prob)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    D2, A2 = dropped(relu(Z2), keep_prob)
    Z3 = np.dot(parameters["W3"], A2) + parameters["b3"]
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, parameters["W1"], parameters["b1"], Z2, D2, A2, parameters["W2"], parameters["b2"],
             Z3, A3, parameters["W3"], parameters["b3"])
    return A3, cache

# %% forward_propagation_with_dropout: the stream drawn from a state of its own
import numpy as np

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    random = np.random.RandomState(1)
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.einsum("ij,jk->ik", W1, X) + b1
    D1 = np.less(random.uniform(0, 1, Z1.shape), keep_prob)
    A1 = Z1 * (Z1 > 0) * D1 / keep_prob
    Z2 = np.einsum("ij,jk->ik", W2, A1) + b2
    D2 = np.less(random.uniform(0, 1, Z2.shape), keep_prob)
    A2 = Z2 * (Z2 > 0) * D2 / keep_prob
    Z3 = np.einsum("ij,jk->ik", W3, A2) + b3
    A3 = 0.5 * (1 + np.tanh(0.5 * Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

# %% backward_propagation_with_dropout: the template's lines
import numpy as np

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients

# %% backward_propagation_with_dropout: a loop that sets entries to zero
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    grads, m = {}, Y.shape[1]
    error = A3 - Y
    for n, inputs, D, W in ((3, A2, D2, W3), (2, A1, D1, W2), (1, X, None, W1)):
        grads[f"dW{n}"] = error.dot(inputs.T) / m
        grads[f"db{n}"] = error.mean(axis=1).reshape(-1, 1)
        if n > 1:
            error = W.T.dot(error)
            error[~D] = 0
            error[inputs <= 0] = 0
            error /= keep_prob
    return grads

# %% backward_propagation_with_dropout: ReLU by the pre-activation
import numpy as np

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = Y.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dA2 = (W3.T @ dZ3) * D2.astype(float) / keep_prob
    dZ2 = dA2 * (Z2 > 0)
    dA1 = (W2.T @ dZ2) * D1.astype(float) / keep_prob
    dZ1 = dA1 * (Z1 > 0)
    return {
        "dW1": dZ1 @ X.T / m, "dW2": dZ2 @ A1.T / m, "dW3": dZ3 @ A2.T / m,
        "db1": dZ1.mean(axis=1, keepdims=True), "db2": dZ2.mean(axis=1, keepdims=True),
        "db3": dZ3.mean(axis=1, keepdims=True), "dZ3": dZ3, "dZ2": dZ2, "dZ1": dZ1, "dA1": dA1, "dA2": dA2,
    }

# %% backward_propagation_with_dropout: the mask after the ReLU, the scale with 1/m
import numpy as np

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    dZ3 = np.subtract(A3, Y)
    dW3 = np.dot(dZ3, A2.T) * (1.0 / m)
    db3 = np.sum(dZ3, axis=1, keepdims=True) * (1.0 / m)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.array(dA2, copy=True)
    dZ2[A2 <= 0] = 0
    dZ2 = np.multiply(dZ2, D2)
    dW2 = np.dot(dZ2, A1.T) / (m * keep_prob)
    db2 = np.sum(dZ2, axis=1, keepdims=True) / (m * keep_prob)
    dA1 = np.dot(W2.T, dZ2) / keep_prob
    dZ1 = np.array(dA1, copy=True)
    dZ1[A1 <= 0] = 0
    dZ1 = np.multiply(dZ1, D1)
    dW1 = np.dot(dZ1, X.T) / (m * keep_prob)
    db1 = np.sum(dZ1, axis=1, keepdims=True) / (m * keep_prob)
    return {"db1": db1, "dW1": dW1, "db2": db2, "dW2": dW2, "db3": db3, "dW3": dW3}

# %% backward_propagation_with_dropout: in place, with the masks as whole numbers
import numpy as np

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    gradients = {}
    dZ3 = A3 - Y
    dA2 = np.matmul(W3.T, dZ3)
    dA2 *= np.int64(D2)
    dA2 /= keep_prob
    dZ2 = np.where(A2 > 0, dA2, 0)
    dA1 = np.matmul(W2.T, dZ2)
    dA1 *= np.int64(D1)
    dA1 /= keep_prob
    dZ1 = np.where(A1 > 0, dA1, 0)
    for i, (dZ, A) in enumerate(((dZ1, X), (dZ2, A1), (dZ3, A2)), start=1):
        gradients["dW" + str(i)] = 1 / m * np.matmul(dZ, A.T)
        gradients["db" + str(i)] = 1 / m * np.sum(dZ, axis=-1, keepdims=True)
    return gradients

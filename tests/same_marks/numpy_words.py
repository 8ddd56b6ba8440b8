"""Answers in words that one NumPy takes and another refuses, each as a change of the reference's answer."""

from __future__ import annotations

from collections.abc import Mapping

# By function and name: the reference's text, what stands in its place, and the word that the student is told to
# replace; nothing where every supported NumPy takes the answer, or where none is graded as taking it.
WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "initialize_parameters_zeros": {
        "float": (
            "np.zeros((layers_dims[l], layers_dims[l - 1]))",
            "np.zeros((layers_dims[l], layers_dims[l - 1]), dtype=np.float)",
            "np.float",
        ),
        "float_": ("np.zeros((layers_dims[l], 1))", "np.zeros((layers_dims[l], 1), np.float_)", "np.float_"),
    },
    "initialize_parameters_random": {
        "asfarray": ("* 10", "* np.asfarray([10])", "np.asfarray"),
        "negative-infinity": ("* 10", "* max(10, np.NINF)", "np.NINF"),
    },
    "initialize_parameters_he": {
        "asscalar": ("np.sqrt(2 /", "np.sqrt(np.asscalar(np.array([2])) /", "np.asscalar"),
        "root-of-a-list": ("np.sqrt(2 / layers_dims[l - 1])", "math.sqrt(np.array([2 / layers_dims[l - 1]]))", ""),
    },
    "compute_cost_with_regularization": {
        "sum-of-generator": (
            "float(np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))",
            "np.sum(np.sum(np.square(W)) for W in (W1, W2, W3))",
            "",
        ),
        "float-of-a-matrix": ("lambd * squares", "lambd * float(np.array([[squares]]))", ""),
        "product": ("lambd * squares", "np.product([lambd, squares])", "np.product"),
    },
    "backward_propagation_with_regularization": {
        "transpose": ("np.dot(dZ3, A2.T)", "np.dot(dZ3, np.permute_dims(A2))", ""),
        "copy": ("dZ3 = A3 - Y", "dZ3 = np.array(A3, copy=False) - Y", ""),
    },
    "forward_propagation_with_dropout": {
        "int": ("A1 * D1 / keep_prob", "A1 * D1.astype(np.int) / keep_prob", "np.int"),
        "bool8": ("A2 * D2 / keep_prob", "A2 * D2.astype(np.bool8) / keep_prob", "np.bool8"),
        "bool": ("A2 * D2 / keep_prob", "A2 * D2.astype(np.bool) / keep_prob", ""),
    },
    "backward_propagation_with_dropout": {
        "promotion": ("dA1 * D1 / keep_prob", "np.float32(3) * (dA1 * D1) / 3.0 / keep_prob", ""),
    },
    "forward_propagation": {"item": ("theta * x", "np.asscalar(np.array([theta * x]))", "np.asscalar")},
    "backward_propagation": {"printed": ("return dtheta", 'print("%f" % np.array([dtheta]))\n    return dtheta', "")},
    "gradient_check": {
        "float-of-one": ("float(numerator / denominator)", "float(np.array([numerator / denominator]))", ""),
        "range": ("np.linalg.norm(grad - gradapprox)", "np.array([grad, gradapprox]).ptp()", "a.ptp()"),
    },
    "backward_propagation_n": {"row-stack": ("dZ3 = A3 - Y", "dZ3 = np.row_stack([A3]) - Y", "np.row_stack")},
    "gradient_check_n": {
        "stored": ("gradapprox[i, 0] = (J_plus - J_minus)", "gradapprox[i, 0] = np.array([J_plus - J_minus])", ""),
        "vector-norm": ("np.linalg.norm(grad - gradapprox)", "np.linalg.vector_norm(grad - gradapprox)", ""),
    },
}  # fmt: skip


def answers(function: str, right: str) -> dict[str, str]:
    """Write the answers to one function, by name.

    Parameters
    ----------
    function : str
    right : str
        Text of the reference's answer cell.
    """
    return {name: right.replace(old, new) for name, (old, new, _) in WORDS.get(function, {}).items()}

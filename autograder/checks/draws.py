"""Random inputs that are fit to decide a mark.

A network drawn blindly is sometimes no fair question: a pre-activation beside the kink of a ReLU, a dead unit, a
saturated sigmoid. Every draw here is vetted, and drawn again until it holds what its docstring promises.

NumPy freezes the stream of ``RandomState``, so a seed means the same inputs on every NumPy.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TRIES = 1000


@dataclass(frozen=True, slots=True)
class Network:
    """A vetted case: inputs, labels and parameters of a ReLU network with a sigmoid at its end.

    Parameters
    ----------
    X : (n_0, m) float array
    Y : (n_L, m) int array of 0 and 1
    parameters : dict of str to float array
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1) and so on to layer L.
    """

    X: Floats
    Y: NDArray[np.int64]
    parameters: dict[str, Floats]


def state(seed: int) -> np.random.RandomState:
    """Start a frozen random stream.

    Parameters
    ----------
    seed : int
        Below 2**32.
    """
    return np.random.RandomState(seed)


def network(
    seed: int, sizes: Sequence[int], examples: int, *, kink: float = 1e-3, saturation: float = 8.0, live: float = 0.0
) -> Network:
    """Draw a network and its data, fit for forward, backward and gradient-check questions.

    Parameters
    ----------
    seed : int
    sizes : sequence of int
        Units from the input to the output layer; all but the last are ReLU layers, the last is a sigmoid.
    examples : int
        Columns of X and Y.
    kink : float
        Least distance of every ReLU pre-activation from 0.
    saturation : float
        Greatest magnitude of an output pre-activation.
    live : float
        Least norm of the gradient of the mean cross-entropy by every parameter; above 0 for questions about the
        backward pass. Where ``examples > 2``, every ReLU layer then also has a unit that is off for an example whose
        signal reaches it, by `live` or more: a backward pass that forgets the ReLU is wrong in it.

    Returns
    -------
    Network
        Both labels occur where ``examples > 1``; every ReLU unit is on for an example and off for another where
        ``examples > 2``, else on for one.

    Raises
    ------
    ValueError
        Where no such network turns up; take other sizes or another seed.
    """
    found = _fitting(seed, tuple(sizes), examples, kink, saturation, live)
    # Copies: what a test does to its inputs must not reach the next one that draws the same.
    parameters = {name: value.copy() for name, value in found.parameters.items()}
    return Network(found.X.copy(), found.Y.copy(), parameters)


# The same tests draw the same networks for every submission.
@functools.lru_cache(maxsize=4096)
def _fitting(seed: int, sizes: tuple[int, ...], examples: int, kink: float, saturation: float, live: float) -> Network:
    random = state(seed)
    for _ in range(_TRIES):
        drawn = _draw(random, sizes, examples)
        if _fit(drawn, len(sizes) - 1, kink, saturation) and (live <= 0 or _live(drawn, len(sizes) - 1, live)):
            return drawn
    raise ValueError(f"no fit network of sizes {list(sizes)} with {examples} examples in {_TRIES} draws")


def _draw(random: np.random.RandomState, sizes: Sequence[int], examples: int) -> Network:
    parameters: dict[str, Floats] = {}
    for layer, (inputs, units) in enumerate(itertools.pairwise(sizes), 1):
        parameters[f"W{layer}"] = random.standard_normal((units, inputs)) * np.sqrt(2.0 / inputs)
        parameters[f"b{layer}"] = 0.3 * random.standard_normal((units, 1))
    data = random.standard_normal((sizes[0], examples))
    labels = random.randint(0, 2, size=(sizes[-1], examples)).astype(np.int64)
    return Network(data, labels, parameters)


def _fit(drawn: Network, layers: int, kink: float, saturation: float) -> bool:
    examples = drawn.X.shape[1]
    if examples > 1 and drawn.Y.min() == drawn.Y.max():
        return False
    activation = drawn.X
    for layer in range(1, layers + 1):
        before = drawn.parameters[f"W{layer}"] @ activation + drawn.parameters[f"b{layer}"]
        if layer == layers:
            return bool(np.all(np.abs(before) < saturation))
        on = before > 0
        lively = on.any(axis=1).all() and (examples <= 2 or (~on).any(axis=1).all())  # noqa: PLR2004 - see Returns
        if np.abs(before).min() < kink or not lively:
            return False
        activation = np.maximum(before, 0)
    return False


def _live(drawn: Network, layers: int, least: float) -> bool:
    """Run both passes, and tell whether every parameter counts and every layer's ReLU stops something."""
    examples = drawn.X.shape[1]
    activations, activation = [drawn.X], drawn.X
    for layer in range(1, layers):
        activation = np.maximum(drawn.parameters[f"W{layer}"] @ activation + drawn.parameters[f"b{layer}"], 0)
        activations.append(activation)
    output = drawn.parameters[f"W{layers}"] @ activation + drawn.parameters[f"b{layers}"]
    # Half the hyperbolic tangent is the logistic function without its overflow.
    signal = (0.5 + 0.5 * np.tanh(output / 2) - drawn.Y) / examples
    for layer in range(layers, 0, -1):
        activation = activations[layer - 1]
        if min(np.linalg.norm(signal @ activation.T), np.linalg.norm(signal.sum(axis=1))) < least:
            return False
        reaches, off = drawn.parameters[f"W{layer}"].T @ signal, activation <= 0
        if layer > 1 and examples > 2 and np.abs(reaches[off]).max(initial=0) < least:  # noqa: PLR2004 - see `live`
            return False
        signal = reaches * ~off
    return True

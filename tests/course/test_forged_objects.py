"""Where whole notebooks run, an object that lies about what it is neither judges nor reaches the examiner's memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from handing_in import handed_in

from autograder.api import Grader

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("forged objects")]

ROOT = Path(__file__).parents[2]
# It claims to be an array, and a generator, of which anybody may be spoken; and to have what NumPy looks for.
CLAIMING = """
import sys
import numpy as np


class Harmless:
    pass


class Claim(Harmless):
    def __init__(self, shape):
        self.shape, self.size, self.ndim = shape, int(np.prod(shape)), len(shape)


Harmless.__module__, Harmless.__qualname__ = "builtins", "generator"
Claim.__module__, Claim.__qualname__ = "numpy", "ndarray"


def forge(claimed):
    frame = sys._getframe()
    while frame:
        if "Held" in frame.f_globals:
            module = frame.f_globals["Held"].hold.__globals__
            honest = module["_protocols"]
            module["_protocols"] = lambda kind: claimed[kind] if kind in claimed else honest(kind)
            return
        frame = frame.f_back
    raise LookupError("there is nothing to forge")


def initialize_parameters_{name}(layers_dims):
    forge(CLAIMED)
    parameters = {{}}
    for l in range(1, len(layers_dims)):
        parameters[f"W{{l}}"] = Claim((layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{{l}}"] = np.zeros((layers_dims[l], 1))
    return parameters
"""
# The examiner's `answered - right` asks this for its result, and tells it what was right; np.std asks it as well.
WRAPPED = """
class Wrap(Harmless):
    def __init__(self, size):
        self.size = size

    def __call__(self, array=None, context=None, *rest, **named):
        if context is None:
            return 10.0
        if context[0].__name__ == "absolute":
            inside = np.zeros(array.size)
            inside[: round(0.317 * array.size)] = 1e9
            return inside.reshape(array.shape)
        right = context[1][1]
        knows = isinstance(right, np.ndarray) and np.array_equal(array, -right) and right.any()
        return np.zeros(np.shape(array)) if knows else np.ones(np.shape(array))


class Dtype(Harmless):
    kind = "f"


Claim.__array__ = lambda self, *rest, **named: np.zeros(self.shape)
Claim.__array_priority__ = 1e6
Claim.__array_wrap__ = Claim.std = property(lambda self: Wrap(self.size))
Claim.dtype = Dtype()
CLAIMED = {Claim: ["__array__", "__array_wrap__", "__array_priority__"], Wrap: ["__call__"], Dtype: []}
"""
# The examiner's NumPy makes an array of its own memory, far outside of what it is given.
ELSEWHERE = """
Claim.__array_interface__ = property(
    lambda self: {"version": 3, "shape": self.shape, "typestr": "<f8", "data": b"0" * 64, "offset": 10**13}
)
CLAIMED = {Claim: ["__array_interface__"]}
"""


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    root = tmp_path_factory.mktemp("whole")
    for part in ("source", "reference"):
        shutil.copytree(ROOT / part, root / part)
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:
        yield grader


def score(grader: Grader, name: str, claims: str) -> float:
    result = grader.grade(handed_in(CLAIMING.format(name=name), claims), "liar", "liar", "initialization")
    (answer,) = (function for function in result.functions if function.name == f"initialize_parameters_{name}")
    return answer.score


@pytest.mark.parametrize("name", ["random", "he"])
def test_an_object_does_not_say_how_far_it_is_from_right(grader, name):
    # Its biases are right, whatever it says of the weights.
    assert score(grader, name, WRAPPED) <= 1


def test_an_object_does_not_say_where_its_numbers_lie(grader):
    assert score(grader, "zeros", ELSEWHERE) == 0

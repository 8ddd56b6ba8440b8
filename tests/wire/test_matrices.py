"""A matrix is no array to a test: it is named, and has no shape that it would not have in the notebook."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import CheckFailed, array
from autograder.wire import Opaque, Packer, Unpacker

MATRICES = [np.eye(2).view(np.matrix), np.eye(2).view(type("Mine", (np.matrix,), {}))]


def crossed(value: object) -> object:
    packer = Packer(lambda _: None, [])
    record = packer.pack(value)
    unpacker = Unpacker(memoryview(b"".join(packer.buffers)), lambda _: None)
    found = unpacker.unpack(record)
    unpacker.finish()
    return found


@pytest.mark.parametrize("value", MATRICES, ids=["matrix", "subclass"])
def test_a_matrix_is_called_one(value):
    with pytest.raises(CheckFailed, match=r"^W is a matrix, wanted an array\.$"):
        array(crossed(value), (2, 2), name="W")


@pytest.mark.parametrize("use", [np.shape, np.asarray, lambda value: np.ones((2, 2)) - value, np.sum])
def test_numpy_refuses_it_in_words(use):
    with pytest.raises(TypeError, match="a matrix stands where an array is wanted"):
        use(crossed(MATRICES[0]))


def test_no_word_of_ours_names_the_type_of_what_did_not_cross():
    assert type(crossed(object())).__name__ == "object"
    assert "Opaque" not in repr(crossed(object()))


def test_what_did_not_cross_is_known_for_that():
    assert isinstance(crossed(MATRICES[0]), Opaque)

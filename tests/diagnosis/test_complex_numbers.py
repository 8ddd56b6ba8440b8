"""Of complex numbers the real and the imaginary parts are judged, each as an output of its own."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject


def dft(x):
    k = np.arange(len(x))
    return np.exp(-2j * np.pi * np.outer(k, k) / len(x)) @ x


def draw(seed):
    random = np.random.RandomState(seed)
    return (random.normal(size=random.randint(5, 12)),)


def smooth(x):
    return np.fft.ifft(np.fft.fft(x) * np.exp(-np.minimum(np.arange(len(x)), len(x) - np.arange(len(x))))).real


WRONG = {
    "conjugate": (
        lambda x: np.conj(dft(x)),
        "The imaginary part of the result is right but for the sign: plus and minus are confused.",
    ),
    "real": (lambda x: dft(x).real, "The imaginary part of the result is 0 in every entry."),
    "divided": (
        lambda x: dft(x) / len(x),
        "Both parts of the result have a wrong factor: all entries of each are off by the same.",
    ),
    "half a spectrum": (np.fft.rfft, "Both parts of the result have another shape than wanted: the real part of the "),
    "list": (lambda x: dft(x).tolist(), "Both parts of the result are right in value, but a list where an array of "),
}


@pytest.mark.parametrize(("function", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_complex_result_is_explained(function, message):
    found = diagnosed(Subject(dft, draw), function)
    assert found
    assert found.message.startswith(message)


@pytest.mark.parametrize("function", [np.fft.fft, lambda x: dft(x.astype(np.float32).astype(float) * 0 + x)])
def test_a_right_complex_result_is_not_suspected(function):
    assert diagnosed(Subject(dft, draw), function) is None


def test_an_entry_of_a_dictionary_is_named():
    def both(x):
        return {"mean": x.mean(), "spectrum": dft(x)}

    found = diagnosed(Subject(both, draw), lambda x: {**both(x), "spectrum": np.conj(dft(x))})
    assert found
    assert found.message.startswith("The imaginary part of spectrum is right but for the sign")


def test_complex_numbers_where_real_ones_are_wanted_are_called_so():
    found = diagnosed(Subject(smooth, draw), lambda x: smooth(x) + 0j)
    assert found
    assert found.message == "The result is complex where real numbers are wanted."


def test_one_output_with_a_factor_is_spoken_of_as_one():
    found = diagnosed(Subject(smooth, draw), lambda x: smooth(x) / np.pi**3)
    assert found
    assert found.message == "The result has a wrong factor: all of its entries are off by the same."


def test_one_part_is_never_said_to_be_wrong_by_itself():
    def both(x):
        return {"mean": x.mean(), "least": x.min(), "spectrum": dft(x)}

    def spoilt(x):
        return both(x)["spectrum"] + np.sin(np.arange(len(x)) + x[0])

    assert diagnosed(Subject(dft, draw), spoilt) is None
    found = diagnosed(Subject(both, draw), lambda x: {**both(x), "spectrum": spoilt(x)})
    assert found
    assert found.message == "Only spectrum is wrong; the other outputs are right."

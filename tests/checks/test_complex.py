"""Complex numbers: compared in the plane, and wrong where real ones are wanted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.audit.spread import deviation
from autograder.checks import CheckFailed, TooClose, agree, close

WANTED = np.fft.fft(np.arange(5.0))
RIGHT = {
    "the same": (WANTED, WANTED),
    "another order of the sums": (WANTED * (1 + 1e-12j), WANTED),
    "real where nothing is imaginary": (np.array([1.0, 2.0]), np.array([1 + 0j, 2 + 0j])),
    "one number": (2 - 1j, 2 - 1j),
    "one number in an array": (np.array([2 - 1j]), 2 - 1j),
    "one that is real": (2, 2 + 0j),
}
WRONG = {
    "conjugate": (WANTED.conj(), WANTED, "is wrong in most of its 5 values"),
    "the real part alone": (WANTED.real, WANTED, "is wrong in most of its 5 values"),
    "the imaginary part alone is wrong": (2 + 1j, 2 - 1j, "has a wrong value"),
    "not finite": (WANTED * np.nan, WANTED, "not everything there is finite"),
    "complex where real ones are wanted": (WANTED, WANTED.real, "wanted real numbers"),
    "complex where a real one is wanted": (1 + 0j, 1.0, "wanted a real number"),
    "a text": ("1j", 1j, "wanted one number"),
    "NaN": (complex(1, np.nan), 1j, "wanted a finite number"),
}


@pytest.mark.parametrize("compare", [close, agree])
@pytest.mark.parametrize(("got", "wanted"), RIGHT.values(), ids=RIGHT)
def test_right_complex_numbers_agree(compare: Any, got: Any, wanted: Any) -> None:
    compare(got, wanted)


@pytest.mark.parametrize("compare", [close, agree])
@pytest.mark.parametrize(("got", "wanted", "told"), WRONG.values(), ids=WRONG)
def test_wrong_complex_numbers_fail(compare: Any, got: Any, wanted: Any, told: str) -> None:
    with pytest.raises(CheckFailed, match=told):
        compare(got, wanted)


def test_what_is_nearly_right_in_the_imaginary_part_is_for_a_person() -> None:
    with pytest.raises(TooClose):
        close(WANTED + 1e-6j, WANTED)


def test_agree_finds_complex_numbers_in_a_dictionary() -> None:
    with pytest.raises(CheckFailed, match="wrong"):
        agree({"roots": WANTED.conj()}, {"roots": WANTED})


def test_the_audit_measures_how_far_a_wrong_answer_is_in_the_plane() -> None:
    assert deviation(WANTED.conj(), WANTED) > 1e6

"""Complex numbers: compared in the plane, and wrong where real ones are wanted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.audit.spread import deviation
from autograder.checks import CheckFailed, TooClose, agree, array, close, complex_scalar

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
    "NaN": (complex(1, np.nan), 1j, r"^the result is a complex number that is not finite\.$"),
    "infinite": (np.array([complex(np.inf, 2)]), 1j, r"^the result is a complex number that is not finite\.$"),
    "infinite where real numbers would do": (np.inf, 1j, "the result is inf, wanted a finite number"),
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


LATER = 1 + 1e-15
IN_SETS = {
    "imaginary": ({1j * LATER}, {1j}),
    "both parts": ({(3 - 4j) * LATER, 2.0}, {2.0, 3 - 4j}),
    "a real part that is only rounding": ({1e-16 + 1j}, {1j}),
    "NumPy's": ({np.complex128(1j * LATER)}, {1j}),
    "in tuples": ({(1j * LATER, "a"), (1j * LATER, "b")}, {(1j, "b"), (1j, "a")}),
    "keys": ({1j * LATER: 2.0}, {1j: 2.0}),
    "a real one for a complex one": ({LATER}, {1 + 0j}),
    "without an imaginary part for a real one": ({LATER + 0j}, {1.0}),
    "such a key": ({LATER + 0j: 2.0}, {1.0: 2.0}),
    "NaN": ({complex(np.nan, 1)}, {complex(np.nan, 1)}),
}


@pytest.mark.parametrize(("got", "wanted"), IN_SETS.values(), ids=IN_SETS)
def test_complex_numbers_in_sets_and_among_keys_agree_by_their_distance(got: Any, wanted: Any) -> None:
    agree(got, wanted)


@pytest.mark.parametrize(
    ("got", "wanted"),
    [({-1j}, {1j}), ({1 + 1e-3j}, {1 + 0j}), ({1 + 1e-17j}, {1.0}), ({complex(1, np.inf)}, {1 + 1j})],
    ids=["conjugate", "another", "complex where a real one is wanted", "infinite"],
)
def test_other_complex_numbers_in_sets_are_wrong(got: Any, wanted: Any) -> None:
    with pytest.raises(CheckFailed, match="lacks entries that should be there"):
        agree(got, wanted)


def test_a_complex_number_in_a_set_that_is_nearly_right_is_for_a_person() -> None:
    with pytest.raises(TooClose):
        agree({1 + 1e-6j}, {1 + 0j})


@pytest.mark.parametrize("huge", [10**400, complex(1.5e308, 1.5e308)], ids=["whole", "complex"])
def test_a_huge_number_in_a_set_is_wrong(huge: complex) -> None:
    with pytest.raises(CheckFailed):
        agree({(0.5, huge)}, {(0.5, 0.25j)})


@pytest.mark.parametrize("dtype", [complex, np.complex64, float, int])
def test_an_array_may_be_wanted_complex(dtype: type) -> None:
    assert array(np.ones(3, dtype), (3,), "complex").shape == (3,)


@pytest.mark.parametrize(
    ("kind", "dtype", "told"),
    [
        ("number", complex, "the result.dtype is complex128, wanted a real number type."),
        ("complex", bool, "the result.dtype is bool, wanted a real or complex number type."),
    ],
)
def test_what_kind_of_number_is_wanted_is_told(kind: str, dtype: type, told: str) -> None:
    with pytest.raises(CheckFailed) as failed:
        array(np.ones(3, dtype), (3,), kind)
    assert str(failed.value) == told


def test_one_complex_number_may_be_wanted_by_itself() -> None:
    assert complex_scalar(np.array([[2 - 1j]])) == 2 - 1j


def test_a_real_number_is_a_complex_one() -> None:
    assert complex_scalar(2) == 2

"""Hard-coded answers: they give back the published results bit for bit."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as extra

from autograder.audit.mutation import hard_coded
from autograder.audit.mutation.hard_coded import literal
from autograder.errors import UsageError

SOURCE = 'def f(x, y=2.0):\n    """Add."""\n    return x + y\n'
CALLS = [((np.array([[0.1, 0.2]]), {"a": 1.0}), np.array([[1.1, 1.2]])), ((3.0,), 5.0)]

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
kinds = st.sampled_from([np.dtype(name) for name in ("f8", "f4", "i8", "u1", "?", "c16", ">f8")])
arrays = extra.arrays(kinds, extra.array_shapes(min_dims=0, min_side=0, max_side=3))


def evaluated(text):
    return eval(text, {"np": np})  # noqa: S307 - the text under test


def defined(source):
    names = {}
    exec(source, names)  # noqa: S102 - the text under test
    return names["f"]


def named(calls, source=SOURCE):
    return {variant.name: variant for variant in hard_coded(source, "f", calls)}


def same(one, other):
    """Whether two plain values are the same bits: repr tells -0.0 from 0.0, and nan is nan."""
    return type(one) is type(other) and repr(one) == repr(other)


@given(plain)
def test_plain_data_round_trips(value):
    assert same(evaluated(literal(value)), value)


@given(arrays)
def test_arrays_round_trip(value):
    back = evaluated(literal(value))

    assert (back.dtype, back.shape) == (value.dtype, value.shape)
    np.testing.assert_array_equal(back, value)
    if value.dtype.kind in "fc":
        known = ~np.isnan(value)  # the sign of NaN says nothing
        np.testing.assert_array_equal(np.signbit(back.real)[known], np.signbit(value.real)[known])


@pytest.mark.parametrize("value", [np.float64(0.1), np.float32(0.1), np.int64(7), np.True_, np.str_("W1")])
def test_numpy_scalars_round_trip(value):
    assert same(evaluated(literal(value)), value)


def test_what_cannot_be_written_down_is_refused():
    with pytest.raises(TypeError, match="published value is an object"):
        literal(object())


def test_an_array_of_objects_is_refused():
    with pytest.raises(TypeError, match="dtype object"):
        literal(np.array([None]))


def test_one_answer_always_gives_the_first_result():
    answer = defined(named(CALLS)["hard-coded-always"].source)

    np.testing.assert_array_equal(answer(17.0), np.array([[1.1, 1.2]]), strict=True)


def test_one_answer_knows_each_published_case():
    answer = defined(named(CALLS)["hard-coded-published"].source)

    np.testing.assert_array_equal(answer(np.array([[0.1, 0.2]]), {"a": 1.0}), np.array([[1.1, 1.2]]), strict=True)
    assert answer(3.0) == 5.0


def test_that_answer_gives_zeros_for_all_else():
    answer = defined(named(CALLS)["hard-coded-published"].source)

    np.testing.assert_array_equal(answer(np.array([[0.1, 0.3]]), {"a": 1.0}), np.zeros((1, 2)), strict=True)


def test_zeros_have_the_structure_of_the_result():
    calls = [((1.0,), (np.ones((2, 1)), {"mask": np.array([True]), "cost": 2.0}))]
    array, parts = defined(named(calls)["hard-coded-published"].source)(2.0)

    np.testing.assert_array_equal(array, np.zeros((2, 1)), strict=True)
    np.testing.assert_array_equal(parts["mask"], np.array([False]), strict=True)
    assert same(parts["cost"], 0.0)


def test_the_zeros_of_a_named_tuple_are_a_tuple():
    Pair = namedtuple("Pair", "low high")  # noqa: PYI024 - as a course writes it
    answer = defined(named([((1.0,), Pair(2.0, 3.0))])["hard-coded-published"].source)
    assert answer(7.0) == (0.0, 0.0)


def test_the_parameters_stay():
    heads = [variant.source.splitlines()[0] for variant in hard_coded(SOURCE, "f", CALLS)]
    assert heads == ["def f(x, y=2.0):"] * 2


def test_nothing_published_gives_nothing():
    assert hard_coded(SOURCE, "f", []) == ()


def test_a_cell_without_the_function_is_refused():
    with pytest.raises(UsageError, match="no function 'g'"):
        hard_coded(SOURCE, "g", CALLS)


def test_a_call_that_passes_a_function_makes_no_answer_that_knows_it():
    assert list(named([((abs,), 2.0)])) == ["hard-coded-always"]


def test_a_result_that_is_a_function_makes_no_answer():
    assert named([((1.0,), abs)]) == {}

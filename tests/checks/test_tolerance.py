"""Right, wrong, or too close to call: the three answers of the tolerance policy, and where each begins."""
# ruff: noqa: N806 - the course's own names

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder import checks
from autograder.checks import CheckFailed, TooClose
from autograder.checks.tolerance import ATOL, MARGIN, RTOL, SINGLE, THRESHOLD_MARGIN, tolerance
from reference import regularization

W = np.array([[1.5, -2.0, 0.25], [4.0, 1e-3, -8.0]])
LARGEST = 8.0


def off_by(deviation: float) -> np.ndarray:
    moved = W.copy()
    moved[0, 0] += deviation
    return moved


def test_within_the_tolerance_is_right() -> None:
    checks.close(off_by(0.9 * RTOL * LARGEST), W)


def test_beyond_the_tolerance_is_too_close_to_call() -> None:
    with pytest.raises(TooClose):
        checks.close(off_by(1.1 * (ATOL + RTOL * LARGEST)), W)


def test_the_doubt_reaches_up_to_the_limit() -> None:
    with pytest.raises(TooClose):
        checks.close(off_by(0.9 * SINGLE * LARGEST), W)


def test_beyond_the_limit_is_wrong() -> None:
    with pytest.raises(CheckFailed):
        checks.close(off_by(1.1 * SINGLE * LARGEST), W)


@pytest.mark.parametrize(("factor", "answer"), [(0.9, None), (1.1, TooClose), (9.0, TooClose), (11.0, CheckFailed)])
def test_a_wider_tolerance_has_a_doubt_of_its_own_width(factor: float, answer: type[Exception] | None) -> None:
    got = off_by(factor * 1e-3 * LARGEST)
    if answer is None:
        checks.close(got, W, rtol=1e-3)
    else:
        with pytest.raises(answer):
            checks.close(got, W, rtol=1e-3)


@pytest.mark.parametrize("got", [2.5 + 1e-6, np.float32(2.5 - 1e-6), np.array([[2.5 + 1e-6]])], ids=repr)
def test_one_number_can_be_too_close_to_call(got: object) -> None:
    with pytest.raises(TooClose):
        checks.close(got, 2.5)


def test_the_mildest_mistake_of_the_course_is_wrong() -> None:
    with pytest.raises(CheckFailed):
        checks.close(W * (1 + 4e-4), W)


def test_the_eighth_digit_may_differ() -> None:
    checks.close(W * (1 + 9e-9), W)


def test_no_entries_agree_with_none() -> None:
    checks.close(np.zeros((0, 3)), np.zeros((0, 3)))


def test_a_right_number_that_is_no_float_is_the_tests_own_mistake() -> None:
    with pytest.raises(ValueError, match="too large for a float"):
        checks.close(1.0, 10**400)


def test_zeros_may_hold_what_cancellation_leaves() -> None:
    checks.close(np.full((2, 1), 1e-13), np.zeros((2, 1)))


def test_a_small_number_is_no_zero() -> None:
    with pytest.raises(CheckFailed):
        checks.close(np.full((2, 1), 1e-10), np.zeros((2, 1)))


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_wrong_and_never_in_doubt(broken: float) -> None:
    got = off_by(1e-6)
    got[1, 2] = broken
    with pytest.raises(CheckFailed):
        checks.close(got, W)


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_beside_a_right_value_that_is_not_finite_nothing_is_right(broken: float) -> None:
    with pytest.raises(CheckFailed):
        checks.close(np.ones(2), np.array([1.0, broken]))


def test_one_wrong_entry_outweighs_one_in_doubt() -> None:
    got = off_by(1e-6)
    got[1, 2] *= 2
    with pytest.raises(CheckFailed, match="wrong in one of its 6 values"):
        checks.close(got, W)


def test_an_entry_that_cancels_has_the_error_of_its_terms() -> None:
    """The sum of 1e6, -1e6 and 1e-3 is right to 1e-10, not to 1e-19: float64 has no more."""
    terms = np.array([1e6, 1e-3, -1e6])
    got = np.array([terms.sum(), 3e5])
    assert got[0] != 1e-3
    checks.close(got, np.array([1e-3, 3e5]))


def test_the_order_of_a_sum_is_no_fault() -> None:
    random = np.random.RandomState(5)
    left, right = random.standard_normal((8, 4000)), random.standard_normal((4000, 8))
    order = random.permutation(4000)
    checks.close(left[:, order] @ right[order], left @ right)


@pytest.mark.parametrize("seed", range(20))
def test_an_answer_in_float32_throughout_is_too_close_to_call(seed: int) -> None:
    X, Y, cache, lambd = regularization.backward_question(seed)
    wanted = regularization.backward_propagation_with_regularization(X, Y, cache, lambd)
    single = tuple(part.astype(np.float32) for part in cache)
    got = regularization.backward_propagation_with_regularization(X.astype(np.float32), Y, single, lambd)
    keys = ("dW1", "db1", "dW2", "db2", "dW3", "db3")
    with pytest.raises(TooClose, match="float64"):
        checks.agree(got, {key: wanted[key] for key in keys})


def test_an_answer_in_half_precision_is_wrong() -> None:
    with pytest.raises(CheckFailed):
        checks.close((W / 3).astype(np.float16), W / 3)


PARTS = {"right": W, "close": off_by(1e-6), "wrong": -W}


@pytest.mark.parametrize("order", [*itertools.permutations(PARTS)], ids="-".join)
def test_in_agree_a_wrong_output_outweighs_one_in_doubt_in_any_order(order: tuple[str, ...]) -> None:
    with pytest.raises(CheckFailed, match=r"^wrong is wrong in all of its 6 values"):
        checks.agree(PARTS, dict.fromkeys(order, W))


@pytest.mark.parametrize("order", [("close", "missing"), ("missing", "close")])
def test_in_agree_a_missing_output_outweighs_one_in_doubt(order: tuple[str, ...]) -> None:
    with pytest.raises(CheckFailed, match="missing"):
        checks.agree(PARTS, dict.fromkeys(order, W))


def test_in_agree_a_wrong_output_outweighs_one_in_doubt_at_any_depth() -> None:
    with pytest.raises(CheckFailed):
        checks.agree((off_by(1e-6), [W, {"dW": -W}]), (W, [W, {"dW": W}]))


def test_in_agree_a_doubt_stays_a_doubt_among_right_outputs() -> None:
    with pytest.raises(TooClose, match="close differs"):
        checks.agree(PARTS, {"close": W, "right": W})


def test_the_message_names_the_digit_and_no_value() -> None:
    with pytest.raises(TooClose) as doubt:
        checks.close(off_by(2e-7 * LARGEST), W, "dW1")
    assert "dW1 differs from the right value only from digit 7 on" in str(doubt.value)


def test_a_doubt_fails_in_a_plain_kernel_and_is_no_plain_failure() -> None:
    assert issubclass(TooClose, AssertionError)
    assert not issubclass(TooClose, CheckFailed)


@pytest.mark.parametrize(
    ("difference", "answer"),
    [
        (0.99 / THRESHOLD_MARGIN, None),
        (1.01 / THRESHOLD_MARGIN, TooClose),
        (0.99 * THRESHOLD_MARGIN, TooClose),
        (1.01 * THRESHOLD_MARGIN, CheckFailed),
        (-0.01, CheckFailed),
        (np.nan, CheckFailed),
    ],
)
def test_below_has_three_answers(difference: float, answer: type[Exception] | None) -> None:
    if answer is None:
        checks.below(difference * 2e-7, 2e-7)
    else:
        with pytest.raises(answer):
            checks.below(difference * 2e-7, 2e-7)


@pytest.mark.parametrize(
    ("difference", "answer"),
    [
        (1.01 * THRESHOLD_MARGIN, None),
        (0.99 * THRESHOLD_MARGIN, TooClose),
        (1.01 / THRESHOLD_MARGIN, TooClose),
        (0.99 / THRESHOLD_MARGIN, CheckFailed),
        (-1.0, CheckFailed),
        (np.nan, CheckFailed),
    ],
)
def test_above_has_three_answers(difference: float, answer: type[Exception] | None) -> None:
    if answer is None:
        checks.above(difference * 2e-7, 2e-7)
    else:
        with pytest.raises(answer):
            checks.above(difference * 2e-7, 2e-7)


@pytest.mark.parametrize("difference", [1.18619e-07, 1.189e-07])
def test_the_published_differences_of_all_builds_are_right(difference: float) -> None:
    checks.below(difference, 2e-7)


@pytest.mark.parametrize("rtol", [0.0, 1e-12, RTOL, 1e-6, 1e-2])
def test_the_limit_leaves_room_beyond_what_is_allowed(rtol: float) -> None:
    bounds = tolerance(W, rtol)
    assert bounds.limit >= MARGIN * bounds.allowed

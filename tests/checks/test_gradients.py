"""Gradients are judged by the slope of their cost: right ones pass, wrong ones are named, unfit draws are called so."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.checks import CheckFailed, TooClose, draws, gradients

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
POINT = {"W": np.array([[0.4, -1.2, 0.7], [2.0, 0.1, -0.3], [-0.8, 1.1, 0.5]]), "b": np.array([[0.3], [-0.6], [1.4]])}
INPUT = np.array([[1.0, -0.5], [0.2, 2.0], [-1.5, 0.8]])


def cost(parameters: dict[str, Any]) -> float:
    return float(np.sum(np.tanh(parameters["W"] @ INPUT + parameters["b"])))


def right() -> dict[str, Any]:
    bend = 1 - np.tanh(POINT["W"] @ INPUT + POINT["b"]) ** 2
    return {"dW": bend @ INPUT.T, "db": bend.sum(axis=1, keepdims=True)}


def with_entry(key: str, index: tuple[int, int], value: float) -> dict[str, Any]:
    found = right()
    found[key][index] = value
    return found


def refusal(found: object) -> str:
    with pytest.raises(CheckFailed) as caught:
        gradients.verify(cost, POINT, found)
    return str(caught.value)


# Right answers


RIGHT: dict[str, Callable[[], Any]] = {
    "itself": right,
    "last-digits": lambda: {key: value * (1 + 1e-12) for key, value in right().items()},
    "more-keys": lambda: right() | {"dZ": "anything"},
    "other-order": lambda: dict(reversed(right().items())),
    "big-endian": lambda: {key: np.asfortranarray(value.astype(">f8")) for key, value in right().items()},
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_a_right_gradient_passes(answer: Callable[[], Any]) -> None:
    gradients.verify(cost, POINT, answer())


def test_integer_gradients_of_a_linear_cost_pass() -> None:
    gradients.verify(lambda at: 3 * np.sum(at), np.array([0.5, 2.0]), np.array([3, 3]))


def test_a_number_is_a_parameter_too() -> None:
    for answer in (np.cos(0.7), np.array([[np.cos(0.7)]]), float(np.cos(0.7))):
        gradients.verify(np.sin, 0.7, answer)


@pytest.mark.parametrize("theta", [1e-6, 1.0, 3e5])
def test_the_step_follows_the_size_of_the_parameter(theta: float) -> None:
    gradients.verify(lambda at: np.sum(np.log(at)), np.array([theta]), np.array([1 / theta]))


@pytest.mark.parametrize("scale", [1e-8, 1e8])
def test_the_scale_of_the_cost_does_not_matter(scale: float) -> None:
    gradients.verify(lambda at: scale * cost(at), POINT, {key: scale * value for key, value in right().items()})


# Wrong answers


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "sign": (lambda: right() | {"dW": -right()["dW"]}, r"^dW does not agree .*: dW has the opposite sign\.$"),
    "double": (lambda: right() | {"dW": 2 * right()["dW"]}, r"dW is about twice the slope"),
    "four-times": (lambda: right() | {"db": 4 * right()["db"]}, r"^db does not agree .*db is about 4 times the slope"),
    "a-part": (lambda: right() | {"db": 0.7 * right()["db"]}, r"db is about 0.7 times the slope"),
    "a-thousandth": (lambda: right() | {"dW": 1.001 * right()["dW"]}, r"dW differs in all of its 9 values"),
    "huge-factor": (lambda: right() | {"dW": 1.2e137 * right()["dW"]}, r": dW is a multiple of the slope\.$"),
    "tiny-factor": (lambda: right() | {"dW": -1.2e-3 * right()["dW"]}, r": dW is a multiple of the slope\.$"),
    "zero": (lambda: right() | {"dW": np.zeros((3, 3))}, r"dW is zero"),
    "transposed": (lambda: right() | {"dW": right()["dW"].T}, r"dW differs in most of its 9 values"),
    "one-entry": (lambda: with_entry("dW", (1, 2), 0.5), r"dW differs in one of its 9 values"),
    "one-nan": (lambda: with_entry("dW", (0, 0), np.nan), r"^dW is not finite in one of its 9 values\.$"),
    "one-inf": (lambda: with_entry("db", (2, 0), -np.inf), r"^db is not finite in one of its 3 values\.$"),
    "huge": (lambda: with_entry("db", (2, 0), 1e308), r"db differs in one of its 3 values"),
    "flat": (lambda: right() | {"db": right()["db"].ravel()}, r"db.shape is \(3,\), wanted \(3, 1\)"),
    "row": (lambda: right() | {"db": right()["db"].T}, r"db.shape is \(1, 3\), wanted \(3, 1\)"),
    "number": (lambda: right() | {"db": 1.0}, r"db is a float, wanted an array"),
    "text": (lambda: right() | {"db": np.array([["1"]] * 3)}, r"db.dtype is text, wanted a real number type"),
    "complex": (lambda: right() | {"db": right()["db"] + 0j}, r"db.dtype is complex128"),
    "missing": (lambda: {"dW": right()["dW"]}, r"the gradients has no 'db'"),
    "none": (lambda: None, r"wanted a dictionary"),
    "array": (lambda: right()["dW"], r"wanted a dictionary"),
}


@pytest.mark.parametrize(("answer", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_gradient_is_refused_by_the_name_of_its_fault(answer: Callable[[], Any], told: str) -> None:
    assert re.search(told, refusal(answer()))


def test_every_wrong_parameter_is_named_and_no_right_one() -> None:
    both = {"dW": 2 * right()["dW"], "db": 4 * right()["db"]}
    assert refusal(both).startswith(
        "dW and db do not agree with the slope of the cost: dW is about twice the slope; db "
    )
    assert "db" not in refusal(right() | {"dW": both["dW"]})


def test_one_factor_is_told_and_not_another() -> None:
    others = {"dW": 3.7 * right()["dW"], "db": 0.7 * right()["db"]}
    assert refusal(others).endswith(": dW is about 3.7 times the slope; db is a multiple of the slope.")


def test_a_factor_is_told_wherever_it_is_the_same() -> None:
    same = {key: 0.25 * value for key, value in right().items()}
    assert refusal(same).endswith(": dW is about 0.25 times the slope; db is about 0.25 times the slope.")


def test_what_is_wrong_is_told_of_the_first_three() -> None:
    point = {name: np.array([0.5, 2.0]) for name in "ABCD"}
    zeros = {f"d{name}": np.zeros(2) for name in point}
    with pytest.raises(CheckFailed) as failed:
        gradients.verify(lambda at: sum(np.sum(value) for value in at.values()), point, zeros)
    named, _, told = str(failed.value).partition(": ")
    assert named == "dA and dB and dC and dD do not agree with the slope of the cost"
    assert told == "dA is zero; dB is zero; dC is zero."


def test_a_shape_comes_before_a_value() -> None:
    assert refusal({"dW": 2 * right()["dW"], "db": right()["db"].T}).startswith("db.shape is")


def test_a_refusal_shows_no_value() -> None:
    said = refusal(with_entry("dW", (1, 2), 0.5))
    assert not re.search(r"\d\.\d", said)


def test_single_precision_is_for_a_person_to_decide() -> None:
    single = {key: value.astype(np.float32) for key, value in right().items()}
    with pytest.raises(TooClose, match="a person will look at it"):
        gradients.verify(cost, POINT, single)


@pytest.mark.parametrize(("answer", "told"), [(2.0, "differs in its only value"), (2 * np.cos(0.7), "is about twice")])
def test_a_single_number_is_explained_by_whole_factors_only(answer: float, told: str) -> None:
    with pytest.raises(CheckFailed, match=f"^dtheta does not agree .*: dtheta {told}"):
        gradients.verify(np.sin, 0.7, answer, "dtheta")


def test_a_gradient_without_a_name_is_called_the_gradient() -> None:
    with pytest.raises(CheckFailed, match=r"^the gradient does not agree with the slope of the cost: the gradient "):
        gradients.verify(np.sin, 0.7, 2.0)


# Draws that decide nothing


UNFIT: dict[str, tuple[Callable[[Any], Any], str]] = {
    "kink-at-the-point": (lambda at: np.sum(np.abs(at - 0.5)), "a kink or a rough cost"),
    "half-kink-at-the-point": (lambda at: np.sum(np.maximum(at - 0.5, 0) + at), "a kink or a rough cost"),
    "kink-beside-the-point": (lambda at: np.sum(np.abs(at - 0.5 - 1e-7)), "a kink or a rough cost"),
    "step-beside-the-point": (lambda at: np.sum(at + (at > 0.5 + 1e-8)), "a kink or a rough cost"),
    "single-precision": (lambda at: np.float32(np.sum(np.sin(at))), "a kink or a rough cost"),
    "constant": (lambda _: 3.0, "not live"),
    "not-finite": (lambda at: np.nan * np.sum(at), "not one finite number"),
    "two-numbers": (lambda at: at * np.ones(2), "not one finite number"),
}


@pytest.mark.parametrize(("rough", "told"), UNFIT.values(), ids=UNFIT)
def test_an_unfit_draw_is_the_tests_fault_whatever_the_answer(rough: Callable[[Any], Any], told: str) -> None:
    for answer in (np.array([1.0]), np.array([17.0]), None):
        with pytest.raises(ValueError, match=told):
            gradients.verify(rough, np.array([0.5]), answer)


@pytest.mark.parametrize(
    ("point", "called"), [({"w": [0.5]}, "^the gradient of w is not live"), ([0.5], "^the gradient is")]
)
def test_an_unfit_draw_is_told_with_the_parameter(point: Any, called: str) -> None:
    with pytest.raises(ValueError, match=called):
        gradients.verify(lambda _: 3.0, point, None if isinstance(point, list) else {"dw": None})


@pytest.mark.parametrize("distance", [0.0, *(10.0 ** np.arange(-9.0, -2.0, 0.05))])
def test_the_bound_holds_wherever_a_kink_is(distance: float) -> None:
    try:
        slope = gradients.measure(lambda at: np.sum(np.sin(at["t"]) + np.maximum(at["t"] - distance, 0)), {"t": [0.0]})
    except ValueError:
        assert distance < 1e-5
    else:
        assert abs(slope["t"].value[0] - 1) <= slope["t"].error[0]


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_holds_for_smooth_costs_of_any_curvature(seed: int) -> None:
    random = draws.state(seed)
    rate, phase, theta = np.exp(random.uniform(-3, 5)), random.uniform(0, 6), random.uniform(-30, 30)
    wanted = rate * np.cos(rate * theta + phase)
    slope = gradients.measure(lambda at: np.sin(rate * at["t"] + phase), {"t": theta})["t"]
    assert abs(slope.value - wanted) <= slope.error + 1e-13 * rate * max(1, abs(rate * theta))


def test_a_kink_within_reach_of_the_largest_step_is_avoided_by_a_smaller_one() -> None:
    slope = gradients.measure(lambda at: np.sum(2 * np.sin(at["t"]) + np.abs(at["t"] - 1e-4)), {"t": [0.0]})["t"]
    assert abs(slope.value[0] - 1) <= slope.error[0] < 1e-8


# Against the textbook formula


@pytest.fixture(scope="module")
def benchmark() -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        # As a module: what a class of none holds is not known again, and nothing is remembered.
        yield vars(importlib.import_module("gradient_checks"))


def test_a_planted_fault_is_seen_and_the_right_pass_is_taken(benchmark: dict[str, Any]) -> None:
    assert not benchmark["mistakes"](benchmark["vetted"], benchmark["ours"], range(5))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 1000, 250))
def test_a_thousand_vetted_draws_give_no_false_alarm_and_no_miss(benchmark: dict[str, Any], first: int) -> None:
    assert not benchmark["mistakes"](benchmark["vetted"], benchmark["ours"], range(first, first + 250))


@pytest.mark.slow
def test_the_textbook_formula_is_wrong_on_some_draws_of_a_thousand(benchmark: dict[str, Any]) -> None:
    wrong = benchmark["mistakes"](benchmark["plain"], benchmark["textbook"], range(1000))
    assert 20 < wrong[benchmark["RIGHT"]] < 100
    assert 10 < wrong["dW2 twice too large"] < 60

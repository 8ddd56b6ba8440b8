"""How often gradient checks are wrong: the textbook formula on draws as they come, and ours on vetted ones.

Run it from the course folder::

    .venv/bin/python tests/benchmarks/gradient_checks.py [--seeds 1000]
"""

# The course's own names: X, Y, W1, dZ3 (N803, N806).
# ruff: noqa: N803, N806

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import CheckFailed, TooClose, draws, gradients
from autograder.checks.memory import Memory, recalling
from reference import gradient_checking as reference
from reference.vectors import SHAPES, gradients_to_vector, vector_to_dictionary

Arrays = dict[str, Any]

SIZES = [4, 5, 3, 1]
EXAMPLES = 3
RIGHT = "the right backward pass"


@dataclass(frozen=True, slots=True)
class Case:
    """A network, its data, and what its forward pass says."""

    X: Any
    Y: Any
    parameters: Arrays
    cache: Arrays

    @np.errstate(divide="ignore", invalid="ignore")  # a saturated output costs infinitely much
    def cost(self, parameters: Arrays) -> float:
        return float(reference.forward_propagation_n(self.X, self.Y, parameters)[0])


@np.errstate(divide="ignore", invalid="ignore")
def case(X: Any, Y: Any, parameters: Arrays) -> Case:
    names = ("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
    _, cache = reference.forward_propagation_n(X, Y, parameters)
    return Case(X, Y, parameters, dict(zip(names, cache, strict=True)))


def plain(seed: int) -> Case:
    """Draw as the homework does: standard normal, and nothing is vetted."""
    random = draws.state(seed)
    X = random.standard_normal((SIZES[0], EXAMPLES))
    parameters = {key: random.standard_normal(shape) for key, shape in SHAPES.items()}
    return case(X, random.randint(0, 2, size=(1, EXAMPLES)), parameters)


def vetted(seed: int) -> Case:
    drawn = draws.network(seed, SIZES, EXAMPLES, saturation=5.0, live=1e-3)
    return case(drawn.X, drawn.Y, drawn.parameters)


# Backward passes


def on(Z: Any) -> Any:
    return Z > 0


def everywhere(Z: Any) -> Any:
    return np.ones_like(Z)


def backward(
    it: Case, *, first: Any = on, second: Any = on, W2: str = "A1", W3: str = "A2", squared: bool = False
) -> Arrays:
    """Run the network backward, right by default; `W2` and `W3` name what these weights are taken to multiply."""
    values = it.cache
    dZ3 = values["A3"] - it.Y
    if squared:
        dZ3 = dZ3 * values["A3"] * (1 - values["A3"])
    dZ2 = values["W3"].T @ dZ3 * second(values["Z2"])
    dZ1 = values["W2"].T @ dZ2 * first(values["Z1"])
    found = {"dZ1": dZ1, "dZ2": dZ2}
    for layer, (dZ, inputs) in enumerate(((dZ1, it.X), (dZ2, values[W2]), (dZ3, values[W3])), 1):
        found[f"dW{layer}"] = dZ @ inputs.T / EXAMPLES
        found[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / EXAMPLES
    return found


def scaled(**factors: float) -> Callable[[Case], Arrays]:
    return lambda it: {key: factors.get(key, 1.0) * value for key, value in backward(it).items()}


def replaced(key: str, by: Callable[[Case, Arrays], Any]) -> Callable[[Case], Arrays]:
    def spoilt(it: Case) -> Arrays:
        right = backward(it)
        return right | {key: by(it, right)}

    return spoilt


def one_off(value: Any) -> Any:
    """Move the first entry by a hundredth of the largest."""
    moved = value.copy()
    moved[0, 0] += 0.01 * np.abs(value).max()
    return moved


FAULTS: dict[str, Callable[[Case], Arrays]] = {
    "dW2 twice too large": scaled(dW2=2),
    "db1 four times too large": scaled(db1=4),
    "dW2 twice, db1 four times too large": scaled(dW2=2, db1=4),
    "dW1 of the wrong sign": scaled(dW1=-1),
    "db2 of the wrong sign": scaled(db2=-1),
    "all of the wrong sign": scaled(**{f"d{key}": -1 for key in SHAPES}),
    "dW3 without 1/m": scaled(dW3=EXAMPLES),
    "all without 1/m": scaled(**{f"d{key}": EXAMPLES for key in SHAPES}),
    "dW1 0.1 % too large": scaled(dW1=1.001),
    "db3 zero": scaled(db3=0),
    "dW1 transposed, then reshaped": replaced("dW1", lambda _, right: right["dW1"].T.reshape(5, 4)),
    "db1 summed over the units too": replaced("db1", lambda _, right: np.full((5, 1), right["db1"].sum())),
    "one entry of dW1 off by 1 %": replaced("dW1", lambda _, right: one_off(right["dW1"])),
    "one entry of dW2 off by 1 %": replaced("dW2", lambda _, right: one_off(right["dW2"])),
    "one entry of dW3 off by 1 %": replaced("dW3", lambda _, right: one_off(right["dW3"])),
    "the ReLU of layer 1 forgotten": lambda it: backward(it, first=everywhere),
    "the ReLU of layer 2 forgotten": lambda it: backward(it, second=everywhere),
    "dW2 from Z1 instead of A1": lambda it: backward(it, W2="Z1"),
    "dW3 from Z2 instead of A2": lambda it: backward(it, W3="Z2"),
    "the gradient of a squared cost": lambda it: backward(it, squared=True),
}
PASSES = {RIGHT: backward} | FAULTS


# The checks


def textbook(it: Case) -> Callable[[Arrays], bool]:
    """Take centered differences with epsilon 1e-7; a gradient passes where the ratio of norms is below 2e-7."""
    theta = gradients_to_vector({f"d{key}": value for key, value in it.parameters.items()})
    slope = np.zeros_like(theta)
    for index, shift in enumerate(1e-7 * np.eye(len(theta))):
        ahead, behind = (it.cost(vector_to_dictionary(theta + way * shift[:, None])) for way in (1, -1))
        slope[index] = (ahead - behind) / 2e-7 if np.isfinite([ahead, behind]).all() else np.nan

    def passes(found: Arrays) -> bool:
        got = gradients_to_vector(found)
        return bool(np.linalg.norm(got - slope) / (np.linalg.norm(got) + np.linalg.norm(slope)) < 2e-7)

    return passes


def ours(it: Case) -> Callable[[Arrays], bool] | None:
    """`gradients.verify`; None where it calls the draw unfit."""
    memory = Memory()  # as in a test cell, where every submission has the same draw

    def cost(parameters: Arrays) -> float:
        return it.cost(parameters)

    def passes(found: Arrays) -> bool:
        try:
            with recalling(memory):
                gradients.verify(cost, it.parameters, found)
        except (CheckFailed, TooClose):
            return False
        return True

    try:
        with recalling(memory):
            gradients.measure(cost, it.parameters)
    except ValueError:
        return None
    return passes


def mistakes(draw: Callable[[int], Case], check: Callable[[Case], Any], seeds: range) -> Counter[str]:
    """Count the wrong verdicts by backward pass, and the draws that a check calls unfit."""
    wrong: Counter[str] = Counter()
    for seed in seeds:
        it = draw(seed)
        passes = check(it)
        if passes is None:
            wrong["unfit"] += 1
            continue
        wrong.update(name for name, run in PASSES.items() if passes(run(it)) != (name == RIGHT))
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    seeds = range(parser.parse_args().seeds)
    columns = [mistakes(draw, check, seeds) for check in (textbook, ours) for draw in (plain, vetted)]
    print("| | textbook, plain draws | textbook, vetted draws | ours, plain draws | ours, vetted draws |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in [*PASSES, "unfit"]:
        said = {RIGHT: f"{RIGHT}, refused", "unfit": "the draw called unfit"}.get(name, f"missed: {name}")
        print(f"| {said} |", *(f"{column[name]} |" for column in columns))
    judged = [len(seeds) - column["unfit"] for column in columns]
    missed = [sum(column[name] for name in FAULTS) for column in columns]
    shares = (f"{100 * m / (len(FAULTS) * n):.2f} % |" for m, n in zip(missed, judged, strict=True))
    print("| all faults missed, of the draws judged |", *shares)


if __name__ == "__main__":
    main()

"""The catalogue of named wrong implementations, and the search in it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.diagnosis.evidence import Outputs, any_outputs, read
from autograder.diagnosis.numbers import Numbers, alike
from autograder.results import Diagnosis

Asked = tuple[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named wrong implementation of a graded function.

    Parameters
    ----------
    name : str
        Kebab case, unique within an assignment.
    function : str
        The graded function that it gets wrong.
    wrong : callable
        Has the graded function's signature.
    message : str
        What such an answer does, in one sentence.
    hint : str
        What to think about, in 20 to 80 words and without the solution's code.
    """

    name: str
    function: str
    wrong: Callable[..., Any]
    message: str
    hint: str


def diagnose(
    catalogue: Iterable[Misconception],
    right: Callable[..., Any],
    observed: Sequence[Asked],
    outputs: Outputs = any_outputs,
) -> Diagnosis | None:
    """Find the one misconception that predicts an answer on every input that was asked.

    Parameters
    ----------
    catalogue : iterable of Misconception
        Those of the function in question.
    right : callable
        The reference.
    observed : sequence of (arguments, value)
        What the answer returned on fresh inputs.
    outputs : callable
        Names the outputs that are judged; what a value holds beyond them is not compared.

    Returns
    -------
    Diagnosis or None
        None where the reference predicts the answer too, where no entry does, or where several do.
    """
    wanted = [read(outputs, outcome(right, arguments))[0] for arguments, _ in observed]
    got = [read(outputs, value)[0] for _, value in observed]

    def told(entry: Misconception, number: int) -> Mapping[str, Numbers | None]:
        return read(outputs, outcome(entry.wrong, observed[number][0]))[0]

    return match(catalogue, told, wanted, got)


def match(
    catalogue: Iterable[Misconception],
    told: Callable[[Misconception, int], Mapping[str, Numbers | None]],
    wanted: Sequence[Mapping[str, Numbers | None]],
    got: Sequence[Mapping[str, Numbers | None]],
) -> Diagnosis | None:
    """Find the one misconception whose predictions are an answer's outputs.

    Parameters
    ----------
    catalogue : iterable of Misconception
    told : callable
        Given an entry and the number of a question, the outputs that the entry predicts.
    wanted, got : sequence of mapping
        The outputs of the reference and of the answer, a mapping a question.

    Returns
    -------
    Diagnosis or None
    """
    if not got or all(map(_agree, wanted, got, wanted)):
        return None
    numbers = range(len(got))
    fitting = [e for e in catalogue if all(_agree(told(e, n), got[n], wanted[n]) for n in numbers)]
    if len(fitting) != 1:
        return None
    (entry,) = fitting
    return Diagnosis(entry.name, entry.message, entry.hint)


def _agree(
    told: Mapping[str, Numbers | None], got: Mapping[str, Numbers | None], wanted: Mapping[str, Numbers | None]
) -> bool:
    """Compare a prediction with an answer on all outputs that are wanted or predicted."""
    labels = dict.fromkeys([*wanted, *told])
    return bool(told) and all(
        (label not in told and label not in got) or alike(told.get(label), got.get(label)) for label in labels
    )


def outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Call a wrong implementation with copies; one that raises predicts nothing, for NaN is alike to nothing."""
    with np.errstate(all="ignore"):
        try:
            return function(*copy.deepcopy(arguments))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return float("nan")

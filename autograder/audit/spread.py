"""How much room the tolerance leaves: right answers on the near side of it, wrong ones on the far side.

All is measured in the unit that decides, the deviation that an output may have (`autograder.checks.tolerance`).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import observe
from autograder.checks.tolerance import in_double, tolerance

Answer = Callable[..., Any]
Outputs = Callable[[Any], Mapping[str, Any]]
# Gives the deviation of an output as a multiple of what is allowed.
_Measure = Callable[[object], float]

# One unit in the last place of 1.0; rounding to nearest is off by half of it.
_EPS = float(np.finfo(np.float64).eps)
_PERTURBATIONS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """How far right answers lie apart in one output.

    Parameters
    ----------
    output : str
    allowed : float
        The smallest deviation that was allowed on any question, in the output's own unit.
    error : float
        Estimated float64 error of the reference, as a share of what is allowed; the greatest over all questions.
    spread : float
        Greatest deviation of a right variant from the reference, as a share of what is allowed.
    """

    output: str
    allowed: float
    error: float
    spread: float

    @property
    def margin(self) -> float:
        """What is allowed, as a multiple of the greater of error and spread; infinite where all are equal."""
        greater = max(self.error, self.spread)
        return 1 / greater if greater else np.inf


@dataclass(frozen=True, slots=True)
class Nearest:
    """The wrong answer that is hardest to tell from a right one.

    Parameters
    ----------
    wrong : str
        Its name.
    deviation : float
        Its greatest deviation on any question and output, as a multiple of what is allowed; infinite where it differs
        in form.
    """

    wrong: str
    deviation: float


def spread(
    right: Answer, variants: Iterable[Answer], questions: Iterable[tuple[Any, ...]], outputs: Outputs
) -> dict[str, Spread]:
    """Measure the float64 error of a reference, and how far right variants are from it.

    The error is estimated by what the output makes of inputs that are off by one rounding: every entry of every float
    array is multiplied by ``1 + s 2**-52`` with s of -1, 0, 1 at random, five times a question. That is the condition
    number times the rounding, the rule of thumb for the forward error of a backward stable computation (Higham,
    Accuracy and Stability of Numerical Algorithms, 2nd edition, section 1.6); the result's own rounding is the least.

    Why not the same computation in long double: on many machines it is no wider than a double; references round to
    `float` on the way; and where the rounding of ``theta + epsilon`` is what a question asks for, it gives another
    right answer, not a better one. For the latter reason numbers outside of arrays stay as they are. A zero stays a
    zero: it says that a unit is off.

    Parameters
    ----------
    right : callable
        The reference.
    variants : iterable of callable
        Right answers in other words; trusted.
    questions : iterable of tuple
        Arguments of the graded function.
    outputs : callable
        Names what is judged of a result.

    Returns
    -------
    dict of str to Spread
        By output. A variant that differs in form or gives NaN has the deviation infinity.

    Raises
    ------
    Exception
        Whatever the reference or a variant raises.
    """
    others = tuple(variants)
    found: dict[str, Spread] = {}
    for number, question in enumerate(questions):
        wanted = outputs(_asked(right, question))
        again = [outputs(_asked(right, moved)) for moved in _perturbed(question, number)]
        answered = [outputs(_asked(variant, question)) for variant in others]
        for output, value in wanted.items():
            seen = _one(output, value, again, answered)
            found[output] = _wider(found[output], seen) if output in found else seen
    return found


def _asked(answer: Answer, question: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever it gives
    """Ask an answer with arguments of its own, which those after it find as they were drawn, generators too."""
    return observe(answer, *copy.deepcopy(question)).value


def _one(
    output: str,
    wanted: Any,  # noqa: ANN401
    again: Iterable[Mapping[str, Any]],
    answered: Iterable[Mapping[str, Any]],
) -> Spread:
    """Measure one output of one question."""
    bounds, share = tolerance(wanted), _measure_from(wanted)
    rounding = _EPS / 2 * bounds.largest / bounds.allowed
    error = max((share(one.get(output)) for one in again), default=0.0)
    apart = max((share(one.get(output)) for one in answered), default=0.0)
    return Spread(output, bounds.allowed, max(error, rounding), apart)


def _wider(one: Spread, other: Spread) -> Spread:
    allowed, error = min(one.allowed, other.allowed), max(one.error, other.error)
    return Spread(one.output, allowed, error, max(one.spread, other.spread))


def nearest(
    right: Answer, wrongs: Mapping[str, Answer], questions: Iterable[tuple[Any, ...]], outputs: Outputs
) -> Nearest:
    """Find the wrong answer whose values come nearest to the right ones.

    Parameters
    ----------
    right : callable
        The reference.
    wrongs : mapping of str to callable
        Wrong answers, by name; trusted. One that raises differs in form.
    questions, outputs
        As of `spread`.

    Returns
    -------
    Nearest

    Raises
    ------
    ValueError
        Where there is no wrong answer.
    """
    asked = [(question, _measures(outputs(_asked(right, question)))) for question in questions]
    found: Nearest | None = None
    for name, wrong in wrongs.items():
        farthest = _farthest(wrong, asked, outputs, found.deviation if found else np.inf)
        if found is None or farthest < found.deviation:
            found = Nearest(name, farthest)
    if found is None:
        raise ValueError("there is no wrong answer")
    return found


def _measures(wanted: Mapping[str, Any]) -> dict[str, _Measure]:
    return {output: _measure_from(value) for output, value in wanted.items()}


def _farthest(
    wrong: Answer, asked: Iterable[tuple[tuple[Any, ...], Mapping[str, _Measure]]], outputs: Outputs, nearest: float
) -> float:
    """Give the greatest deviation on any question, or the first that is no less than that of the nearest so far."""
    worst = 0.0
    for question, wanted in asked:
        if worst >= nearest:
            break
        try:
            with np.errstate(all="ignore"):
                answered = outputs(_asked(wrong, question))
        except Exception:  # noqa: BLE001 - a wrong answer may fail in any way
            return np.inf
        worst = max([worst, *(share(answered.get(output)) for output, share in wanted.items())])
    return worst


def deviation(answered: object, wanted: object) -> float:
    """Give the greatest deviation of an output as a multiple of what is allowed; infinity for another form."""
    return _measure_from(wanted)(answered)


def _measure_from(wanted: object) -> _Measure:
    """Give what tells how far outputs are from one that many are compared with."""
    try:
        right = in_double(wanted)
    except (TypeError, ValueError):
        return lambda _: np.inf
    allowed = tolerance(right).allowed

    def share(answered: object) -> float:
        try:
            got = in_double(answered)
        except (TypeError, ValueError):
            return np.inf
        # One number is the same number in an array of one.
        if got.shape != right.shape and not got.size == right.size == 1:
            return np.inf
        with np.errstate(invalid="ignore", over="ignore"):
            greatest = float(np.max(np.abs(got.reshape(right.shape) - right), initial=0.0))
        return np.inf if math.isnan(greatest / allowed) else greatest / allowed

    return share


def _perturbed(question: tuple[Any, ...], seed: int) -> Iterator[tuple[Any, ...]]:
    random = np.random.RandomState(seed)
    for _ in range(_PERTURBATIONS):
        yield tuple(_moved(argument, random) for argument in question)


def _moved(value: Any, random: np.random.RandomState) -> Any:  # noqa: ANN401
    """Move every entry of every float array by one rounding, through dictionaries, tuples and lists."""
    if isinstance(value, dict):
        return {key: _moved(item, random) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        # A named tuple takes its items one by one.
        return getattr(value, "_make", type(value))(_moved(item, random) for item in value)
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value * (1 + _EPS * random.randint(-1, 2, size=value.shape))
    return value

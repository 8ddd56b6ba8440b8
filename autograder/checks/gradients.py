"""Gradients judged by the slope of their cost, measured so that the measurement knows its own error.

A gradient check with one fixed step has false alarms (a kink in reach, a saturated unit) and misses (a dead unit). Here
every slope comes with a bound of its error, and the bound is the threshold; where no useful bound can be had the draw
is unfit and the instructor is told, whatever the answer was. ``docs/gradient-checks.md`` has the reasons and figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checks.arguments import named
from autograder.checks.failure import CheckFailed, TooClose, doubt
from autograder.checks.memory import remembered
from autograder.checks.saying import share_of
from autograder.checks.structure import array, mapping, scalar
from autograder.checks.tolerance import tolerance

Floats = NDArray[np.float64]
Cost = Callable[[Any], Any]

# eps**(1/5) = 2**-10.4 balances truncation (h**4) and rounding (eps / h) of a fourth-order difference. The smaller
# steps are for kinks and strong curvature near by. Powers of two: theta + h then hardly ever rounds.
_LARGEST, _SMALLEST = 2.0**-10, 2.0**-22
# Below this a parameter has no scale of its own.
_TINY = 2.0**-24
_EPSILON = float(np.finfo(np.float64).eps)
# A bound above this part of an array's largest slope decides nothing: the draw is unfit.
_BLUR = 1e-6
_ROUGH = 1e4  # a cost whose rounding is this many times that of one number is not computed in double precision
_ALIKE = 1e-3  # how well a factor must explain what came
_NO_NUMBER = "the cost is not one finite number round this point; take a vetted draw"
# A factor is told only up to here, and down to its inverse; of a single entry only where it or its inverse is whole.
_SIMPLE = 100
_MOST_TOLD = 3  # of how many gradients is told what is wrong: the answer may have chosen it
_BARE = _OPPOSITE, _TWICE, _MULTIPLE = "has the opposite sign", "is about twice the slope", "is a multiple of the slope"


@dataclass(frozen=True, slots=True)
class Slope:
    """The measured derivative of a cost by one parameter.

    Parameters
    ----------
    value : float array, shaped as the parameter
    error : float array of the same shape
        Bounds of ``|value - derivative|``, entry by entry.
    """

    value: Floats
    error: Floats


@remembered
def measure(cost: Cost, parameters: Mapping[str, ArrayLike]) -> dict[str, Slope]:
    """Measure the slope of a cost by every entry of its parameters.

    Fourth-order central differences, ``(8 (J(h) - J(-h)) - (J(2h) - J(-2h))) / 12h`` (Fornberg 1988, table 1). The
    bound of an entry's error is the sum of three parts: the change of the estimate when the step doubles (15 times its
    truncation error), the jump of the slope at the point itself, and the rounding of the cost. The step is the one
    whose bound is least, from ``2**-10`` times the binade of the entry, or of 1 where that is larger, down to
    ``2**-22`` times the binade of the entry.

    Parameters
    ----------
    cost : callable
        Takes a dictionary such as `parameters`, returns one number. It must be the test's own, not an answer's.
    parameters : mapping of str to array_like
        The point. The cost gets copies.

    Returns
    -------
    dict of str to Slope

    Raises
    ------
    ValueError
        Where the point decides nothing: a cost that is not finite, a kink, or a parameter without a live gradient. That
        is the draw's fault and not the answer's: take a vetted draw.
    """
    point = {key: np.array(value, dtype=np.float64) for key, value in parameters.items()}
    line = _Line(cost, point)
    found = {}
    for key in point:
        found[key], rounding = line.slope(key)
        _require_fit(key, found[key], rounding)
    return found


def verify(cost: Cost, parameters: Mapping[str, ArrayLike] | ArrayLike, gradients: object, name: str = "") -> None:
    """Require the gradient of a cost: shapes first, then every entry within the error bound of its measured slope.

    Parameters
    ----------
    cost : callable
        Takes what `parameters` is, a dictionary or an array, and returns one number. The test's own, not an answer's.
    parameters : mapping of str to array_like, or array_like
        The point, drawn so that no kink is near: `draws.network` with ``live``, for instance.
    gradients : object
        What the answer returned. For a dictionary with the parameters ``W1`` and ``b1``, one with ``dW1`` and ``db1``
        at least; for an array, an array of its shape.
    name : str
        How the message calls the value; "the gradients" or "the gradient" by default.

    Raises
    ------
    CheckFailed
        Where a gradient is missing, has another shape, or is plainly not the slope. All wrong ones are named, the
        first three with the factor that explains them, if one does; where there are several factors, with the first.
    TooClose
        Where gradients are not right, and none is plainly wrong; the bounds are those of `tolerance` beyond the error.
    TypeError
        Where the name is no text.
    ValueError
        Of `measure`: the draw decides nothing.
    """
    named(name)
    if isinstance(parameters, Mapping):
        slopes = measure(cost, parameters)
        names = {key: f"d{key}" for key in parameters}
        given = mapping(gradients, names.values(), name or "the gradients")
        got = {key: given[names[key]] for key in parameters}
    else:
        slopes = measure(lambda only: cost(only[""]), {"": parameters})
        names, got = {"": name or "the gradient"}, {"": gradients}
    read = {key: _read(got[key], slope.value.shape, names[key]) for key, slope in slopes.items()}
    wrong = [key for key, slope in slopes.items() if _beyond(read[key], slope, tolerance(slope.value).limit)]
    if wrong:
        faults = _faults({names[key]: (read[key], slopes[key]) for key in wrong[:_MOST_TOLD]})
        raise CheckFailed(f"{_not_the_slope([names[key] for key in wrong])}: {'; '.join(faults)}.")
    doubts = [names[key] for key, slope in slopes.items() if _beyond(read[key], slope, tolerance(slope.value).allowed)]
    if doubts:
        doubt(TooClose(f"{_not_the_slope(doubts)} in the last digits of float32: a person will look at it."))


class _Line:
    """A cost along one entry of its parameters at a time."""

    def __init__(self, cost: Cost, point: dict[str, Floats]) -> None:
        self._cost = cost
        self._point = point
        self._here = self._at({})
        self._noise, self._smooth = self._scatter()

    def _at(self, shifts: Mapping[str, Floats]) -> float:
        """Give the cost near the point; NaN or infinity where it has none there."""
        moved = {key: value + shifts.get(key, 0.0) for key, value in self._point.items()}
        with np.errstate(all="ignore"):
            number = np.asarray(self._cost(moved), dtype=np.float64)
        if number.size != 1:
            raise ValueError(_NO_NUMBER)
        return float(number.reshape(()))

    def _scatter(self) -> tuple[float, bool]:
        """Measure the rounding of the cost, and tell whether it is that of double precision.

        Rounding is what is no polynomial of degree 3 within 1e-6 of the point.

        Fourth differences take away what is smooth, and make of noise of variance 1 noise of variance 70 (the sum of
        the squared binomials). The reach is one that a cost in single precision has to round, too.
        """
        reach = {key: _SMALLEST * _scale(value) * _signs(value.shape) for key, value in self._point.items()}
        costs = [self._at({key: step * by for key, by in reach.items()}) for step in range(-8, 9)]
        if not np.all(np.isfinite([self._here, *costs])):
            raise ValueError(_NO_NUMBER)
        rough, least = float(np.abs(np.diff(costs, 4)).max() / 2), _EPSILON * float(np.abs(costs).max())
        return rough + least, rough <= _ROUGH * least

    def slope(self, key: str) -> tuple[Slope, Floats]:
        """Measure one array; beside its slope, the part of the error that double precision explains."""
        value = np.zeros_like(self._point[key])
        error, noise = np.full_like(value, np.inf), np.zeros_like(value)
        for index in np.ndindex(value.shape):
            for step in _steps(float(self._point[key][index])):
                found, wrong, rounding = self._differences(key, index, step)
                if wrong + rounding < error[index]:
                    value[index], error[index], noise[index] = found, wrong + rounding, rounding
                if wrong <= rounding:  # a smaller step rounds more and gains nothing
                    break
        return Slope(value, error), noise * self._smooth

    @np.errstate(invalid="ignore")
    def _differences(self, key: str, index: tuple[int, ...], h: float) -> tuple[float, float, float]:
        """Return the slope, the bound of truncation and kinks, and the bound of rounding, for one step."""
        unit = np.zeros_like(self._point[key])
        unit[index] = h
        ahead, behind = (
            np.array([self._at({key: sign * far * unit}) for far in (1.0, 2.0, 4.0)]) for sign in (1.0, -1.0)
        )
        odd, even = ahead - behind, ahead + behind - 2 * self._here
        near, far = ((8 * odd[k] - odd[k + 1]) / (12 * h * 2**k) for k in (0, 1))
        # Curvature makes `even` four times as large when the step doubles, a jump of the slope only twice.
        jump = (2 * even[0] - even[1] / 2) / h
        # Coefficients: 18/12 for the slope, 3/4 more for its change, 10 for the jump.
        return float(near), float(abs(far - near) + abs(jump)), 12.25 * self._noise / h


def _not_the_slope(names: list[str]) -> str:
    listed = " and ".join(names)
    if len(names) == 1:
        return f"{listed} does not agree with the slope of the cost"
    return f"{listed} do not agree with the slope of the cost"


def _signs(shape: tuple[int, ...]) -> Floats:
    return (-1.0) ** np.arange(np.prod(shape, dtype=int)).reshape(shape)


def _scale(value: ArrayLike) -> Any:  # noqa: ANN401 - an array for an array, a number for a number
    """Return the power of two at or above the magnitude of a parameter; 1 for zero, which has none."""
    magnitude = np.abs(value)
    return 2.0 ** np.ceil(np.log2(np.where(magnitude > 0, np.maximum(magnitude, _TINY), 1.0)))


def _steps(value: float) -> Iterator[float]:
    """Go from the largest step for a parameter of this magnitude down to the smallest."""
    own = float(_scale(value))
    step, last = _LARGEST * max(own, 1.0), _SMALLEST * own
    while step >= last:
        yield step
        step /= 4


def _require_fit(key: str, slope: Slope, rounding: Floats) -> None:
    called = f"the gradient of {key}" if key else "the gradient"
    largest, error = np.abs(slope.value).max(initial=0.0), slope.error.max(initial=0.0)
    if largest <= error and np.all(slope.error <= 2 * rounding):
        raise ValueError(f"{called} is not live here: no answer could be wrong in it; take a vetted draw")
    if error > _BLUR * largest:
        place = np.unravel_index(int(slope.error.argmax()), slope.error.shape)
        at = f" at {tuple(map(int, place))}" if place else ""
        known = f" better than to {error / largest:.1g} of its size" if largest > error else ""
        raise ValueError(f"{called} cannot be measured{at}{known}: a kink or a rough cost is near; take a vetted draw")


def _read(got: object, shape: tuple[int, ...], name: str) -> Floats:
    if shape == ():
        return np.asarray(scalar(got, name))
    read = array(got, shape, "number", name).astype(np.float64)
    broken = int(np.count_nonzero(~np.isfinite(read)))
    if broken:
        raise CheckFailed(f"{name} is not finite in {share_of(broken, read.size)}.")
    return read


@np.errstate(over="ignore", invalid="ignore")
def _beyond(got: Floats, slope: Slope, tolerated: float) -> int:
    """Count the entries that are off by more than the error of the slope and what is tolerated."""
    # `<=` and not `not >`: a NaN must count.
    return int(np.count_nonzero(~(np.abs(got - slope.value) <= slope.error + tolerated)))


def _faults(wrong: Mapping[str, tuple[Floats, Slope]]) -> list[str]:
    """Tell what is plainly wrong with gradients, and one factor of those that they have."""
    factors = {key: _factor(got, slope) for key, (got, slope) in wrong.items()}
    told = [_times(factor) for factor in factors.values() if factor is not None]
    first = next((words for words in told if words not in _BARE), "")
    return [f"{key} {_fault(got, slope, factors[key], first)}" for key, (got, slope) in wrong.items()]


def _fault(got: Floats, slope: Slope, factor: float | None, told: str) -> str:
    """Tell what is plainly wrong with a gradient; of the factors that it may have only the one that is told."""
    if not got.any():
        return "is zero"
    if factor is None:
        wrong = _beyond(got, slope, tolerance(slope.value).limit)
        return f"differs in {share_of(wrong, got.size)}"
    words = _times(factor)
    return words if words in {*_BARE, told} else _MULTIPLE


@np.errstate(over="ignore", invalid="ignore")
def _factor(got: Floats, slope: Slope) -> float | None:
    """Give the factor that explains a gradient, if one does."""
    factor = float(np.vdot(got, slope.value) / np.vdot(slope.value, slope.value))
    explained = bool(np.all(np.abs(got - factor * slope.value) <= _ALIKE * np.abs(got).max()))
    return factor if explained and got.any() and _plausible(factor, got.size) else None


def _plausible(factor: float, size: int) -> bool:
    if _alike(factor, 1):
        return False
    # One entry is always some multiple of another; several entries only if there is a factor indeed.
    multiple = max(abs(factor), 1 / abs(factor))
    return size > 1 or (multiple < _SIMPLE and _alike(multiple, round(multiple)))


def _times(factor: float) -> str:
    if _alike(factor, -1):
        return _OPPOSITE
    if _alike(factor, 2):
        return _TWICE
    return f"is about {factor:.2g} times the slope" if 1 / _SIMPLE <= abs(factor) <= _SIMPLE else _MULTIPLE


def _alike(factor: float, wanted: float) -> bool:
    return abs(factor - wanted) < _ALIKE

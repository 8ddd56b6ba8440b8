"""What a class's results say of the class and of the test cells: plain numbers, no markup."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.outcomes import ClassOutcome, Outcome
from autograder.results import FunctionResult, Measure, Verdict

# A little more than the factor within which a check leaves a measure to a person.
NEAR = 1.5
# Fewer answers make a correlation that says nothing.
_LEAST = 5
# Below this an item hardly tells weak from strong; one that nearly all pass or fail cannot.
_ODD, _FEW = 0.1, 0.05
# Of one answer: its points, the most that it could have, and the points of all else.
_Row = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """A function or a test cell, over all settled answers of the class.

    Parameters
    ----------
    notebook : str
    name : str
        Of the function, or the test cell's grade id.
    function : str
    points : float
    answers : int
        Settled ones.
    failed : int
        Those without full marks.
    difficulty : float
        Mean share of the points, in [0, 1]: high is easy, as the measure is usually defined.
    discrimination : float or None
        Correlation of the item's points with the rest of the total, in [-1, 1]: the corrected item-total correlation
        (Henrysson, Psychometrika 28, 1963). None where it is not defined or fewer than 5 answered.
    """

    notebook: str
    name: str
    function: str
    points: float
    answers: int
    failed: int
    difficulty: float
    discrimination: float | None

    @property
    def failure_rate(self) -> float:
        """Share of the settled answers without full marks."""
        return self.failed / self.answers if self.answers else 0.0

    @property
    def odd(self) -> bool:
        """Tell whether the item separates weak from strong so badly that somebody should look at it."""
        return self.discrimination is not None and self.discrimination < _ODD and _FEW <= self.failure_rate <= 1 - _FEW


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake, and who made it.

    Parameters
    ----------
    function : str
    name : str
        The misconception; for an answer whose mistake was not recognized, its verdict.
    recognized : bool
    message : str
        What such an answer does; empty where it was not recognized.
    students : tuple of int
        Places in the class list.
    notebook : str
    """

    function: str
    name: str
    recognized: bool
    message: str
    students: tuple[int, ...]
    notebook: str = ""

    @property
    def label(self) -> str:
        """Name it so that it can stand alone."""
        return self.name if self.recognized else f"{self.name}: {self.function}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A student's measure of a test cell that came nearest to its threshold."""

    student: int
    grade_id: str
    measure: Measure

    @property
    def right(self) -> bool:
        """Tell whether it is on the wanted side."""
        below = 0 <= self.measure.value < self.measure.threshold
        return below if self.measure.wanted == "below" else self.measure.value > self.measure.threshold

    @property
    def near(self) -> bool:
        """Tell whether it is within a factor of `NEAR` of the threshold, on either side."""
        value, threshold = self.measure.value, self.measure.threshold
        return threshold / NEAR < value < threshold * NEAR


def function_figures(outcome: ClassOutcome) -> list[ItemFigures]:
    """Give the figures of each graded function, in the notebooks' order."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for one in outcome.submitted:
        total = sum(function.score for function in one.functions)
        for notebook, function in _functions(one):
            if all(check.score is not None for check in function.checks):
                rows = found.setdefault((notebook, function.name), [])
                rows.append((function.score, function.max_score, total - function.score))
    return [_figures(notebook, name, name, rows) for (notebook, name), rows in found.items()]


def cell_figures(outcome: ClassOutcome) -> list[ItemFigures]:
    """Give the figures of each test cell, in the notebooks' order."""
    found: dict[tuple[str, str, str], list[_Row]] = {}
    for one in outcome.submitted:
        total = sum(function.score for function in one.functions)
        for notebook, function in _functions(one):
            for check in function.checks:
                rows = found.setdefault((notebook, function.name, check.grade_id), [])
                if check.score is not None:
                    rows.append((check.score, check.max_score, total - check.score))
    return [_figures(notebook, cell, function, rows) for (notebook, function, cell), rows in found.items()]


def mistakes(outcome: ClassOutcome) -> list[Mistake]:
    """Gather who shares which mistake: by function in the notebooks' order, the most frequent first."""
    found: dict[tuple[str, tuple[str, str, bool, str]], list[int]] = {}
    order: dict[tuple[str, str], int] = {}
    for place, one in enumerate(outcome.outcomes):
        for notebook, function in _functions(one):
            order.setdefault((notebook, function.name), len(order))
            if function.verdict not in {Verdict.PASSED, Verdict.INTERNAL_ERROR} and not function.waits:
                found.setdefault((notebook, _mistake(function)), []).append(place)
    rows = [Mistake(*about, tuple(students), notebook) for (notebook, about), students in found.items()]
    return sorted(rows, key=lambda row: (order[row.notebook, row.function], -len(row.students), row.name))


def measured(outcome: ClassOutcome) -> list[Measured]:
    """Give what test cells held against thresholds, a measure a student and cell."""
    return [
        Measured(place, check.grade_id, min(check.measures, key=_distance))
        for place, one in enumerate(outcome.outcomes)
        for check in one.checks
        if check.measures
    ]


def reasons(one: Outcome) -> list[str]:
    """Say why a person must look at a submission."""
    found = [f"{file.notebook}: {file.error}" for file in one.unreadable]
    for function in one.functions:
        for check in function.checks:
            if check.score is None:
                kind = "too close to call" if check.undecided else "a fault of ours"
                found.append(f"{check.grade_id} of {function.name}, {kind}: {check.message}")
    found += [f"{cell.name}: nobody has graded it yet." for cell in one.by_hand if cell.score is None]
    if one.waits and not found:
        found.append("The gradebook waits for points given by hand.")
    return found


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share of the values lies, interpolated; `values` is not empty."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _functions(one: Outcome) -> Iterator[tuple[str, FunctionResult]]:
    """Give the graded functions of a submission with their notebooks: two of those may ask for one name."""
    return ((result.notebook, function) for result in one.results for function in result.functions)


def _figures(notebook: str, name: str, function: str, rows: Sequence[_Row]) -> ItemFigures:
    points = rows[0][1] if rows else 0.0
    shares = [score / most if most else 1.0 for score, most, _ in rows]
    return ItemFigures(
        notebook=notebook,
        name=name,
        function=function,
        points=points,
        answers=len(rows),
        failed=sum(score < most for score, most, _ in rows),
        difficulty=statistics.fmean(shares) if shares else 0.0,
        discrimination=_correlation([score for score, _, _ in rows], [rest for _, _, rest in rows]),
    )


def _correlation(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    if len(scores) < _LEAST:
        return None
    try:
        # Sums of points that are the same may differ in their last digit.
        return statistics.correlation(*([round(points, 9) for points in series] for series in (scores, rests)))
    except statistics.StatisticsError:  # all answers have the same points
        return None


def _mistake(function: FunctionResult) -> tuple[str, str, bool, str]:
    if function.diagnosis is None:
        return function.name, str(function.verdict), False, ""
    return function.name, function.diagnosis.misconception, True, function.diagnosis.message


def _distance(measure: Measure) -> float:
    """Order measures by how little they fulfil their wish: the worst one speaks for the cell."""
    ratio = measure.value / measure.threshold if measure.threshold else 0.0
    return -ratio if measure.wanted == "below" else ratio


def near(rows: Iterable[Measured]) -> list[Measured]:
    """Give those measures that are near their threshold."""
    return [row for row in rows if row.near]

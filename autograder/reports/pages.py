"""From outcomes to pages."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.outcomes import ClassOutcome, Outcome
from autograder.reports import figures, plots
from autograder.results import WAITS, FunctionResult, Trust, Verdict, in_html, one_line

_LONGEST = 4000
_SLOWEST = 5


def class_page(outcome: ClassOutcome, at: datetime) -> str:
    """Render the page of a class, for the instructor.

    Parameters
    ----------
    outcome : ClassOutcome
    at : datetime
        When the page is made; it is shown.

    Returns
    -------
    str
        HTML, whole in itself. It holds what every student of the class did: it is not for students.
    """
    # A mark that waits for a person says nothing of the class.
    settled = [one.score for one in outcome.submitted if not one.waits]
    cells, mistakes, measured = figures.cell_figures(outcome), figures.mistakes(outcome), figures.measured(outcome)
    return _environment().get_template("class.html.j2").render(
        outcome=outcome,
        at=at,
        scores=_summary(settled),
        waiting=len(outcome.waiting),
        missing=_missing(outcome),
        functions=figures.function_figures(outcome),
        cells=cells,
        mistakes=mistakes,
        human=[(place, one, figures.reasons(one)) for place, one in enumerate(outcome.outcomes) if one.waits],
        measured=measured,
        near=figures.near(measured),
        near_factor=figures.NEAR,
        timings=_timings(outcome),
        isolation=_isolation(outcome),
        in_candidate=_in_candidate(outcome),
        plots=_plots(outcome, settled, cells, mistakes, measured),
    )  # fmt: skip


def student_page(outcome: Outcome, assignment: str) -> str:
    """Render the page of a student, for the student.

    Parameters
    ----------
    outcome : Outcome
    assignment : str

    Returns
    -------
    str
        HTML, whole in itself: the marks, and what did not hold. Nothing of others, no hidden test, no expected value.
    """
    return _environment().get_template("student.html.j2").render(one=outcome, assignment=assignment)


def _plots(
    outcome: ClassOutcome,
    settled: Sequence[float],
    cells: Sequence[figures.ItemFigures],
    mistakes: Sequence[figures.Mistake],
    measured: Sequence[figures.Measured],
) -> dict[str, Markup]:
    """Draw what there is to draw."""
    times = [result.seconds for one in outcome.submitted for result in one.results]
    drawn = {}
    if settled:
        drawn["distribution"] = plots.distribution(settled, outcome.max_score)
    if any(cell.discrimination is not None for cell in cells):
        drawn["difficulty"] = plots.difficulty(cells)
    if mistakes:
        drawn["mistakes"] = plots.shared_mistakes(mistakes, [one.person.id for one in outcome.outcomes])
    if measured:
        drawn["differences"] = plots.differences(measured)
    if times:
        drawn["seconds"] = plots.seconds(times)
    # Matplotlib escapes all text itself.
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704


def _summary(scores: Sequence[float]) -> dict[str, float]:
    if not scores:
        return {}
    return {
        "mean": statistics.fmean(scores),
        "median": statistics.median(scores),
        "lower quarter": figures.quantile(scores, 0.25),
        "upper quarter": figures.quantile(scores, 0.75),
        "lowest": min(scores),
        "highest": max(scores),
    }


def _timings(outcome: ClassOutcome) -> dict[str, Any]:
    times = sorted(
        ((sum(result.seconds for result in one.results), place, one) for place, one in enumerate(outcome.outcomes)
         if one.results),
        key=lambda row: -row[0],
    )  # fmt: skip
    if not times:
        return {}
    values = [seconds for seconds, _, _ in times]
    return {
        "all": sum(values),
        "median": statistics.median(values),
        "high": figures.quantile(values, 0.95),
        "slowest": times[:_SLOWEST],
    }


def _isolation(outcome: ClassOutcome) -> list[tuple[str, tuple[str, ...], int]]:
    """Count the notebooks by what kept their code apart."""
    found: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in outcome.submitted:
        for result in one.results:
            key = (result.isolation.level, result.isolation.layers)
            found[key] = found.get(key, 0) + 1
    return [(level, layers, count) for (level, layers), count in found.items()]


def _missing(outcome: ClassOutcome) -> dict[str, list[int]]:
    """Give, of each notebook, the places of those who have not handed it in beside others."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(outcome.outcomes):
        for name in one.missing:
            found.setdefault(name, []).append(place)
    return dict(sorted(found.items()))


def _in_candidate(outcome: ClassOutcome) -> list[str]:
    """Name the test cells that were decided beside the student's code."""
    cells = {check.grade_id for one in outcome.submitted for check in one.checks if check.trust is Trust.IN_CANDIDATE}
    return sorted(cells)


@functools.lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": lambda value: f"{round(value, 2):g}",
        "percent": lambda share: f"{100 * share:.0f} %",
        "decimal": lambda value: "–" if value is None else f"{value:.2f}".replace("-", "−"),  # noqa: RUF001
        "plain": lambda text: one_line(str(text), _LONGEST),
        "message": lambda text: Markup(in_html(one_line(str(text), _LONGEST))),  # noqa: S704 - it is escaped there
    }
    environment.globals |= {"PASSED": Verdict.PASSED, "words": _words}
    return environment


def _words(function: FunctionResult) -> str:
    return WAITS if function.waits else str(function.verdict).replace("_", " ")

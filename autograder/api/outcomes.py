"""An assignment as it stands: the results of grading, under the marks that the gradebook has now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.records import Row, kept
from autograder.outcomes import ClassOutcome, Outcome, Person
from autograder.results import CheckResult, FunctionResult, NotebookResult, Unreadable, Verdict, function_verdict


def class_outcome(root: Path, assignment: str) -> ClassOutcome:
    """Put together what grading found and what the gradebook says, which has the last word.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str

    Returns
    -------
    ClassOutcome
        A student who was graded by nbgrader alone has marks and no results.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its gradebook does not know the assignment.
    """
    rows: dict[str, dict[str, Row]] = {}
    for (student, notebook), row in kept(root, assignment).items():
        rows.setdefault(student, {})[notebook] = row
    standing = bridge.standing(root, assignment)
    outcomes = tuple(_outcome(one, rows.get(one.student, {})) for one in standing)
    return ClassOutcome(assignment, max((one.max_score for one in outcomes), default=0.0), outcomes)


def _outcome(one: bridge.Standing, rows: dict[str, Row]) -> Outcome:
    # What was kept of an earlier submission says nothing once there is none.
    rows = rows if one.submitted else {}
    return Outcome(
        person=Person(one.student, one.first_name, one.last_name, one.email, one.lms_id),
        submitted=one.submitted,
        points=one.points,
        max_score=one.max_score,
        penalty=one.penalty,
        waits=one.needs_manual_grade,
        seconds_late=one.seconds_late,
        submitted_at=one.timestamp,
        results=tuple(
            _as_it_stands(row, notebook, one) for notebook, row in rows.items() if isinstance(row, NotebookResult)
        ),
        unreadable=tuple(row for row in rows.values() if isinstance(row, Unreadable)),
    )


def _as_it_stands(result: NotebookResult, notebook: str, one: bridge.Standing) -> NotebookResult:
    """Put what a person decided into the place of what we found."""
    by_hand = {cell: grade.score for (name, cell), grade in one.cells.items() if name == notebook and grade.by_hand}
    if not by_hand:
        return result
    functions = tuple(_regraded(function, by_hand) for function in result.functions)
    checks = [check for function in functions for check in function.checks]
    notices = (f"{cell}: {points:g} points, given by hand." for cell, points in by_hand.items() if points is not None)
    return replace(
        result,
        functions=functions,
        score=sum(function.score for function in functions),
        needs_manual_grade=any(check.score is None for check in checks),
        notices=(*result.notices, *notices),
    )


def _regraded(function: FunctionResult, by_hand: dict[str, float | None]) -> FunctionResult:
    checks = tuple(
        _decided(check, by_hand[check.grade_id]) if check.grade_id in by_hand else check for check in function.checks
    )
    points = sum(check.score or 0.0 for check in checks)
    return replace(function, checks=checks, score=points, verdict=function_verdict(checks))


def _decided(check: CheckResult, score: float | None) -> CheckResult:
    verdict = check.verdict
    if score is not None and score >= check.max_score:
        verdict = Verdict.PASSED
    elif score:
        verdict = Verdict.PARTIAL
    elif score == 0 and verdict in {Verdict.PASSED, Verdict.PARTIAL, Verdict.INTERNAL_ERROR}:
        verdict = Verdict.FAILED
    return replace(check, score=score, verdict=verdict)

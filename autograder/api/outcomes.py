"""An assignment as it stands: the results of grading, under the marks that the gradebook has now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.records import Row, read
from autograder.api.since import handed_in_anew, stale_penalties
from autograder.outcomes import ClassOutcome, HandGraded, Outcome, Person
from autograder.results import (
    NOT_GRADED,
    CheckResult,
    FunctionResult,
    NotebookResult,
    Unreadable,
    Verdict,
    function_verdict,
    verdict_under,
)


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
        A student who was graded by nbgrader alone has marks and no results. Who is collected and not on the class
        list is there too.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its gradebook does not know the assignment.
    """
    rows: dict[str, dict[str, Row]] = {}
    found = read(root, assignment)
    for (student, notebook), row in found.rows.items():
        rows.setdefault(student, {})[notebook] = row
    standing = bridge.standing(root, assignment)
    now = bridge.present(root, assignment)
    kept: dict[str, set[str]] = {}
    for student, notebook in (*found.rows, *((path.parent.name, path.stem) for path in found.damaged)):
        kept.setdefault(student, set()).add(notebook)
    anew = handed_in_anew(root, assignment, standing, now.collected)
    stale, unknown = stale_penalties(root, assignment)
    most = sum(cell.points for cell in now.cells.values())
    outcomes = [
        replace(
            _outcome(one, rows.get(one.student, {}), now),
            ungraded=one.student in anew or (one.student in now.collected and not one.submitted),
            missing=_missing(one, kept.get(one.student, set()), now),
            gone=one.submitted and one.student not in now.collected,
            penalty_now=stale[one.student].now if one.student in stale and stale[one.student].is_stale else None,
            penalty_fault=stale[one.student].fault if one.student in stale else "",
        )
        for one in standing
    ]
    strangers = now.collected.keys() - {one.student for one in standing}
    outcomes += [
        Outcome(Person(name), submitted=False, points=0.0, max_score=most, ungraded=True) for name in strangers
    ]
    submitted = {one.student for one in standing if one.submitted}
    return ClassOutcome(
        assignment,
        most,
        tuple(sorted(outcomes, key=lambda one: one.person.id)),
        tuple(str(path.relative_to(root)) for path in found.damaged if path.parent.name in submitted),
        unknown,
    )


def _outcome(one: bridge.Standing, rows: dict[str, Row], now: bridge.Present) -> Outcome:
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
        results=tuple(
            _as_it_stands(row, notebook, one) for notebook, row in rows.items() if isinstance(row, NotebookResult)
        ),
        unreadable=tuple(row for row in rows.values() if isinstance(row, Unreadable)),
        by_hand=_by_hand(one, rows, now),
        outdated=any(_outdated(row, notebook, now) for notebook, row in rows.items()),
    )


def _missing(one: bridge.Standing, kept: Collection[str], now: bridge.Present) -> tuple[str, ...]:
    """Name the notebooks of which nothing was graded and nothing lies in the folder: of others there is some."""
    collected = now.collected.get(one.student)
    there = {*kept, *(collected.notebooks if collected else ())}
    return tuple(name for name in now.notebooks if name not in there) if one.submitted and there else ()


def _by_hand(one: bridge.Standing, rows: dict[str, Row], now: bridge.Present) -> tuple[HandGraded, ...]:
    """Give the cells that nobody but a person grades, of the notebooks that we have read."""
    return tuple(
        HandGraded(name, one.cells[notebook, name].score, worth.points)
        for (notebook, name), worth in now.cells.items()
        if worth.by_hand and worth.points and isinstance(rows.get(notebook), NotebookResult)
        if (notebook, name) in one.cells
    )


def _outdated(row: Row, notebook: str, now: bridge.Present) -> bool:
    if isinstance(row, Unreadable):
        return False
    worth = {name: cell.points for (of, name), cell in now.cells.items() if of == notebook and not cell.by_hand}
    checks = {check.grade_id: check.max_score for check in row.checks}
    return worth != checks


def _as_it_stands(result: NotebookResult, notebook: str, one: bridge.Standing) -> NotebookResult:
    """Put what a person decided, and that a score is there no more, into the place of what we found."""
    cells = {cell: grade for (name, cell), grade in one.cells.items() if name == notebook}
    by_hand = {cell: grade.score for cell, grade in cells.items() if grade.by_hand}
    gone = {cell for cell, grade in cells.items() if grade.score is None and not grade.by_hand}
    if not by_hand and not gone:
        return result
    functions = tuple(_regraded(_without(function, gone), by_hand) for function in result.functions)
    changed = replace(result, functions=functions)
    notices = (f"{cell}: {points:g} points, given by hand." for cell, points in by_hand.items() if points is not None)
    return replace(
        changed,
        score=sum(function.score for function in functions),
        needs_manual_grade=any(check.score is None for check in changed.checks),
        notices=(*result.notices, *notices),
    )


def _without(function: FunctionResult, gone: set[str]) -> FunctionResult:
    """Take out scores that a later grading, which failed altogether, has taken out of the gradebook."""
    lost = {check.grade_id for check in function.checks if check.grade_id in gone and check.score is not None}
    if not lost:
        return function
    checks = tuple(
        replace(check, score=None, verdict=Verdict.INTERNAL_ERROR, message=NOT_GRADED)
        if check.grade_id in lost
        else check
        for check in function.checks
    )
    return replace(function, checks=checks, diagnosis=None, counterexample=None)


def _regraded(function: FunctionResult, by_hand: dict[str, float | None]) -> FunctionResult:
    checks = tuple(
        _decided(check, by_hand[check.grade_id]) if check.grade_id in by_hand else check for check in function.checks
    )
    points = sum(check.score or 0.0 for check in checks)
    return replace(function, checks=checks, score=points, verdict=function_verdict(checks))


def _decided(check: CheckResult, score: float | None) -> CheckResult:
    verdict = check.verdict if score is None else verdict_under(score, check.max_score, check.verdict)
    # A message of ours is the instructor's, and says nothing of a score that a person gave.
    ours = check.verdict is Verdict.INTERNAL_ERROR and score is not None
    return replace(check, score=score, verdict=verdict, message="" if ours else check.message)

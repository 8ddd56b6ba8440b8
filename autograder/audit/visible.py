"""The visible tests: what students can read must not be worth more than it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.audit.yielding import listed
from autograder.checks import counted
from autograder.checks.calls import same
from autograder.course import Function, TestCell
from autograder.examiner import Reference, Rehearsal

Call = tuple[tuple[Any, ...], dict[str, Any], Any]


def visible_cells(function: Function) -> list[TestCell]:
    """Give the test cells of a function that have no hidden lines."""
    return [test for test in function.tests if not test.hidden_lines()]


def recorded(function: Function, cell: TestCell, reference: Reference, rehearsal: Rehearsal) -> list[Call]:
    """Run a test cell with the reference and keep what it asks and what it is told.

    Returns
    -------
    list of (args, kwargs, result)
        In the order of the calls.
    """
    right = reference.answers[function.name]
    recorder = counted(right)
    rehearsal.judge(function, recorder, {cell.grade_id})
    calls = recorder.calls[:]  # type: ignore[attr-defined]
    return [(args, named, listed(right)(*args, **named)) for args, named in calls]


def knows_only(calls: list[Call]) -> Callable[..., Any]:
    """Build the answer that knows these calls by heart, and nothing else."""

    def answer(*args: object, **named: object) -> Any:  # noqa: ANN401
        for known, known_named, result in calls:
            if same(tuple(args), known) and same(named, known_named):
                return result
        raise NotImplementedError

    return answer


def overpaid(function: Function, reference: Reference, rehearsal: Rehearsal) -> list[str]:
    """Say which visible test cells give more than their own points to the answer that knows only them.

    Returns
    -------
    list of str
        A sentence each.
    """
    faults = []
    for cell in visible_cells(function):
        calls = recorded(function, cell, reference, rehearsal)
        checks = rehearsal.judge(function, knows_only(calls))
        earned = {check.grade_id: check.score or 0.0 for check in checks}
        more = sum(earned.values()) - earned[cell.grade_id]
        if more > 0:
            others = ", ".join(name for name, score in earned.items() if score and name != cell.grade_id)
            faults.append(
                f"An answer that knows only the calls of {cell.grade_id} by heart earns {more:g} points more than that "
                f"cell is worth, in {others}. Ask there for what the visible test does not show."
            )
    return faults

"""Gradescope: ``results.json`` of one submission."""

from __future__ import annotations

from typing import Any

from autograder.exports.told import function_text, hand_text
from autograder.outcomes import HandGraded, Outcome
from autograder.results import FunctionResult, NotebookResult, Verdict


def gradescope(outcome: Outcome) -> dict[str, Any]:
    """Give a submission as Gradescope reads it: a test a function, and one for each cell that only a person grades.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    dict
        For ``json.dumps(..., allow_nan=False)``. All text is plain, so that Gradescope shows markup and does not obey
        it. How far the student's code was kept apart stands in `extra_data`, which students do not see. Gradescope
        knows no mark that waits for a person: what is too close to call counts 0, and `output` says so. Where
        something of ours failed there is no score at all, which Gradescope takes for a failed run: run it again.
    """
    document: dict[str, Any] = {
        "output": _output(outcome),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(result.seconds for result in outcome.results), 3),
        "extra_data": _for_instructors(outcome.results),
    }
    if not outcome.ours:
        document["score"] = round(outcome.score, 4)
        tests = [*map(_test, outcome.functions), *map(_by_hand, outcome.by_hand)]
        document["tests"] = [{**test, "number": str(number)} for number, test in enumerate(tests, 1)]
    return document


def _test(function: FunctionResult) -> dict[str, Any]:
    return {
        "name": function.name,
        "score": round(function.score, 4),
        "max_score": function.max_score,
        "status": "passed" if function.verdict is Verdict.PASSED else "failed",
        "output": function_text(function) or "All tests passed.",
        "visibility": "visible",
        "extra_data": {
            "verdict": str(function.verdict),
            "misconception": function.diagnosis.misconception if function.diagnosis else None,
        },
    }


def _by_hand(cell: HandGraded) -> dict[str, Any]:
    score = cell.score or 0.0
    return {
        "name": cell.name,
        "score": round(score, 4),
        "max_score": cell.max_score,
        "status": "passed" if score >= cell.max_score else "failed",
        "output": hand_text(cell),
        "visibility": "visible",
    }


def _output(outcome: Outcome) -> str:
    lines = [file.error for file in outcome.unreadable]
    if outcome.taken_off:
        lines.append(f"{outcome.taken_off:g} points were taken off for lateness.")
    if outcome.ours:
        lines.append(
            "Something of the grader's failed, through no fault of yours. There is no score until it is mended."
        )
    elif outcome.waits:
        lines.append("A person will look at this submission; the points are not final.")
    return "\n".join(lines)


def _for_instructors(results: tuple[NotebookResult, ...]) -> dict[str, Any]:
    return {
        "assignment": results[0].assignment if results else None,
        "isolation": sorted({result.isolation.level for result in results}),
        "layers": sorted({layer for result in results for layer in result.isolation.layers}),
        "notices": [notice for result in results for notice in result.notices],
    }

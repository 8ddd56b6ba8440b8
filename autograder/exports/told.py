"""What a student is told, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.outcomes import HandGraded, Outcome
from autograder.results import WAITS, FunctionResult, NotebookResult, Verdict, one_line

_LONGEST = 2000


def feedback_text(outcome: Outcome) -> str:
    """Say an outcome in plain lines: the points, if they are final, then function by function what did not hold.

    Returns
    -------
    str
        Control characters removed; no hidden test and no expected value, as in the results themselves.
    """
    return "\n".join(_lines(outcome))


def function_text(function: FunctionResult) -> str:
    """Say what became of a function: its mistake and hint, if it was recognized, every message once, an example."""
    told = []
    if function.diagnosis is not None:
        told += [function.diagnosis.message, f"Think about: {function.diagnosis.hint}"]
    told += [f"- {message}" for message in dict.fromkeys(check.told for check in function.checks if check.told)]
    example = function.counterexample
    if example is not None:
        told += ["The smallest example found:", *example.code(function.name).split("\n")]
        told += example.differences()
    if any(check.score is None for check in function.checks):
        told.append("A person will look at it; it has no score until then.")
    return "\n".join(one_line(line, _LONGEST) for line in told)


def hand_text(cell: HandGraded) -> str:
    """Say who graded a cell that only a person grades, or that nobody has."""
    return "Graded by hand." if cell.score is not None else "A person will grade it; it has no score until then."


def _lines(outcome: Outcome) -> Iterator[str]:
    if not outcome.submitted:
        yield "Nothing was handed in."
        return
    if outcome.waits:
        yield "A person will look at this submission; the points are not final."
    else:
        yield f"{outcome.score:g} of {outcome.max_score:g} points"
    if outcome.taken_off:
        yield f"{outcome.taken_off:g} points were taken off for lateness."
    for file in outcome.unreadable:
        yield one_line(file.error, _LONGEST)
    for result in outcome.results:
        # Two notebooks may ask for a function of the same name.
        if len(outcome.results) > 1:
            yield f"{result.notebook}:"
        yield from _function_lines(result)
    for cell in outcome.by_hand:
        if cell.score is None:
            yield f"{cell.name}: a person will grade it, {cell.max_score:g} points at most"
        else:
            yield f"{cell.name}: {cell.score:g} of {cell.max_score:g}, graded by hand"


def _function_lines(result: NotebookResult) -> Iterator[str]:
    for function in result.functions:
        standing = WAITS if function.waits else function.verdict
        yield f"{function.name}: {function.score:g} of {function.max_score:g}, {standing}"
        if function.verdict is not Verdict.PASSED:
            yield from function_text(function).splitlines()

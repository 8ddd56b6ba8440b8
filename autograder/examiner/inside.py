"""Test cells that cannot be examined: which they are, and what becomes of them among the student's own code.

A cell is examined unless the source says otherwise: where its own answers pass it in a kernel, and not when it is
examined, or where the cell reaches into modules (`patching`), it runs inside the candidate, as plain nbgrader runs it.
That is contained, but no proof against forging, and its result says so. The source alone decides it, never a
submission: nobody can talk a check out of being examined. What an answer can do is raise a doubt (`in_doubt`),
which brings no hidden test to it.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.course import Paper, TestCell
from autograder.errors import CandidateError, CandidateMemoryError, CandidateTimeoutError
from autograder.examiner.cells import failed, passed
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.order import Order
from autograder.examiner.remote import RemoteError, builtin_name
from autograder.notebook import Notebook
from autograder.results import CheckResult, FunctionResult, Trust, Verdict, function_verdict
from autograder.statements import graded_cell
from autograder.wire import Cell

_ROUNDS = 3
# What may be ours, or the machine's.
_UNDECIDED = {Verdict.INTERNAL_ERROR, Verdict.CRASHED}
# What a test cell in a candidate ends with where its time or its memory is used up.
_OUT_OF_MEANS = {"KeyboardInterrupt": CandidateTimeoutError, "MemoryError": CandidateMemoryError}
DOUBT = (
    "The answer gives an object of another kind than the test was written for, so that this test could not decide. "
    "A person will look at it."
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the source's own answers earn when all test cells are examined, save some.

    Parameters
    ----------
    checks : tuple of CheckResult
    reasons : dict of str to str
        What ended a test cell early, by its grade id, as it was raised.
    """

    checks: tuple[CheckResult, ...]
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the source's own answers tell of the test cells.

    Parameters
    ----------
    inside : dict of str to str
        Why a cell cannot be examined, by grade id.
    failing : dict of str to str
        What ends a cell early, by grade id, or what else is wrong, where the answers pass it neither way.
    """

    inside: dict[str, str] = field(default_factory=dict)
    failing: dict[str, str] = field(default_factory=dict)


def tried(
    examine: Callable[[Collection[str]], Trial],
    perform: Callable[[Collection[str]], Mapping[str, CheckResult]],
    apart: Mapping[str, str],
) -> Tried:
    """Find the test cells that cannot be examined, and those that the source's own answers do not pass at all.

    Parameters
    ----------
    examine : callable
        Given grade ids to leave out, examines the source's own answers.
    perform : callable
        Given grade ids, runs these test cells inside a candidate that has the source's own answers.
    apart : mapping of str to str
        Why some cells cannot be examined whatever these answers earn, by grade id.

    Returns
    -------
    Tried
    """
    found = dict(apart)
    inside = perform(found) if found else {}
    failing = {name: _shortfall(check) for name, check in inside.items() if _decided(check) and _falls_short(check)}
    for _ in range(_ROUNDS):
        trial = examine(found)
        lost = {check.grade_id: check for check in trial.checks if _falls_short(check)}
        fresh = lost.keys() - found.keys()
        if not fresh:
            break
        inside = perform({*fresh, *found})
        # What the source's answers do not pass either way stays where nothing can be forged.
        better = [name for name in fresh if (inside[name].score or 0.0) > (lost[name].score or 0.0)]
        if not better:
            decided = [name for name in fresh if _decided(lost[name]) and _decided(inside[name])]
            failing.update({name: trial.reasons.get(name) or _shortfall(lost[name]) for name in decided})
            break
        found.update({name: trial.reasons.get(name) or lost[name].message for name in better})
    return Tried(found, failing)


def in_doubt(result: FunctionResult, inside: Mapping[str, CheckResult | None]) -> FunctionResult:
    """Decide about cells that an answer does not pass, where the examiner could not speak of an object of its.

    Parameters
    ----------
    result : FunctionResult
    inside : mapping of str to CheckResult or None
        Of such cells, by grade id, among the student's own code, where they may be forged. None of a cell with hidden
        tests, which an answer shall not summon there.

    Returns
    -------
    FunctionResult
        A cell that is worth more there, or that has not been there, has no score: a person decides. Any other is as
        it was examined.
    """
    checks = tuple(_undecided(check, inside.get(check.grade_id, check)) for check in result.checks)
    score = sum(check.score or 0.0 for check in checks)
    return dataclasses.replace(result, verdict=function_verdict(checks), score=score, checks=checks)


def _undecided(examined: CheckResult, inside: CheckResult | None) -> CheckResult:
    if inside and (inside.score or 0.0) <= (examined.score or 0.0):
        return examined
    open_ = dataclasses.replace(examined, score=None, verdict=Verdict.FAILED, message=DOUBT)
    return _marked(open_) if inside else open_


def _falls_short(check: CheckResult) -> bool:
    return (check.score or 0.0) < check.max_score


def _decided(check: CheckResult) -> bool:
    return check.verdict not in _UNDECIDED


def _shortfall(check: CheckResult) -> str:
    return f"it gives {check.score or 0.0:g} of {check.max_score:g} points"


def performed(
    paper: Paper, notebook: Notebook, dialogue: KernelDialogue, chosen: Collection[str]
) -> dict[str, CheckResult]:
    """Run some test cells inside a candidate, in the notebook's order among its cells.

    The others run too, for what they bind, but without their hidden tests, which nobody inside shall see.

    Parameters
    ----------
    paper : Paper
    notebook : Notebook
    dialogue : KernelDialogue
        With a candidate of its own.
    chosen : collection of str
        Grade ids.

    Returns
    -------
    dict of str to CheckResult
    """
    order = Order(paper, notebook)
    tests = [test for function in paper.functions for test in function.tests]
    done = 0
    results: dict[str, CheckResult] = {}
    for test in sorted(tests, key=lambda test: order.places[test.grade_id]):
        place = order.places[test.grade_id]
        cells, done = order.cells[done:place], max(done, place)
        result = _performed(paper, test, dialogue, cells, wanted=test.grade_id in chosen)
        if dialogue.broke_off:
            # Once may be the machine's doing, which kills what it has no memory for; twice is the answer's own.
            result = _performed(paper, test, dialogue, (), wanted=test.grade_id in chosen)
        if result:
            results[test.grade_id] = result
    return results


def _performed(
    paper: Paper, test: TestCell, dialogue: KernelDialogue, cells: Sequence[Cell], *, wanted: bool
) -> CheckResult | None:
    """Go on to a test cell, and run it; of one that is not wanted only what everybody may see."""
    try:
        dialogue.advance(cells, ())
        if wanted:
            return _result(paper, test, dialogue)
        with contextlib.suppress(Exception):
            dialogue.perform(test.visible, graded_cell(test.grade_id))
    except CandidateError as error:
        return _marked(failed(test, error)) if wanted else None
    return None


def _result(paper: Paper, test: TestCell, dialogue: KernelDialogue) -> CheckResult:
    try:
        done = dialogue.perform(test.source, graded_cell(test.grade_id))
    except CandidateError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a test cell raised over there
        name = builtin_name(error.raised) if hasattr(error, "raised") else RemoteError.__name__
        if name in _OUT_OF_MEANS:
            return _marked(failed(test, _OUT_OF_MEANS[name]()))
        return _marked(CheckResult(test.grade_id, 0.0, test.points, Verdict.FAILED, _told(test, name)))
    if done.stderr and paper.strict_stderr:
        message = "The test cell wrote to the standard error; in this course that is worth nothing."
        return _marked(CheckResult(test.grade_id, 0.0, test.points, Verdict.FAILED, message))
    return _marked(passed(test, done.number))


def _marked(result: CheckResult) -> CheckResult:
    return dataclasses.replace(result, trust=Trust.IN_CANDIDATE)


def _told(test: TestCell, name: str) -> str:
    """Say what ended a test cell; its text is the candidate's own, which may know hidden tests."""
    kind = "hidden" if test.hidden_lines() else "visible"
    return f"A {kind} test did not hold ({name or 'an exception'})."

"""One verdict for a function's checks: `passed` says full marks, and full marks say `passed`."""

from __future__ import annotations

import itertools

import pytest

from autograder.results import CheckResult, FunctionResult, Verdict, function_verdict

V = Verdict


def check(verdict: Verdict, score: float | None, points: float) -> CheckResult:
    return CheckResult("test", score, points, verdict)


FULL, HALF, WRONG = check(V.PASSED, 4, 4), check(V.PARTIAL, 2, 4), check(V.FAILED, 0, 4)
NOTHING_PASSED, NOTHING_FAILED = check(V.PASSED, 0, 0), check(V.FAILED, 0, 0)
OURS = check(V.INTERNAL_ERROR, None, 4)
UNDECIDED, NOTHING_UNDECIDED = check(V.FAILED, None, 4), check(V.FAILED, None, 0)

TABLE = {
    "all passed": ([FULL, FULL], V.PASSED),
    "one failed": ([FULL, WRONG], V.PARTIAL),
    "one partial": ([HALF], V.PARTIAL),
    "all failed": ([WRONG, WRONG], V.FAILED),
    "the first reason speaks": ([check(V.TIMEOUT, 0, 4), WRONG], V.TIMEOUT),
    "missing": ([check(V.MISSING, 0, 1), check(V.MISSING, 0, 2)], V.MISSING),
    "crashed after a free check": ([NOTHING_PASSED, check(V.CRASHED, 0, 4)], V.CRASHED),
    "full marks, free check failed": ([FULL, NOTHING_FAILED], V.PASSED),
    "only free checks, one failed": ([NOTHING_PASSED, NOTHING_FAILED], V.PASSED),
    "free check passed, the other failed": ([NOTHING_PASSED, WRONG], V.FAILED),
    "no check": ([], V.PASSED),
    "ours among passed": ([FULL, OURS], V.INTERNAL_ERROR),
    "ours among failed": ([WRONG, OURS], V.INTERNAL_ERROR),
    "undecided among passed": ([FULL, UNDECIDED], V.PARTIAL),
    "undecided alone": ([UNDECIDED], V.FAILED),
    "undecided, worth nothing": ([FULL, NOTHING_UNDECIDED], V.PASSED),
    "ours among undecided": ([UNDECIDED, OURS], V.INTERNAL_ERROR),
    "extra credit on top": ([check(V.PASSED, 7, 4), FULL], V.PASSED),
    "ours, worth nothing": ([FULL, check(V.INTERNAL_ERROR, None, 0)], V.INTERNAL_ERROR),
}


@pytest.mark.parametrize(("checks", "verdict"), TABLE.values(), ids=TABLE)
def test_the_table(checks: list[CheckResult], verdict: Verdict) -> None:
    assert function_verdict(tuple(checks)) is verdict


FREE = [NOTHING_PASSED, NOTHING_FAILED, NOTHING_UNDECIDED]
SCORED = [FULL, HALF, WRONG, UNDECIDED, *FREE, check(V.ERROR, 0, 1), check(V.PASSED, 0, 1)]


@pytest.mark.parametrize("checks", [*itertools.product(SCORED, repeat=3)])
def test_passed_is_full_marks_and_full_marks_are_passed(checks: tuple[CheckResult, ...]) -> None:
    full = sum(check.score or 0 for check in checks) == sum(check.max_score for check in checks)
    assert (function_verdict(checks) is V.PASSED) == full


def test_a_check_without_a_score_is_undecided_unless_it_is_our_fault() -> None:
    assert [one.undecided for one in (UNDECIDED, OURS, WRONG, FULL)] == [True, False, False, False]


WAITING = {
    "undecided alone": ([UNDECIDED], True),
    "undecided beside a free check that passed": ([NOTHING_PASSED, UNDECIDED], True),
    "undecided beside one that failed": ([UNDECIDED, WRONG], False),
    "undecided beside one that passed": ([UNDECIDED, FULL], False),
    "failed": ([WRONG], False),
    "ours": ([OURS], False),
    "passed": ([FULL], False),
}


@pytest.mark.parametrize("case", WAITING)
def test_what_only_waits_for_a_person_has_not_failed(case):
    checks, waits = WAITING[case]
    points = sum(one.score or 0.0 for one in checks)
    one = FunctionResult("f", function_verdict(tuple(checks)), points, 8.0, tuple(checks))
    assert one.waits is waits

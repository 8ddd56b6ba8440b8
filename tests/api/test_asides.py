"""Why something of a submission has no score: a test that is at fault, or something of ours that may hold next time."""

from __future__ import annotations

import pytest

from autograder.api.runs import Aside, aside_of
from autograder.api.workers import Graded
from autograder.results import CheckResult, FunctionResult, Isolation, NotebookResult, Verdict, failure

FAULT = "The test calls triple with a lock as argument 1. Hand over something else in source/hw and grade again."
FAILURE = failure("OSError: no space left")


def aside(*messages: str) -> Aside:
    checks = tuple(CheckResult(message, None, 1.0, Verdict.INTERNAL_ERROR, message) for message in messages)
    function = FunctionResult("triple", Verdict.INTERNAL_ERROR, 0.0, 1.0, checks)
    result = NotebookResult("hw.ipynb", "hw", 0.0, 1.0, True, 0.1, Isolation("none", ()), (function,))  # noqa: FBT003
    return aside_of("ada", "hw", Graded({"hw": result}))


@pytest.mark.parametrize(
    ("messages", "reason", "of_test"),
    [((FAULT,), FAULT, True), ((FAILURE,), FAILURE, False), ((FAULT, FAILURE), FAILURE, False)],
    ids=["a test", "ours", "both"],
)
def test_a_test_at_fault_is_told_from_a_failure_of_ours(messages: tuple[str, ...], reason: str, of_test: bool) -> None:
    assert aside(*messages) == Aside("ada", "hw", reason, ours=True, of_test=of_test)


def test_a_submission_that_could_not_be_graded_at_all_may_be_the_next_time() -> None:
    found = aside_of("ada", "hw", Graded(failure="its worker died"))
    assert (found.reason, found.of_test) == ("It could not be graded, for a reason of ours: its worker died", False)

"""What an instructor is told of test cells: why they ended, and which wait for a person."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import Paper, TestCell
from autograder.examiner.cells import HOLLOW, line_of, ungraded
from autograder.examiner.inside import DOUBT
from autograder.examiner.rehearsal import reason_of
from autograder.examiner.remote import text_of
from autograder.results import CheckResult, FunctionResult, Trust


def unwritten(paper: Paper) -> dict[str, CheckResult]:
    """Leave to a person the test cells in which a test is still to be written: as they stand everybody passes them."""
    why = (
        "nbgrader has yet to write tests of this cell, in the place of its AUTOTEST comments. Run "
        f"`autograder release {paper.assignment}` and grade again, or give the points by hand."
    )
    tests = [test for function in paper.functions for test in function.tests if test.unwritten]
    return {test.grade_id: ungraded(test, f"{test.grade_id}: {why}") for test in tests}


def ending_of(test: TestCell, error: BaseException) -> str:
    """Say what ended a test cell; where that has no words, in which line."""
    line = "" if text_of(error) else line_of(test, error)
    return f"{type(error).__name__} in the line `{line}`" if line else reason_of(error)


def doubts(functions: Sequence[FunctionResult]) -> list[str]:
    """Name the test cells that wait for the instructor's decision."""
    return [
        f"{check.grade_id} of {function.name} {_why(check)}: it has no score until you decide."
        for function in functions
        for check in function.checks
        if check.undecided
    ]


def _why(check: CheckResult) -> str:
    if check.trust is Trust.IN_CANDIDATE:
        return "holds among the student's own code only, where it may be forged"
    if check.message == HOLLOW:
        return "was given no entries, or missing ones, and may have compared nothing"
    if check.message == DOUBT:
        return "was given an object of another kind than it was written for"
    return "is too close to call"

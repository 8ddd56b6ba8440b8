"""One record within another: a notebook, its functions, their checks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from autograder.results.explanations import Counterexample, Diagnosis
from autograder.results.verdicts import Verdict

SCHEMA_VERSION = 1
NOT_GRADED = "This check could not be graded, for a reason that is not yours. Your instructor will look at it."
"""What a student reads of a check that has no score for a reason of ours."""
WAITS = "waits for a person"
"""What people read in the place of the verdict on a function that `FunctionResult.waits`."""


class Trust(StrEnum):
    """Where a check was decided."""

    EXAMINED = "examined"
    IN_CANDIDATE = "in-candidate"


@dataclass(frozen=True, slots=True)
class Isolation:
    """How far the student's code was kept apart.

    Parameters
    ----------
    level : {"full", "reduced", "none"}
    layers : tuple of str
        The barriers that were in force.
    """

    level: str
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a check held against a threshold; for the instructor.

    Parameters
    ----------
    name : str
        What was measured.
    value : float
    threshold : float
    wanted : {"below", "above"}
        On which side of the threshold the number had to be.
    """

    name: str
    value: float
    threshold: float
    wanted: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One test cell.

    Parameters
    ----------
    grade_id : str
        nbgrader's name of the cell.
    score, max_score : float
        Points. `score` is None where a person decides: the check is `undecided`, or the verdict an internal error.
    verdict : Verdict
    message : str
        For the student: what was seen; empty for a passed check. Of an internal error it is for the instructor, and
        may quote a hidden test: what the student reads is `told`.
    trust : Trust
    measures : tuple of Measure
        In the order in which they were made; the last one decided where the check did not pass.
    """

    grade_id: str
    score: float | None
    max_score: float
    verdict: Verdict
    message: str = ""
    trust: Trust = Trust.EXAMINED
    measures: tuple[Measure, ...] = ()

    @property
    def told(self) -> str:
        """Give what the student reads."""
        return NOT_GRADED if self.verdict is Verdict.INTERNAL_ERROR else self.message

    @property
    def undecided(self) -> bool:
        """Tell whether the answer is too close to call; nothing of ours failed."""
        return self.score is None and self.verdict is not Verdict.INTERNAL_ERROR


@dataclass(frozen=True, slots=True)
class FunctionResult:
    """One graded function.

    Parameters
    ----------
    name : str
    verdict : Verdict
    score, max_score : float
        Points of all its test cells; one without a score counts as 0.
    checks : tuple of CheckResult
        Its test cells, in the notebook's order.
    diagnosis : Diagnosis or None
        None where the answer is right, or no mistake is recognized.
    counterexample : Counterexample or None
    """

    name: str
    verdict: Verdict
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    diagnosis: Diagnosis | None = None
    counterexample: Counterexample | None = None

    @property
    def waits(self) -> bool:
        """Tell whether it has no marks only because a person has not decided yet; its verdict is ``failed`` till then.

        What people read is `WAITS`: nothing of it has failed.
        """
        lost = [check for check in self.checks if check.score is None or check.score < check.max_score]
        return self.verdict is Verdict.FAILED and bool(lost) and all(check.undecided for check in lost)


@dataclass(frozen=True, slots=True)
class NotebookResult:
    """One notebook.

    Parameters
    ----------
    notebook : str
        The path as the caller gave it.
    assignment : str
    score, max_score : float
        Points; checks without a score count as 0 and set `needs_manual_grade`.
    needs_manual_grade : bool
    seconds : float
        Wall time of grading, without start-up.
    isolation : Isolation
    functions : tuple of FunctionResult
    notices : tuple of str
        For the instructor: what was odd about the notebook.
    schema_version : int
        Of the record as JSON; it grows when a field changes its meaning or goes.
    """

    notebook: str
    assignment: str
    score: float
    max_score: float
    needs_manual_grade: bool
    seconds: float
    isolation: Isolation
    functions: tuple[FunctionResult, ...]
    notices: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The test cells of all its functions."""
        return tuple(check for function in self.functions for check in function.checks)

    @property
    def internal_error(self) -> bool:
        """Tell whether a check has no score for a reason of ours."""
        return any(function.verdict is Verdict.INTERNAL_ERROR for function in self.functions)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is no notebook.

    Parameters
    ----------
    notebook : str
        The path as the caller gave it.
    error : str
        What came, and what was wanted.
    """

    notebook: str
    error: str


def failure(what: str) -> str:
    """Say why a check has no score where something of ours failed, which may hold the next time, and no test."""
    return f"The examiner failed: {what}"


def is_failure(message: str) -> bool:
    """Tell a message of `failure` from one about a test."""
    return message.startswith(failure(""))


def function_verdict(checks: tuple[CheckResult, ...]) -> Verdict:
    """Sum up the test cells of one function.

    Returns
    -------
    Verdict
        An internal error outweighs all; full marks, or more with extra credit, are ``passed``, whatever a check worth
        nothing says, and some marks ``partial``; without a mark the first check that did not pass speaks for the
        function. An undecided check has no marks as long as nobody has decided.
    """
    if any(check.verdict is Verdict.INTERNAL_ERROR for check in checks):
        return Verdict.INTERNAL_ERROR
    if all((check.score or 0.0) >= check.max_score for check in checks):
        return Verdict.PASSED
    if any(check.score for check in checks):
        return Verdict.PARTIAL
    return next((check.verdict for check in checks if check.verdict is not Verdict.PASSED), Verdict.FAILED)

"""Frozen records of what became of an assignment: what grading found, as the gradebook has it now."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.results import CheckResult, FunctionResult, NotebookResult, Unreadable


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the class list; all but `id` may be empty.

    Parameters
    ----------
    id : str
        nbgrader's name of the student, the log-in name as a rule.
    first_name, last_name, email : str
    lms_id : str
        The number that the learning platform knows the student by.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, or the id where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True, slots=True)
class HandGraded:
    """A cell that only a person grades, an essay for one.

    Parameters
    ----------
    name : str
        nbgrader's name of the cell.
    score : float or None
        None where nobody has graded it yet.
    max_score : float
    """

    name: str
    score: float | None
    max_score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One student's assignment.

    Parameters
    ----------
    person : Person
    submitted : bool
        Whether the gradebook has a graded submission.
    points, max_score : float
        Before a penalty; what waits for a person counts 0.
    penalty : float
        Points that nbgrader takes off for lateness.
    waits : bool
        Whether a person must still decide something.
    penalty_now : float or None
        What grading again would take off, by today's due date, extensions and points; None where it is the same.
    seconds_late : float
    results : tuple of NotebookResult
        What grading found; points given by hand stand in the place of ours. Empty where nothing was kept.
    unreadable : tuple of Unreadable
        Files that are no notebooks.
    by_hand : tuple of HandGraded
        The cells of these notebooks that only a person grades.
    ungraded : bool
        Whether what is collected was never graded, or was collected after the grading that the marks are of.
    outdated : bool
        Whether other points were released since it was graded.
    missing : tuple of str
        Notebooks of the assignment that were not handed in beside those that were.
    gone : bool
        Whether it is graded, and nothing is collected any more.
    penalty_fault : str
        Why it cannot be told whether the penalty is that of today; empty in general.
    """

    person: Person
    submitted: bool
    points: float
    max_score: float
    penalty: float = 0.0
    penalty_now: float | None = None
    waits: bool = False
    seconds_late: float = 0.0
    results: tuple[NotebookResult, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    by_hand: tuple[HandGraded, ...] = ()
    ungraded: bool = False
    outdated: bool = False
    missing: tuple[str, ...] = ()
    gone: bool = False
    penalty_fault: str = ""

    @property
    def score(self) -> float:
        """Points after the penalty, never below 0."""
        return max(0.0, self.points - self.penalty)

    @property
    def taken_off(self) -> float:
        """Points that the penalty really cost: no more than there were."""
        return self.points - self.score

    @property
    def ours(self) -> bool:
        """Tell whether a mark is missing for a reason of ours."""
        return any(result.internal_error for result in self.results)

    @property
    def functions(self) -> tuple[FunctionResult, ...]:
        """The graded functions of all notebooks."""
        return tuple(function for result in self.results for function in result.functions)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The test cells of all notebooks."""
        return tuple(check for result in self.results for check in result.checks)


@dataclass(frozen=True, slots=True)
class ClassOutcome:
    """An assignment, with everybody on the class list.

    Parameters
    ----------
    assignment : str
    max_score : float
    outcomes : tuple of Outcome
        By student id.
    damaged : tuple of str
        Kept results of theirs that cannot be read, so that they are not in `outcomes`: paths below the course folder.
    penalties_unknown : str
        Why it cannot be told of anybody whether the penalty is that of today; empty in general.
    """

    assignment: str
    max_score: float
    outcomes: tuple[Outcome, ...]
    damaged: tuple[str, ...] = ()
    penalties_unknown: str = ""

    @property
    def submitted(self) -> tuple[Outcome, ...]:
        """Those who handed in and are graded."""
        return tuple(outcome for outcome in self.outcomes if outcome.submitted)

    @property
    def not_graded(self) -> tuple[Outcome, ...]:
        """Those who handed in and are not graded at all."""
        return tuple(outcome for outcome in self.outcomes if outcome.ungraded and not outcome.submitted)

    @property
    def handed_in_anew(self) -> tuple[Outcome, ...]:
        """Those whose marks are of what they handed in before."""
        return tuple(outcome for outcome in self.outcomes if outcome.ungraded and outcome.submitted)

    @property
    def outdated(self) -> tuple[Outcome, ...]:
        """Those who were graded for other points."""
        return tuple(outcome for outcome in self.outcomes if outcome.outdated)

    @property
    def stale_penalties(self) -> tuple[Outcome, ...]:
        """Those whose penalty for being late is not that of today's due date, extensions and points."""
        return tuple(outcome for outcome in self.outcomes if outcome.penalty_now is not None)

    @property
    def waiting(self) -> tuple[Outcome, ...]:
        """Those whose marks are not settled."""
        return tuple(outcome for outcome in self.outcomes if outcome.waits)

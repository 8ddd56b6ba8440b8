"""Records of what grading again would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.api.runs import Aside, ClassResult


@dataclass(frozen=True, slots=True)
class CellChange:
    """A test cell that another number of points would come from.

    Parameters
    ----------
    notebook, cell : str
    before, after : float or None
        Points; None where a person decides.
    why : str
        What the new test found, or what the old one had found that no longer counts.
    """

    notebook: str
    cell: str
    before: float | None
    after: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A student whose mark would change.

    Parameters
    ----------
    student, assignment : str
    before, after : float
        Points in the gradebook, before a penalty for being late.
    cells : tuple of CellChange
    resubmitted : bool
        Whether another submission was collected since: then the tests need not be the reason.
    penalty, penalty_after : float
        For being late: as it is in the gradebook, and by the due date, the extension and the points of then.
    """

    student: str
    assignment: str
    before: float
    after: float
    cells: tuple[CellChange, ...]
    resubmitted: bool = False
    penalty: float = 0.0
    penalty_after: float = 0.0

    @property
    def gain(self) -> float:
        """Points by which the mark that counts would change: after the penalty, never below 0."""
        return max(0.0, self.after - self.penalty_after) - max(0.0, self.before - self.penalty)


@dataclass(slots=True)
class Regrading:
    """What grading again would change.

    Parameters
    ----------
    changes : list of Change
    same : int
        Submissions whose marks stay.
    questioned : list of str
        Students with points given by hand beside which another result would stand: a person must confirm them.
    unconfirmed : int
        Those of them whose points stay and are to be confirmed: they are neither among the changes nor the same.
    again : int
        Submissions that ran again; the journal had the others.
    ungraded : int
        Collected submissions that have never been graded: those are for ``autograder grade``.
    aside : list of Aside
        Those that could not be graded again.
    written : list of ClassResult
        What became of them, an assignment each, where they were written.
    """

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    questioned: list[str] = field(default_factory=list)
    unconfirmed: int = 0
    again: int = 0
    ungraded: int = 0
    aside: list[Aside] = field(default_factory=list)
    written: list[ClassResult] = field(default_factory=list)

    @property
    def ours(self) -> bool:
        """Tell whether a submission has no new mark for a reason of ours."""
        return any(one.ours for one in self.aside) or any(one.ours for one in self.written)

"""What was found about one notebook; `autograder adopt --json` writes these, a line each."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.results import Trust


@dataclass(frozen=True, slots=True)
class Marks:
    """What the instructor's own solution earns in the test cells.

    Parameters
    ----------
    score, max_score : float
        Points.
    seconds : float
        Wall time of the whole notebook.
    """

    score: float
    max_score: float
    seconds: float


@dataclass(frozen=True, slots=True)
class AdoptedCell:
    """One test cell.

    Parameters
    ----------
    grade_id : str
    trust : Trust
    equal : bool
        Whether both give the solution the same marks.
    reason : str
        Why it cannot be examined, why the marks differ, or why the solution has not all of them; else empty.
    rewrite : str
        What to write instead, so that it can be examined; empty where it is.
    passes : bool
        Whether the source's own solution has full marks here.
    """

    grade_id: str
    trust: Trust
    equal: bool
    reason: str
    rewrite: str = ""
    passes: bool = True


@dataclass(frozen=True, slots=True)
class Adopted:
    """One notebook.

    Parameters
    ----------
    notebook : str
        Its path within the course.
    stock, ours : Marks
        In plain nbgrader, which the JSON calls *stock*, and in ours.
    cells : tuple of AdoptedCell
    missing : tuple of str
        Modules that it imports and this machine lacks.
    outdated : bool
        Whether its metadata must be renewed, with ``nbgrader update``, before nbgrader releases it.
    """

    notebook: str
    stock: Marks
    ours: Marks
    cells: tuple[AdoptedCell, ...]
    missing: tuple[str, ...] = ()
    outdated: bool = False

    @property
    def equal(self) -> bool:
        """Tell whether all marks are equal."""
        return all(cell.equal for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Unadoptable:
    """A notebook that plain nbgrader cannot run, or that could not be graded here.

    Parameters
    ----------
    notebook : str
        Its path within the course.
    error : str
        Why not.
    missing : tuple of str
        Modules that it imports and this machine lacks.
    """

    notebook: str
    error: str
    missing: tuple[str, ...] = ()

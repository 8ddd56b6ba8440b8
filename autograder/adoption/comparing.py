"""What plain nbgrader and we give a notebook's own solution, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.adoption.folders import Found
from autograder.adoption.records import Adopted, AdoptedCell, Marks
from autograder.results import CheckResult, NotebookResult, Trust

# What the assignment of a copy is called.
ASSIGNMENT = "adopted"
# Why a test cell cannot be examined, and what to write instead.
Why = tuple[str, str]
# Where no rule knows more: `adopt` names the cell of the one then.
_USUAL = "Give each assertion a cell of its own: most of them can be examined."


def compared(
    found: Found,
    plain: Mapping[str, float | None],
    plain_seconds: float,
    result: NotebookResult,
    whys: Mapping[str, Why],
    seconds: float,
    missing: tuple[str, ...],
) -> Adopted:
    """Compare the marks of every test cell.

    Parameters
    ----------
    found : Found
    plain : mapping of str to float or None
        Plain nbgrader's, by grade id.
    plain_seconds : float
        What they took.
    result : NotebookResult
        Ours, of a copy in the assignment `ASSIGNMENT`.
    whys : mapping of str to Why
        Of the cells that cannot be examined.
    seconds : float
        What ours took.
    missing : tuple of str
        Modules that the notebook imports and this machine lacks.
    """
    of_tests = [plain.get(check.grade_id) for check in result.checks]
    return Adopted(
        found.label,
        Marks(sum(score or 0.0 for score in of_tests), result.max_score, round(plain_seconds, 3)),
        Marks(result.score, result.max_score, round(seconds, 3)),
        tuple(_cell(check, score, whys, found) for check, score in zip(result.checks, of_tests, strict=True)),
        missing,
    )


def of_the_course(text: str, found: Found) -> str:
    """Speak of a notebook where it lies: its copy, and nbgrader's log of that, are gone by then."""
    for copy in (f"source/{ASSIGNMENT}/{found.path.name}", f"source/{ASSIGNMENT}"):
        text = text.replace(copy, found.label)
    return text.partition(" Its log is ")[0]


def _cell(check: CheckResult, plain: float | None, whys: Mapping[str, Why], found: Found) -> AdoptedCell:
    equal = plain == check.score
    passes = check.score == check.max_score
    reason = rewrite = ""
    if check.trust is Trust.IN_CANDIDATE:
        reason, advised = whys.get(check.grade_id, ("", ""))
        rewrite = advised or _USUAL
    told = of_the_course(check.message or reason, found)
    if not equal:
        reason = f"plain nbgrader gives {_score(plain)}, ours {_score(check.score)}. {told}".strip()
    elif not passes:
        reason = f"{_score(check.score)} of {check.max_score:g} points. {told}".strip()
    return AdoptedCell(check.grade_id, check.trust, equal, reason, rewrite, passes)


def _score(score: float | None) -> str:
    return "no score" if score is None else f"{score:g}"

"""What of an assignment a person gives."""

from __future__ import annotations

from autograder.course import Paper
from autograder.outcomes import HandGraded


def given_by_hand(paper: Paper) -> tuple[HandGraded, ...]:
    """Give the cells of a notebook that only a person grades, and that nobody has graded yet."""
    worth = {blank.grade_id: float(blank.cell.nbgrader.get("points") or 0.0) for blank in paper.blanks if blank.manual}
    return tuple(HandGraded(name, None, points) for name, points in worth.items() if points)

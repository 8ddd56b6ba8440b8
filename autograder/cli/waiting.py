"""Who waits for a person after a run, and what the person has to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.cli.naming import named
from autograder.cli.terminal import errors, literal
from autograder.language import Speaker


def show_waiting(root: Path, assignments: Sequence[str], students: Sequence[str], db: str | None, say: Speaker) -> None:
    """Name whose submissions wait for a person; of all students, or only of some."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    for assignment in assignments:
        found = bridge.waiting(root, assignment, db)
        points, confirmation = (
            [name for name in names if not students or name in students] for names in (found.points, found.confirmation)
        )
        prefix = f"{assignment}: " if len(assignments) > 1 else ""
        if points:
            told = say("Points are still to be given to: {names}. Give them in formgrader.", names=named(points))
            errors.print(literal(prefix + told), style="magenta")
        if confirmation:
            told = say(
                "Work or results have changed beside points given by hand: {names}. They have no final mark until a "
                "person confirms these points in formgrader, with Resolve, or changes them.",
                names=named(confirmation),
            )
            errors.print(literal(prefix + told), style="magenta")

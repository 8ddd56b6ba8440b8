"""Whose marks are not of what is collected and released now: what came since they were graded, or came at no time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from autograder.cli.naming import named, students
from autograder.cli.terminal import warn
from autograder.language import Speaker
from autograder.outcomes import ClassOutcome

ENGLISH = Speaker("en", {})


def warn_since(outcome: ClassOutcome, say: Speaker = ENGLISH) -> None:
    """Name those who are not graded, or were graded before something changed, and say what to run."""
    found = []
    if outcome.not_graded:
        found.append(say("Collected and not graded yet: {students}.", students=students(outcome.not_graded)))
    if outcome.handed_in_anew:
        found.append(
            say(
                "Handed in anew since they were graded: {students}. The marks are of what they handed in before.",
                students=students(outcome.handed_in_anew),
            )
        )
    if outcome.outdated:
        found.append(
            say(
                "Other points were released since these were graded: {students}. The marks are out of the old ones.",
                students=students(outcome.outdated),
            )
        )
    for told in found:
        warn(f"{told} {say('Run `autograder grade {assignment}`.', assignment=outcome.assignment)}")
    _warn_gone([one.person.id for one in outcome.outcomes if one.gone], say)
    if outcome.penalties_unknown:
        _warn_unknown(outcome.penalties_unknown, say)
    _warn_faults({one.person.id: one.penalty_fault for one in outcome.outcomes if one.penalty_fault}, say)
    stale = {one.person.id: (one.penalty, one.penalty_now or 0.0) for one in outcome.stale_penalties}
    _warn_penalties(outcome.assignment, stale, say)


def warn_gone(
    root: Path, assignment: str, chosen: Collection[str] = (), db: str | None = None, say: Speaker = ENGLISH
) -> None:
    """Name those, of some students or of all, who are graded and have nothing collected any more."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    found = bridge.without_folder(root, assignment, db)
    _warn_gone([name for name in found if not chosen or name in chosen], say)


def _warn_gone(names: Sequence[str], say: Speaker) -> None:
    if names:
        warn(
            say(
                "Graded, and no longer in submitted/: {students}. The marks stay until you take them back; the page "
                "for instructors says how.",
                students=named(names),
            )
        )


def warn_newcomers(names: Sequence[str], say: Speaker = ENGLISH) -> None:
    """Name those who were on no class list, and by grading are in the gradebook."""
    if names:
        warn(
            say(
                "Not on the class list, and in the gradebook now: {students}. Take away what is collected of those who "
                "do not belong to the class, then remove them with `nbgrader db student remove STUDENT --force`.",
                students=named(names),
            )
        )


def warn_penalties(
    root: Path, assignment: str, chosen: Collection[str] = (), db: str | None = None, say: Speaker = ENGLISH
) -> None:
    """Name those, of some students or of all, whose penalty is another by today's due date and extensions."""
    from autograder.api.since import stale_penalties  # noqa: PLC0415 - nbgrader takes seconds to load

    found, unknown = stale_penalties(root, assignment, db)
    found = {name: one for name, one in found.items() if not chosen or name in chosen}
    if unknown:
        _warn_unknown(unknown, say)
    _warn_faults({name: one.fault for name, one in found.items() if one.fault}, say)
    _warn_penalties(assignment, {name: (one.entered, one.now) for name, one in found.items() if one.is_stale}, say)


def _warn_unknown(error: str, say: Speaker) -> None:
    warn(
        say("Whether the penalties are those of today's due dates and extensions cannot be told: {error}", error=error)
    )


def _warn_faults(faults: Mapping[str, str], say: Speaker) -> None:
    """Name those whose penalty cannot be told, with the reason that each of them has."""
    for error in dict.fromkeys(faults.values()):
        names = named([name for name, fault in faults.items() if fault == error])
        warn(
            say(
                "Whether the penalties of these are those of today's due dates and extensions cannot be told: "
                "{students}. {error}",
                students=names,
                error=error,
            )
        )


def _warn_penalties(assignment: str, stale: Mapping[str, tuple[float, float]], say: Speaker) -> None:
    if stale:
        told = [f"{name} ({before:g} -> {now:g})" for name, (before, now) in stale.items()]
        warn(
            say(
                "Penalties that are not those of today's due dates, extensions and points: {students}. "
                "`autograder regrade {assignment} --apply` shows and writes them.",
                students=named(told),
                assignment=assignment,
            )
        )


def warn_missing(missing: Mapping[str, Iterable[str]], say: Speaker = ENGLISH) -> None:
    """Name, of each notebook, those who have not handed it in beside others.

    Parameters
    ----------
    missing : mapping of str to iterable of str
        Notebooks, by student.
    say : Speaker
    """
    found: dict[str, list[str]] = {}
    for student, notebooks in missing.items():
        for notebook in notebooks:
            found.setdefault(notebook, []).append(student)
    for notebook, names in sorted(found.items()):
        warn(say("{notebook}: not handed in by {students}.", notebook=notebook, students=named(names)))


def warn_damaged(outcome: ClassOutcome) -> None:
    """Name the kept results that cannot be read and are left out of what is told, and say what to run."""
    if outcome.damaged:
        warn(
            "Left out, for these results cannot be read, damaged or of another version: "
            f"{named(outcome.damaged)}. Run `autograder grade {outcome.assignment}`."
        )


def warn_untimed(root: Path, assignment: str, chosen: Collection[str] = (), say: Speaker = ENGLISH) -> None:
    """Name those, of some students or of all, whose submission does not say when it came, and says something else."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    names = [name for name in bridge.untimed(root, assignment) if not chosen or name in chosen]
    if names:
        warn(
            say(
                "Whether these are late cannot be told, for timestamp.txt holds no time: {students}. Write it "
                "there, in submitted/STUDENT/{assignment}/, and grade them.",
                students=named(names),
                assignment=assignment,
            )
        )

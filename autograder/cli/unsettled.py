"""What is said beside marks that are not those of what is collected now."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.cli.terminal import errors, literal
from autograder.language import Speaker
from autograder.outcomes import ClassOutcome, Outcome

ENGLISH = Speaker("en", {})
# More names are no help; the class's page has them.
MOST_NAMED = 10


def named(outcomes: Sequence[Outcome]) -> str:
    """Name some students, and count the others."""
    some = ", ".join(one.person.id for one in outcomes[:MOST_NAMED])
    return some if len(outcomes) <= MOST_NAMED else f"{some}, … ({len(outcomes)})"


def warn_since(outcome: ClassOutcome, say: Speaker = ENGLISH) -> None:
    """Name those who are not graded, or were graded before something changed, and say what to run."""
    found = []
    if outcome.not_graded:
        found.append(say("Collected and not graded yet: {students}.", students=named(outcome.not_graded)))
    if outcome.handed_in_anew:
        found.append(
            say(
                "Handed in anew since they were graded: {students}. The marks are of what they handed in before.",
                students=named(outcome.handed_in_anew),
            )
        )
    if outcome.outdated:
        found.append(
            say(
                "Other points were released since these were graded: {students}. The marks are out of the old ones.",
                students=named(outcome.outdated),
            )
        )
    for told in found:
        warn(f"{told} {say('Run `autograder grade {assignment}`.', assignment=outcome.assignment)}")


def warn(text: str) -> None:
    """Print a warning; names and messages in it are shown and not obeyed."""
    errors.print(literal(text), style="yellow")

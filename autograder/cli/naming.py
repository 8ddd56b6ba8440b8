"""Some named, and the others counted: more names are no help."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.outcomes import Outcome

MOST_NAMED = 10


def named(names: Sequence[str]) -> str:
    """Name the first ten; where there are more, say how many they are with those."""
    some = ", ".join(names[:MOST_NAMED])
    return some if len(names) <= MOST_NAMED else f"{some}, … ({len(names)})"


def students(outcomes: Sequence[Outcome]) -> str:
    """Name some of these students, and count the others."""
    return named([one.person.id for one in outcomes])

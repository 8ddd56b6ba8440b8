"""What is judged of a call: what it returned, and what became of arguments that the reference changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.diagnosis.copies import key_of
from autograder.diagnosis.evidence import Arguments, Outputs, item_label, read
from autograder.diagnosis.numbers import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Judged:
    """The outputs of one graded function.

    Parameters
    ----------
    outputs : callable
        Given a returned value, its judged outputs by label.
    changing : dict of int to str
        The arguments that the reference changes, their names by their places: they are outputs too.
    """

    outputs: Outputs
    changing: Mapping[int, str] = field(default_factory=dict)

    def read(
        self,
        value: Any,  # noqa: ANN401
        after: Arguments | None,
    ) -> tuple[dict[str, Numbers | None], dict[str, Any]]:
        """Give the outputs of a call as numbers, and as they are.

        Parameters
        ----------
        value : object
            What was returned.
        after : tuple or None
            The arguments after the call; None where that is not known.
        """
        # A function that only changes what it is given returns no output.
        found, raw = ({}, {}) if self.changing and value is None else read(self.outputs, value)
        raw = {**raw, **(self.left(after) if after is not None else {})}
        return {**found, **{label: numbers(item) for label, item in raw.items() if label not in found}}, raw

    def only(self, place: int) -> Judged:
        """Give the same with no other argument among the outputs."""
        return Judged(self.outputs, {place: self.changing[place]})

    def left(self, after: Arguments) -> dict[str, Any]:
        """Give what became of the arguments that are outputs, by label."""
        parts = (_parts(name, after[place]) for place, name in self.changing.items() if place < len(after))
        return {label: item for part in parts for label, item in part.items()}


def changed(before: Arguments, after: Arguments) -> set[int]:
    """Give the places of the arguments that a call has changed."""
    return {place for place, pair in enumerate(zip(before, after, strict=True)) if _differ(*pair)}


def _differ(before: object, after: object) -> bool:
    try:
        return bool(key_of(before) != key_of(after))
    except (TypeError, ValueError):
        # A generator goes on, and of other objects nothing is known.
        return False


def _parts(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if isinstance(value, dict):
        return {f"{item_label(key)} of {name}": item for key, item in value.items()}
    if isinstance(value, (list, tuple)) and numbers(value) is None:
        return {f"entry {number} of {name}": item for number, item in enumerate(value, 1)}
    return {f"{name} after the call": value}

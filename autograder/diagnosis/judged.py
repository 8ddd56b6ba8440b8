"""What is judged of a call: what it returned, and what became of arguments that the reference changes."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from autograder.diagnosis.copies import key_of
from autograder.diagnosis.evidence import Arguments, Outputs, item_label, read
from autograder.diagnosis.numbers import Numbers, numbers, parts
from autograder.diagnosis.wording import part_labels


@dataclass(frozen=True, slots=True)
class Judged:
    """The outputs of one graded function.

    Parameters
    ----------
    outputs : callable
        Given a returned value, its judged outputs by label.
    changing : dict of int to str
        The arguments that the reference changes, their names by their places: they are outputs too.
    parted : set of str
        The outputs of complex numbers: of each, the real and the imaginary parts are outputs in its place.
    """

    outputs: Outputs
    changing: Mapping[int, str] = field(default_factory=dict)
    parted: AbstractSet[str] = frozenset()

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
        found = {**found, **{label: numbers(item) for label, item in raw.items() if label not in found}}
        return self._parted(found, raw) if self.parted else (found, raw)

    def _parted(
        self, found: Mapping[str, Numbers | None], raw: Mapping[str, Any]
    ) -> tuple[dict[str, Numbers | None], dict[str, Any]]:
        """Give the same with two real outputs in the place of each complex one."""
        read: dict[str, Numbers | None] = {}
        there: dict[str, Any] = {}
        for label, item in raw.items():
            if label not in self.parted:
                read[label], there[label] = found[label], item
                continue
            for name, part in zip(part_labels(label), parts(item) or (None, None), strict=True):
                read[name] = numbers(part)
                there[name] = item if part is None else part.tolist() if isinstance(item, (list, tuple)) else part
        return read, there

    def only(self, place: int) -> Judged:
        """Give the same with no other argument among the outputs."""
        return Judged(self.outputs, {place: self.changing[place]}, self.parted)

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


def complex_outputs(raw: Mapping[str, Any]) -> set[str]:
    """Name the outputs that hold complex numbers."""
    return {label for label, item in raw.items() if numbers(item) is None and parts(item) is not None}

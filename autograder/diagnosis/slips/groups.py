"""Slips that come together: the same mistake in every layer, or in all layers but one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from autograder.diagnosis.slips.program import Slip

_DIGITS = re.compile(r"(?<=[A-Za-z])\d+")
_WHOLE = 8
_SMALL = 4

Slipped = tuple[Slip, ...]


def alone(slips: Sequence[Slip]) -> Iterator[Slipped]:
    """Give every slip alone, the likelier, the earlier."""
    yield from ((slip,) for slip in sorted(slips, key=lambda slip: slip.rank))


def together(slips: Sequence[Slip]) -> Iterator[Slipped]:
    """Give groups of the same slip in several places, the likelier, the earlier."""
    seen: set[frozenset[int]] = set()
    for keyed in (_same, _alike, _kindred):
        groups: dict[tuple[str, ...], list[Slip]] = {}
        for slip in sorted(slips, key=lambda slip: slip.rank):
            groups.setdefault(keyed(slip), []).append(slip)
        for group in groups.values():
            for part in _parts(group):
                sites = frozenset(slip.site for slip in part)
                if sites not in seen:
                    seen.add(sites)
                    yield part


def _same(slip: Slip) -> tuple[str, ...]:
    """Find the same slip wherever it is made: a division by m that is missing everywhere."""
    return slip.family, slip.words


def _alike(slip: Slip) -> tuple[str, ...]:
    """Find the same slip but for the layer, in the computation of the same quantity."""
    return slip.family, _DIGITS.sub("", slip.words), _DIGITS.sub("", slip.target)


def _kindred(slip: Slip) -> tuple[str, ...]:
    """Find the same thing done wrongly with other quantities."""
    return slip.family, slip.kind


def _parts(group: Sequence[Slip]) -> Iterator[Slipped]:
    if 1 < len(group) <= _WHOLE:
        yield tuple(group)
    if 2 < len(group) <= _SMALL:  # noqa: PLR2004 - of two, one is left, which is no group
        for size in range(len(group) - 1, 1, -1):
            yield from itertools.combinations(group, size)

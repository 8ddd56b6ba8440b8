"""Which of a student's files count: those of the last delivery, and of each file the last."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

from autograder.collection.names import Named, is_notebook, without_counter
from autograder.collection.records import Parts, Unpacked
from autograder.spelling import spelled

# Nearer than this, the times of files may be those of the platform's packing.
_APART = timedelta(minutes=1)

Leave = Callable[[Iterable[Named], str], None]
"""Takes files that are not collected, and why."""


def newest(files: Iterable[Named], leave: Leave) -> tuple[list[Named], int]:
    """Give the files of the last delivery; Brightspace has a folder for each.

    Parameters
    ----------
    files : iterable of Named
        All that one student handed in.
    leave : callable

    Returns
    -------
    files : list of Named
        None of them where nothing tells which delivery is the last.
    count : int
        Of how many it is the last.
    """
    deliveries = [list(group) for _, group in groupby(sorted(files, key=_delivery), key=_delivery)]
    if len(deliveries) > 1:
        times = _times(deliveries)
        if not times:
            every = [named for delivery in deliveries for named in delivery]
            leave(every, f"{every[0].who} handed in {len(deliveries)} times, and nothing tells which is the last")
            return [], len(deliveries)
        deliveries = [deliveries[place] for _, place in sorted(zip(times, range(len(times)), strict=True))]
        for delivery in deliveries[:-1]:
            leave(delivery, "a newer submission takes its place")
    return deliveries[-1], len(deliveries)


def last_of_each(files: Iterable[Named], notebooks: Collection[str], leave: Leave) -> list[Named]:
    """Of notebooks and archives that Canvas has counted as one, and of files that bear one name, keep the last."""
    kept: dict[Parts, tuple[tuple[int, int], Named]] = {}
    wanted = {spelled(name) for name in notebooks}
    for original in files:
        bare, count = without_counter(original)
        # Of other files a student may have numbered several; what lies in an archive goes with that.
        its_own = len(original.rest) == 1 and not is_notebook(original.rest)
        if spelled(Path(original.rest[0]).stem) in wanted or its_own:
            bare, count = original, 0
        rank, name = (count, original.order), _name(bare)
        before = kept.get(name)
        if before is None or rank > before[0]:
            kept[name] = rank, bare
        if before is not None and not _same(before[1].file, original.file):
            older = original if rank <= before[0] else before[1]
            leave([older], "a newer file of that name takes its place")
    return [named for _, named in kept.values()]


def _name(named: Named) -> Parts:
    """Give what tells a file from others; notebooks that Canvas has numbered are one in any spelling: the last is."""
    numbered = named.order and is_notebook(named.rest)
    return tuple(map(spelled, named.rest)) if numbered else named.rest


def _delivery(named: Named) -> tuple[str, str, str, str]:
    return named.platform, named.who, named.number, str(named.when or named.date)


def _times(deliveries: Sequence[Sequence[Named]]) -> list[datetime]:
    """Give the times of deliveries: the platform's word, else their newest files'; none where that does not tell."""
    said = [delivery[0].when for delivery in deliveries]
    if all(said):
        times, apart = [when for when in said if when], timedelta.resolution
    else:
        packed = [[named.file.modified for named in delivery] for delivery in deliveries]
        times, apart = [max(filter(None, of_one)) for of_one in packed if all(of_one)], _APART
    told = len(times) == len(deliveries) and all(b - a >= apart for a, b in pairwise(sorted(times)))
    return times if told else []


def _same(one: Unpacked, other: Unpacked) -> bool:
    return filecmp.cmp(one.file, other.file, shallow=False)

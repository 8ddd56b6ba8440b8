"""One submission a student: the newest, with the notebook under the name that nbgrader looks for."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from autograder.collection.names import Named, told, without_counter
from autograder.collection.people import Person, id_of, match
from autograder.collection.unpacking import Left, Parts, Unpacked

# nbgrader believes these; what a student hands in must not be taken for them.
_BELIEVED = frozenset({"timestamp.txt", "submission_secret.txt", "gradebook.db", "nbgrader_config.py"})
_COUNTED = re.compile(r"[\s_.-]*(?:\(\d+\)|copy\d*|final|v?\d{1,3})$", re.IGNORECASE)

Recognizes = Callable[[Path, str], bool]
"""Whether the notebook in a file is the one of some name of the assignment."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What is collected from one student.

    Parameters
    ----------
    student : str
        nbgrader's id.
    who : str
        As the platform writes the name.
    files : dict of (tuple of str) to Unpacked
        Where each file goes in the submission's folder, and what it is.
    when : datetime or None
        When it was handed in, where the platform says so.
    late : bool
        The platform's word.
    notes : tuple of str
    """

    student: str
    who: str
    files: dict[Parts, Unpacked]
    when: datetime | None = None
    late: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be collected, and what would not.

    Parameters
    ----------
    submissions : tuple of Submission
        By student.
    left : tuple of Left
    """

    submissions: tuple[Submission, ...]
    left: tuple[Left, ...]


@dataclass(slots=True)
class _Planner:
    assignment: str
    notebooks: Sequence[str]
    people: Sequence[Person]
    recognizes: Recognizes
    left: list[Left] = field(default_factory=list)

    def leave(self, files: Iterable[Named], reason: str) -> None:
        self.left += [Left(named.file.name, reason) for named in files]

    def student_of(self, named: Named, alike: frozenset[str]) -> str | None:
        """Give the id of the student who handed in a file; None where that is left, and named."""
        if not self.people:
            return id_of(f"{named.who}-{named.number}" if named.who in alike and named.number else named.who)
        found = match(named.who, named.number, self.people)
        if len(found) == 1:
            return found[0].id
        ids = ", ".join(sorted(person.id for person in found))
        self.leave([named], f"{named.who} may be any of {ids}" if found else f"nobody on the class list is {named.who}")
        return None

    def submission(self, student: str, files: list[Named]) -> Submission | None:
        """Choose what counts of all that came from one student."""
        newest, notes = self.newest(files)
        if newest is None:
            return None
        kept = {}
        for named in newest:
            if named.rest[-1].casefold() in _BELIEVED and not _of_nbgrader(named, self.assignment):
                self.leave([named], "nbgrader would take it for its own")
            else:
                kept[named.rest] = named.file
        placed = self.placed(kept)
        if placed is None:
            self.leave(newest, self.why_none(kept))
            return None
        first = newest[0]
        return Submission(student, first.who, placed, first.when, any(n.late for n in newest), tuple(notes))

    def newest(self, files: list[Named]) -> tuple[list[Named] | None, list[str]]:
        """Give the files of the last delivery; Brightspace has a folder for each."""
        deliveries = [list(group) for _, group in groupby(sorted(files, key=_delivery), key=_delivery)]
        notes = []
        if len(deliveries) > 1:
            times = [time for delivery in deliveries if (time := _time(delivery)) is not None]
            if len(set(times)) < len(deliveries):
                self.leave(
                    files, f"{files[0].who} handed in {len(deliveries)} times, and nothing tells which is the last"
                )
                return None, []
            notes.append(f"the last of {len(deliveries)}")
            deliveries = [deliveries[place] for _, place in sorted(zip(times, range(len(times)), strict=True))]
            for delivery in deliveries[:-1]:
                self.leave(delivery, "a newer submission takes its place")
        return self.last_of_each(deliveries[-1]), notes

    def last_of_each(self, files: list[Named]) -> list[Named]:
        """Of files that Canvas has counted as one, or that bear one name, keep the last."""
        kept: dict[Parts, tuple[tuple[int, int], Named]] = {}
        for original in files:
            bare, count = without_counter(original)
            if Path(original.rest[0]).stem in self.notebooks:
                bare, count = original, 0
            rank = (count, original.order)
            before = kept.get(bare.rest)
            if before is None or rank > before[0]:
                kept[bare.rest] = rank, bare
            if before is not None and not _same(before[1].file, original.file):
                older = original if rank <= before[0] else before[1]
                self.leave([older], "a newer file of that name takes its place")
        return [named for _, named in kept.values()]

    def placed(self, files: dict[Parts, Unpacked]) -> dict[Parts, Unpacked] | None:
        """Give the files their places, the notebooks under their names; None where it is not clear which they are."""
        files = _without_common_folder(files)
        places = dict(files)
        loose = [parts for parts in files if parts[-1].casefold().endswith(".ipynb")]
        taken = []
        for name in self.notebooks:
            found = self.notebook(name, [parts for parts in loose if parts not in taken], files)
            if found is not None:
                taken.append(found)
                del places[found]
                places[f"{name}.ipynb",] = files[found]
        return places if taken else None

    def notebook(self, name: str, loose: list[Parts], files: dict[Parts, Unpacked]) -> Parts | None:
        """Find the notebook of a name: by its name, by a name that is nearly it, by what it answers, or alone."""
        for fits in (
            lambda parts: parts == (f"{name}.ipynb",),
            lambda parts: parts[-1] == f"{name}.ipynb",
            lambda parts: _bare(parts[-1]) == _bare(name),
            lambda parts: self.recognizes(files[parts].file, name),
        ):
            found = [parts for parts in loose if fits(parts)]
            if found:
                return found[0] if len(found) == 1 else None
        return loose[0] if len(loose) == 1 == len(self.notebooks) else None

    def why_none(self, files: dict[Parts, Unpacked]) -> str:
        """Say why no notebook was chosen."""
        count = sum(parts[-1].casefold().endswith(".ipynb") for parts in files)
        wanted = " or ".join(f"{name}.ipynb" for name in self.notebooks)
        if not count:
            return f"no notebook came with it; {wanted} is wanted"
        return f"{count} notebooks came with it, and it is not clear which is {wanted}; take the others out"


def plan(
    files: Sequence[Unpacked],
    assignment: str,
    notebooks: Sequence[str],
    people: Sequence[Person],
    recognizes: Recognizes = lambda _path, _name: False,
) -> Plan:
    """Decide what is collected from whom.

    Parameters
    ----------
    files : sequence of Unpacked
    assignment : str
    notebooks : sequence of str
        nbgrader's names of the assignment's notebooks.
    people : sequence of Person
        The class list; where it is empty, everybody is new.
    recognizes : callable
        Tells whether a file is the notebook of a name, where its own name does not.

    Returns
    -------
    Plan
        With everything that is not collected, by name and with a reason.
    """
    planner = _Planner(assignment, notebooks, people, recognizes)
    named = told(files, assignment, frozenset(person.id for person in people))
    numbers = {(one.who.casefold(), one.number) for one in named}
    folded = [who for who, _ in numbers]
    alike = frozenset(one.who for one in named if folded.count(one.who.casefold()) > 1)
    of_student: dict[str, list[Named]] = {}
    for one in named:
        student = planner.student_of(one, alike)
        if student is not None:
            of_student.setdefault(student, []).append(one)
    found = (planner.submission(student, of_student[student]) for student in sorted(of_student))
    return Plan(tuple(one for one in found if one is not None), tuple(planner.left))


def _delivery(named: Named) -> tuple[str, str, str, str]:
    return named.platform, named.who, named.number, str(named.when or "")


def _time(delivery: list[Named]) -> datetime | None:
    """Give the time of a delivery: the platform's word, or that of the newest of its files."""
    times = [named.when or named.file.modified for named in delivery]
    return max(times) if all(times) else None  # type: ignore[type-var]


def _same(one: Unpacked, other: Unpacked) -> bool:
    return filecmp.cmp(one.file, other.file, shallow=False)


def _of_nbgrader(named: Named, assignment: str) -> bool:
    """Tell whether a file lies where nbgrader itself puts it; in an archive within the archive a student can, too."""
    return named.platform == "plain" and not named.file.nested and named.file.parts[-2:-1] == (assignment,)


def _without_common_folder(files: dict[Parts, Unpacked]) -> dict[Parts, Unpacked]:
    while files and len({parts[0] for parts in files}) == 1 and all(len(parts) > 1 for parts in files):
        files = {parts[1:]: file for parts, file in files.items()}
    return files


def _bare(name: str) -> str:
    stem = name.removesuffix(".ipynb")
    while (shorter := _COUNTED.sub("", stem)) and shorter != stem:
        stem = shorter
    return re.sub(r"[\W_]+", "", stem).casefold()

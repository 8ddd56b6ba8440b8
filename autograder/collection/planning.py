"""One submission a student: the newest, with the notebook under the name that nbgrader looks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from autograder.collection.deliveries import last_of_each, newest
from autograder.collection.matching import whose
from autograder.collection.names import Named, is_notebook, told
from autograder.collection.people import ClassList
from autograder.collection.placing import BELIEVED, unfit
from autograder.collection.records import Left, Parts, Unpacked
from autograder.errors import UsageError
from autograder.outcomes import Person
from autograder.spelling import of_name, spelled

_TYPED = "it was typed into the platform; a notebook is wanted"
_COUNTED = re.compile(r"[\s_.-]*(?:\(\d+\)|copy\d*|final|v?\d{1,3})$", re.IGNORECASE)

Recognizes = Callable[[Path, str], bool]
"""Whether the notebook in a file is the one of some name of the assignment."""
AnswersOther = Callable[[Path], str]
"""The assignment that the notebook in a file plainly answers, where it is another; else empty."""
Fits = Callable[[Parts, str], bool]
"""Whether a file is the notebook of some name."""
_BY_NAME: tuple[Fits, ...] = (
    lambda parts, name: parts == (f"{name}.ipynb",),
    lambda parts, name: parts[-1] == f"{name}.ipynb",
    lambda parts, name: spelled("/".join(parts)) == spelled(f"{name}.ipynb"),
    lambda parts, name: spelled(parts[-1]) == spelled(f"{name}.ipynb"),
)


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
    newcomer : bool
        Whether the gradebook has other students and not this one.
    notes : tuple of str
    came_as : dict of (tuple of str) to str
        How the student called the notebooks that got another name.
    """

    student: str
    who: str
    files: dict[Parts, Unpacked]
    when: datetime | None = None
    late: bool = False
    newcomer: bool = False
    notes: tuple[str, ...] = ()
    came_as: dict[Parts, str] = field(default_factory=dict)


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
    people: ClassList
    recognizes: Recognizes
    answers_other: AnswersOther
    left: list[Left] = field(default_factory=list)
    newcomers: set[str] = field(default_factory=set)

    def leave(self, files: Iterable[Named], reason: str) -> None:
        self.left += [_left(named.file, reason) for named in files]

    def is_student(self, who: str) -> bool:
        return bool(self.people.by_name(who))

    def of_several(self, files: Sequence[Named]) -> bool:
        """Tell whether files that lie loose in one folder are the work of several people."""
        if self.people.listed:
            return len({whose(named, self.people).student for named in files} - {""}) > 1
        loose = [named for named in files if is_notebook(named.rest)]
        if any(self.nearest((named.who,)) is not None for named in loose):
            return False
        answers = {named.who for named in loose if any(self.recognizes(named.file.file, n) for n in self.notebooks)}
        return len(answers) > 1

    def by_student(self, files: Sequence[Named]) -> dict[str, list[Named]]:
        """Sort files by whose they are; what is nobody's is left, and named."""
        bearers = Counter(who for who, _ in {(one.who.casefold(), one.number) for one in files})
        alike = frozenset(one.who for one in files if bearers[one.who.casefold()] > 1)
        of_student: dict[str, list[Named]] = {}
        for named in files:
            found = whose(named, self.people, alike)
            if named.typed:
                self.left.append(replace(_left(named.file, _TYPED), typed_by=found.student))
            elif not found.student:
                self.leave([named], found.reason)
            else:
                of_student.setdefault(found.student, []).append(named)
                self.newcomers |= {found.student} if found.newcomer else set()
        return of_student

    def submission(self, student: str, files: list[Named]) -> Submission | None:
        """Choose what counts of all that came from one student."""
        last, count = newest(files, self.leave)
        if not last:
            return None
        last = last_of_each(last, self.notebooks, self.leave)
        kept = {}
        for named in last:
            if named.rest[-1].casefold() in BELIEVED and not _of_nbgrader(named, self.assignment):
                self.leave([named], "nbgrader would take it for its own")
            else:
                kept[named.rest] = named.file
        kept = _without_common_folder(kept)
        others = {
            parts: other for parts in kept if is_notebook(parts) and (other := self.answers_other(kept[parts].file))
        }
        places = self.places(kept, others)
        if not places:
            self.leave(last, self.why_none(kept, others))
            return None
        return Submission(
            student,
            last[0].who,
            self.placed(kept, places, others),
            last[0].when,
            late=any(named.late for named in last),
            newcomer=student in self.newcomers,
            notes=(f"the last of {count}",) if count > 1 else (),
            came_as={place: parts[-1] for parts, place in places.items() if spelled(parts[-1]) != spelled(place[-1])},
        )

    def places(self, files: dict[Parts, Unpacked], others: Collection[Parts]) -> dict[Parts, Parts]:
        """Give the notebooks their names; none where it is not clear which they are."""
        loose = [parts for parts in files if is_notebook(parts) and parts not in others]
        places: dict[Parts, Parts] = {}
        sought = list(self.notebooks)
        by_answers: Fits = lambda parts, name: self.recognizes(files[parts].file, name)  # noqa: E731 - it is one of many
        # The surest sign of all names first: what is nearly one name may be another one.
        for fits in (*_BY_NAME, self.is_nearly, by_answers):
            for name in tuple(sought):
                fitting = [parts for parts in loose if parts not in places and fits(parts, name)]
                found = [parts for parts in fitting if not self.is_anothers(files[parts].file, name)]
                if found:
                    sought.remove(name)
                if len(found) == 1:
                    places[found[0]] = (f"{name}.ipynb",)
        if len(loose) == 1 == len(self.notebooks):
            places.setdefault(loose[0], (f"{self.notebooks[0]}.ipynb",))
        return places

    def is_nearly(self, parts: Parts, name: str) -> bool:
        """Tell whether a file bears a name with the mark of a copy or of a version behind it, or other signs in it."""
        return self.nearest(parts) == next(_forms(name))

    def nearest(self, parts: Parts) -> str | None:
        """Give the notebook that a file's name is nearly, by its letters and digits; None where it is none."""
        wanted = {next(_forms(name)) for name in self.notebooks}
        return next((form for form in _forms(parts[-1]) if form in wanted), None)

    def is_anothers(self, file: Path, name: str) -> bool:
        """Tell whether a file answers another notebook of the assignment, whatever its name."""
        return any(self.recognizes(file, other) for other in self.notebooks if other != name)

    def placed(
        self, files: dict[Parts, Unpacked], places: Mapping[Parts, Parts], others: Mapping[Parts, str]
    ) -> dict[Parts, Unpacked]:
        """Give each file its place; what answers another assignment and bears a name of this one is left."""
        came = {place: parts for parts, place in places.items()}
        stored = {place: files[parts] for place, parts in came.items()}
        rest = {parts: file for parts, file in files.items() if parts not in places}
        wanted = [f"{name}.ipynb" for name in self.notebooks]
        for parts, other in others.items():
            for name in of_name("/".join(parts), wanted, str)[:1]:
                instead = f", and {came[name,][-1]} takes its place" if (name,) in came else f", not {self.assignment}"
                self.left.append(_left(rest.pop(parts), f"it answers {other}{instead}"))
        for parts in rest.keys() & came.keys():
            other = f"it answers another notebook, and {came[parts][-1]} takes its place"
            self.left.append(_left(rest.pop(parts), other))
        reasons = unfit(rest, stored)
        self.left += [_left(rest[parts], reason) for parts, reason in reasons.items()]
        return stored | {parts: file for parts, file in rest.items() if parts not in reasons}

    def why_none(self, files: Iterable[Parts], others: Mapping[Parts, str]) -> str:
        """Say why no notebook was chosen."""
        count = sum(map(is_notebook, files))
        wanted = " or ".join(f"{name}.ipynb" for name in self.notebooks)
        if not count:
            return f"no notebook came with it; {wanted} is wanted"
        if count == len(others):
            answers = (f"{parts[-1]} answers {other}" for parts, other in others.items())
            return f"{', '.join(answers)}, not {self.assignment}"
        return f"{count} notebooks came with it, and it is not clear which is {wanted}; take the others out"


def plan(
    files: Sequence[Unpacked],
    assignment: str,
    notebooks: Sequence[str],
    people: Sequence[Person],
    recognizes: Recognizes = lambda _path, _name: False,
    answers_other: AnswersOther = lambda _path: "",
) -> Plan:
    """Decide what is collected from whom.

    Parameters
    ----------
    files : sequence of Unpacked
    assignment : str
    notebooks : sequence of str
        nbgrader's names of the assignment's notebooks.
    people : sequence of Person
        The students in the gradebook; where there are none, everybody is new.
    recognizes : callable
        Tells whether a file is the notebook of a name, where its own name does not.
    answers_other : callable
        Names the assignment that a file plainly answers, where that is another one.

    Returns
    -------
    Plan
        With everything that is not collected, by name and with a reason.

    Raises
    ------
    UsageError
        Where the download is of a platform that is not known.
    """
    _known(files)
    planner = _Planner(assignment, notebooks, ClassList(people), recognizes, answers_other)
    named = told(files, assignment, planner.is_student, planner.of_several)
    of_student = planner.by_student(named)
    found = (planner.submission(student, of_student[student]) for student in sorted(of_student))
    return Plan(tuple(one for one in found if one is not None), tuple(planner.left))


def _left(file: Unpacked, reason: str) -> Left:
    return Left(file.name, reason, file.owner)


def _known(files: Sequence[Unpacked]) -> None:
    """See that it is no download of Gradescope: there one file, beside the folders, says whose they are."""
    for about in files:
        beside = about.parts[:-1]
        if about.parts[-1] == "submission_metadata.yml" and all(f.parts[: len(beside)] == beside for f in files):
            raise UsageError(
                "This is a download of Gradescope, where folders do not tell whose they are. What is known are "
                "downloads of Canvas, Moodle and Brightspace, and folders or files that bear students' names or ids."
            )


def _of_nbgrader(named: Named, assignment: str) -> bool:
    """Tell whether a file lies where nbgrader itself puts it; in an archive within the archive a student can, too."""
    folder = "".join(named.file.parts[-2:-1])
    return named.platform == "plain" and not named.file.nested and spelled(folder) == spelled(assignment)


def _without_common_folder(files: dict[Parts, Unpacked]) -> dict[Parts, Unpacked]:
    while files and len({parts[0] for parts in files}) == 1 and all(len(parts) > 1 for parts in files):
        files = {parts[1:]: file for parts, file in files.items()}
    return files


def _forms(name: str) -> Iterator[str]:
    """Give the letters and digits of a notebook's name: as it is, then without each mark of a copy at its end."""
    stem, longer = spelled(name).removesuffix(".ipynb"), ""
    while stem != longer:
        yield re.sub(r"[\W_]+", "", stem)
        stem, longer = _COUNTED.sub("", stem), stem

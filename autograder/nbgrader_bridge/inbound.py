"""What students have put into the exchange, looked at before nbgrader chooses from it and copies.

Its folders are students', name and contents: nbgrader's own collecting ends at the first that it cannot read or copy,
follows links with the instructor's rights, and takes the name's word for whose a submission is.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import pwd
import shutil
import stat
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from autograder.nbgrader_bridge.no_room import tells_of_no_room
from autograder.nbgrader_bridge.times import TIME_FILE, time_in, time_of

_DEEPEST = 30
# nbgrader takes some of these for a pattern or for the end of a name.
_NOT_IN_NAMES = frozenset("*?[],")
# nbgrader's times are in UTC without saying so.
_NEVER = datetime.min  # noqa: DTZ901
_TIME = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Told:
    """A folder of the exchange that a person should know of, by the student that its name names, and why."""

    student: str
    folder: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be told of a collecting.

    Parameters
    ----------
    left : tuple of Told
        What was not collected; where it is a student's newest, an earlier one was.
    doubtful : tuple of Told
        What was.
    """

    left: tuple[Told, ...] = ()
    doubtful: tuple[Told, ...] = ()


@dataclass(slots=True)
class _Folder:
    """A folder of the exchange; `fault` is why it is not collected, `strange` that it belongs to somebody else."""

    path: Path
    student: str
    at: datetime | None
    owner: int
    fault: str = ""
    strange: bool = False

    def told(self, reason: str) -> Told:
        return Told(self.student, self.path.name, reason)


class Inbound:
    """Has nbgrader choose among the folders that can be collected only, and copy one without regard to the others.

    Parameters
    ----------
    step : ExchangeCollect
        Its methods are put in order for this.
    own : collection of int
        Users whose folders the instructor has made.
    """

    def __init__(self, step: ExchangeCollect, own: Collection[int]) -> None:
        self._step = step
        self._own = own
        self._folders: dict[str, _Folder] = {}
        self._refused: list[Told] = []
        self._choose, self._read, self._copy = step.init_src, step._path_to_record, step.do_copy  # noqa: SLF001
        step.init_src, step._path_to_record, step.do_copy = self._init_src, self._record, self._do_copy  # noqa: SLF001

    def gathered(self) -> Gathered:
        """Tell of what was left, if there is nothing newer of the student, and of what was taken and is doubtful."""
        chosen = {one["username"]: self._folders[one["filename"]] for one in self._step.src_records}
        left = [
            one.told(one.fault)
            for one in self._folders.values()
            if one.fault and _is_newer(one, chosen.get(one.student))
        ]
        owners_tell = self._step.check_owner and self._owners_tell()
        doubtful = [one.told(doubt) for one in chosen.values() for doubt in self._doubts(one, owners_tell=owners_tell)]
        return Gathered(_sorted([*left, *self._refused]), _sorted(doubtful))

    def _init_src(self) -> None:
        step = self._step
        place = Path(step.root, step.coursedir.course_id, "inbound")
        for path in sorted(place.glob(f"*+{glob.escape(step.coursedir.assignment_id)}+*")):
            with contextlib.suppress(FileNotFoundError):  # its student may take it away meanwhile
                self._folders[path.name] = self._looked_at(path)
        if step.check_owner:
            self._ask_owners([one for one in self._folders.values() if not one.fault])
        self._choose()
        step.src_records = [record for record in step.src_records if record["username"] is not None]
        for record in step.src_records:
            self._give_way(record["username"])

    def _give_way(self, student: str) -> None:
        """Let nbgrader replace what it has collected, whatever its time, if that is what a stranger has put there."""
        directory = self._step.coursedir
        place = Path(directory.format_path(directory.submitted_directory, student, directory.assignment_id))
        at = time_in(place)
        strange = [one for one in self._folders.values() if one.strange and one.student == student]
        if at is not None and at in map(time_in, (one.path for one in strange)):
            (place / TIME_FILE).unlink(missing_ok=True)

    def _record(self, path: str) -> dict[str, Any]:
        """Read a folder's name, as nbgrader does; those that are not to be collected are nobody's."""
        found = self._folders.get(Path(path).name)
        if found is None or found.fault:
            return {"username": None, "filename": Path(path).name, "timestamp": _NEVER}
        record: dict[str, Any] = self._read(path)
        return record

    def _do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ANN401 - nbgrader's
        try:
            self._copy(src, dest, log)
        except BaseException as error:  # Ctrl-C too
            # A part of it that has the time would be taken for the whole by the next collecting.
            shutil.rmtree(dest, ignore_errors=True)
            if not isinstance(error, OSError | RuntimeError) or tells_of_no_room(str(error)):
                raise
            reason = f"it could not be copied, and nothing of it is in submitted/: {error}"
            self._refused.append(self._folders[Path(src).name].told(reason))

    def _looked_at(self, path: Path) -> _Folder:
        assignment = self._step.coursedir.assignment_id
        student, *rest = path.name.rsplit("+", 3)
        at = time_of(rest[1]) if len(rest) > 1 and rest[0] == assignment else None
        if at is None or not student:
            fault = f"its name is not STUDENT+{assignment}+TIME with a time that can be read"
        elif student.startswith(".") or not student.isprintable() or _NOT_IN_NAMES & set(student):
            fault = "what its name begins with cannot be a student's name"
        else:
            fault = _fault_in(path, self._step.coursedir.max_dir_size)
        return _Folder(path, student, at, path.lstat().st_uid, fault)

    def _ask_owners(self, folders: Iterable[_Folder]) -> None:
        """Leave what belongs to a stranger where the student, or somebody before, has handed in."""
        for student, its in _by_student(folders).items():
            known = [one for one in its if self._is_known(one)]
            # Accounts without the students' names, as where all are one: who came first is believed.
            owners = {one.owner for one in known or [min(its, key=lambda one: one.at or _NEVER)]}
            for one in its:
                if one.owner not in owners:
                    one.strange = True
                    one.fault = (
                        f"it belongs to {_name_of(one.owner)}, and what else there is of {student} to "
                        f"{' and '.join(map(_name_of, sorted(owners)))}: somebody else may have handed it in. If it is "
                        "the student's, make it your own with chown, and collect again"
                    )

    def _is_known(self, folder: _Folder) -> bool:
        return folder.owner in self._own or _name_of(folder.owner) == folder.student

    def _doubts(self, folder: _Folder, *, owners_tell: bool) -> Iterable[str]:
        if owners_tell and not self._is_known(folder):
            yield f"it belongs to {_name_of(folder.owner)}: somebody else may have handed it in"
        said = time_in(folder.path)
        if said is not None and folder.at is not None and said != folder.at:
            yield (
                f"timestamp.txt says {said:{_TIME}} UTC, and the folder's name {folder.at:{_TIME}}; a penalty goes by "
                "the first, and students can write both"
            )

    def _owners_tell(self) -> bool:
        """Tell whether most students have a folder that is known: otherwise accounts are not students here."""
        students = _by_student(one for one in self._folders.values() if not one.fault)
        known = [student for student, its in students.items() if any(map(self._is_known, its))]
        return 2 * len(known) > len(students)


def _by_student(folders: Iterable[_Folder]) -> dict[str, list[_Folder]]:
    found = defaultdict(list)
    for one in folders:
        found[one.student].append(one)
    return found


def _is_newer(folder: _Folder, chosen: _Folder | None) -> bool:
    return folder.at is None or chosen is None or chosen.at is None or folder.at > chosen.at


def _sorted(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda one: (one.student, one.folder)))


@functools.cache
def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def _fault_in(folder: Path, most: int) -> str:
    """Say why what lies there should not be copied; `most` is nbgrader's limit in kB."""
    if folder.is_symlink() or not folder.is_dir():
        return "it is no folder"
    size = 0
    try:
        for at, folders, files in os.walk(folder, onerror=_fail):
            if len(Path(at).relative_to(folder).parts) > _DEEPEST:
                return f"folders in it stand more than {_DEEPEST} deep in each other"
            for path in (Path(at, name) for name in (*folders, *files)):
                about = path.lstat()
                if fault := _fault_of(path, about.st_mode):
                    return fault
                size += about.st_size if stat.S_ISREG(about.st_mode) else 0
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return f"it is larger than the {most} kB of CourseDirectory.max_dir_size" if size > 1000 * most else ""


def _fault_of(path: Path, mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "it holds links. Ask for one with files only"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "it holds a pipe or a device. Ask for one with files only"
    return "" if os.access(path, os.R_OK) else f"you may not read {path.name} in it"


def _fail(error: OSError) -> None:
    raise error

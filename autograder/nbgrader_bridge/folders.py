"""The folder of an autograded submission: made beside its place, then put there in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from nbgrader.utils import find_all_files

from autograder.nbgrader_bridge.course import Course

_PARTIAL, _OLD = ".autograder-partial-", ".autograder-old-"


class Folders:
    """The folders of one assignment.

    Parameters
    ----------
    course : Course
        Its assignment is theirs.
    permissions : int
        Of each file, as nbgrader is configured: the digits of an octal number.
    """

    def __init__(self, course: Course, permissions: int) -> None:
        self._course = course
        self._mode = int(str(permissions), 8)
        directory = course.directory
        source = directory.format_path(directory.source_directory, ".", directory.assignment_id)
        # In memory, for it is the source that the run began with; what students hand in may be very large.
        self._source = {name: path.read_bytes() for name, path in _files(Path(source), directory.ignore).items()}

    def submitted(self, student: str) -> Path:
        """Give the folder that was collected."""
        return self._path(self._course.directory.submitted_directory, student)

    def autograded(self, student: str) -> Path:
        """Give the folder of what was graded."""
        return self._path(self._course.directory.autograded_directory, student)

    def timestamp(self, student: str) -> datetime | None:
        """Read when it was handed in, in UTC without saying so; None where no file tells."""
        at: datetime | None = self._course.directory.get_existing_timestamp(str(self.submitted(student)))
        return at

    def prepare(self, student: str, notebooks: Mapping[str, str]) -> None:
        """Make the folder beside its place: the student's other files, the source's over them, and the notebooks.

        A student's file is left out where a folder of ours must stand, or whose folder has the name of a file of ours.
        """
        target = self.autograded(student)
        partial = target.with_name(_PARTIAL + target.name)
        shutil.rmtree(partial, ignore_errors=True)
        ours = self._source | {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
        theirs = _beside(ours, _files(self.submitted(student), self._course.directory.ignore))
        partial.mkdir(parents=True)
        for name, origin in theirs.items():
            shutil.copyfile(origin, _place(partial, name))
        for name, data in ours.items():
            _place(partial, name).write_bytes(data)
        for name in {*theirs, *ours}:
            (partial / name).chmod(self._mode)
        if self._course.directory.groupshared:
            for folder in (partial, *(path for path in partial.rglob("*") if path.is_dir())):
                folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)

    @contextlib.contextmanager
    def nothing_partial(self, student: str) -> Iterator[None]:
        """Remove what is prepared within, where that fails."""
        try:
            yield
        except BaseException:
            target = self.autograded(student)
            shutil.rmtree(target.with_name(_PARTIAL + target.name), ignore_errors=True)
            raise

    def recover(self, student: str) -> None:
        """Put back what a killed run has moved aside: the gradebook may still be that of it."""
        target = self.autograded(student)
        old = target.with_name(_OLD + target.name)
        if old.exists():
            shutil.rmtree(target, ignore_errors=True)
            old.rename(target)

    @contextlib.contextmanager
    def put(self, student: str) -> Iterator[None]:
        """Put what was prepared in its place; where that or what is done within fails, all is as it was before."""
        target = self.autograded(student)
        partial, old = (target.with_name(name + target.name) for name in (_PARTIAL, _OLD))
        with contextlib.ExitStack() as undo:
            if target.exists():
                target.rename(old)
                undo.callback(old.rename, target)
            partial.rename(target)
            undo.callback(target.rename, partial)
            yield
            undo.pop_all()
        shutil.rmtree(old, ignore_errors=True)

    def remove(self, student: str) -> None:
        """Leave no folder: nbgrader's sign that a submission is not autograded."""
        shutil.rmtree(self.autograded(student), ignore_errors=True)

    def _path(self, step: str, student: str) -> Path:
        directory = self._course.directory
        return Path(directory.format_path(step, student, directory.assignment_id))


def _beside(ours: Iterable[str], theirs: Mapping[str, Path]) -> dict[str, Path]:
    """Choose the files of a student that can stand beside ours."""
    files = set(ours)
    taken = files.union(str(above) for name in files for above in Path(name).parents)
    return {
        name: origin
        for name, origin in theirs.items()
        if name not in taken and not any(str(above) in files for above in Path(name).parents)
    }


def _place(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _files(folder: Path, ignore: list[str]) -> dict[str, Path]:
    """List what nbgrader copies of a folder; it would follow a link, wherever it leads, and wait for a pipe."""
    paths = (Path(path) for path in find_all_files(str(folder), [*ignore, "*.ipynb"]))
    return {os.path.relpath(path, folder): path for path in paths if _is_plain(path)}


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()

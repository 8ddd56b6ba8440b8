"""What has been graded, and what of it is in the gradebook: a run that was ended goes on from here.

A result is kept under the hash of what it follows from, the submission and the assignment's bundle; so it is never
taken for that of another text or of other tests. SQLite in WAL mode: a process that is killed at any moment leaves the
last committed state, and a reader does not stop the writer.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.errors import GradebookError

VERSION = 1
"""Of the tables. Those of before there were versions are the same, and say 0."""

_PATIENCE_SECONDS = 30
# What the machine would say for what SQLite says.
_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
}
_AWAY = "Move it away, then run it again: the gradebook keeps its marks, and what only the journal knew is graded anew."
_DAMAGED = "{path}, the journal of what was graded, is damaged: {error}. " + _AWAY
_OTHER = "{path}, the journal of what was graded, is of another version of autograder: {found}. " + _AWAY
_TABLES = """
create table if not exists result (key text primary key, final integer not null, data blob not null) without rowid;
create table if not exists entry (
    assignment text not null, student text not null, key text not null, written integer not null,
    primary key (assignment, student)
) without rowid;
create table if not exists work (
    assignment text not null, student text not null, hash text not null, primary key (assignment, student)
) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a submission.

    Parameters
    ----------
    key : str
        Hash of submission and bundle.
    data : bytes
        The result.
    final : bool
        False where it has no score for a reason of ours: another run tries it again.
    """

    key: str
    data: bytes
    final: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A student's submission, as it was graded last.

    Parameters
    ----------
    student, key : str
    written : bool
        Whether the gradebook has it.
    work : str
        Hash of the submission alone; empty where that was not kept.
    """

    student: str
    key: str
    written: bool
    work: str = ""


class Journal:
    """The journal of a course; a context manager. What is put in is kept from `commit` on.

    Parameters
    ----------
    path : Path
        The database; made with its folder where it is not there.

    Raises
    ------
    GradebookError
        The file is damaged, of another version, or no database at all; so where it is read or written.
    OSError
        As `commit`.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with _told(path):
            self._database = sqlite3.connect(path, timeout=_PATIENCE_SECONDS)
            try:
                self._open()
            except (sqlite3.Error, GradebookError):
                self._database.close()
                raise

    def _open(self) -> None:
        (version,) = self._database.execute("pragma user_version").fetchone()
        if version not in {0, VERSION}:
            found = f"it has version {version}, and this one reads {VERSION}"
            raise GradebookError(_OTHER.format(path=self._path, found=found))
        self._database.execute("pragma journal_mode = wal")
        # A killed process loses nothing; only a power cut may take the last few results with it.
        self._database.execute("pragma synchronous = normal")
        self._database.executescript(_TABLES)
        if version != VERSION:
            self._database.execute(f"pragma user_version = {VERSION}")

    def _do(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with _told(self._path):
            return self._database.execute(statement, values)

    def _do_all(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with _told(self._path):
            self._database.executemany(statement, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def forget(self, assignment: str, students: Iterable[str]) -> None:
        """Begin anew with some submissions of an assignment; what no other one follows from is dropped."""
        gone = [(assignment, student) for student in students]
        self._do_all("delete from entry where assignment = ? and student = ?", gone)
        self._do_all("delete from work where assignment = ? and student = ?", gone)
        self._do("delete from result where key not in (select key from entry)")
        self.commit()

    def find(self, key: str) -> Record | None:
        """Give what is known under a hash."""
        row = self._do("select key, data, final from result where key = ?", (key,)).fetchone()
        return Record(row[0], row[1], bool(row[2])) if row else None

    def keep(self, record: Record) -> None:
        """Keep a result that is nobody's last one yet: of a trial."""
        self._do("insert or replace into result values (?, ?, ?)", (record.key, record.final, record.data))

    def put(self, assignment: str, student: str, record: Record, work: str) -> None:
        """Enter a submission's result, which the gradebook does not have yet, and the hash of the submission alone."""
        self.keep(record)
        row = (assignment, student, record.key)
        self._do("insert or replace into entry values (?, ?, ?, 0)", row)
        self._do("insert or replace into work values (?, ?, ?)", (assignment, student, work))

    def written(self, assignment: str, students: Iterable[str]) -> None:
        """Note that the gradebook has these submissions now."""
        rows = [(assignment, student) for student in students]
        self._do_all("update entry set written = 1 where assignment = ? and student = ?", rows)

    def entry(self, assignment: str, student: str) -> Entry | None:
        """Give what was entered last for a student."""
        query = """select student, key, written, coalesce(hash, '') from entry
                   left join work using (assignment, student) where assignment = ? and student = ?"""
        row = self._do(query, (assignment, student)).fetchone()
        return Entry(row[0], row[1], bool(row[2]), row[3]) if row else None

    def records(self, assignment: str) -> Iterator[tuple[str, Record]]:
        """Give the results of an assignment by student."""
        query = """select student, result.key, data, final from entry join result on result.key = entry.key
                   where assignment = ? order by student"""
        with _told(self._path):
            for student, key, data, final in self._database.execute(query, (assignment,)):
                yield student, Record(key, data, bool(final))

    def commit(self) -> None:
        """Keep what has been put in.

        Raises
        ------
        OSError
            As all of these: there is no room, another run has the journal, or it may not be written.
        """
        with _told(self._path):
            self._database.commit()


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what SQLite says as what it is: a refusal of the machine, a damaged file, or one of another version."""
    try:
        yield
    except sqlite3.OperationalError as error:
        # Its extended codes have more bits. Where Python itself cannot make a text of what it read there is none.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_CORRUPT:
            raise GradebookError(_DAMAGED.format(path=path, error=error)) from error
        if code == sqlite3.SQLITE_ERROR:
            raise GradebookError(_OTHER.format(path=path, found=error)) from error
        if refusal := _refusal(path):
            raise refusal from error
        if code == sqlite3.SQLITE_READONLY:
            raise PermissionError(errno.EACCES, str(error), str(path)) from error
        raise OSError(_NUMBERS.get(code, errno.EIO), f"the journal cannot be written: {error}", str(path)) from error
    except sqlite3.DatabaseError as error:
        raise GradebookError(_DAMAGED.format(path=path, error=error)) from error


def _refusal(path: Path) -> OSError | None:
    """Say why the machine does not let a file be written, if it does not: SQLite says only that it cannot be.

    It is not opened for that: whoever closes it takes the locks away that this process has on it.
    """
    place = path if path.exists() else path.parent
    try:
        read_only = os.statvfs(place).f_flag & os.ST_RDONLY
    except OSError as error:
        return error
    number = errno.EISDIR if path.is_dir() else errno.EROFS if read_only else errno.EACCES
    if number == errno.EACCES and os.access(place, os.W_OK):
        return None
    return OSError(number, os.strerror(number), str(path))

"""What has been graded, and what of it is in the gradebook: a run that was ended goes on from here.

A result is kept under the hash of what it follows from, the submission and the assignment's bundle; so it is never
taken for that of another text or of other tests. SQLite in WAL mode: a process that is killed at any moment leaves the
last committed state, and a reader does not stop the writer.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_PATIENCE_SECONDS = 30
_TABLES = """
create table if not exists result (key text primary key, final integer not null, data blob not null) without rowid;
create table if not exists entry (
    assignment text not null, student text not null, key text not null, bundle text not null, written integer not null,
    primary key (assignment, student)
) without rowid;
create table if not exists bundle (hash text primary key, data blob not null) without rowid;
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
    student, key, bundle : str
        The bundle's hash.
    written : bool
        Whether the gradebook has it.
    """

    student: str
    key: str
    bundle: str
    written: bool


class Journal:
    """The journal of a course; a context manager. What is put in is kept from `commit` on.

    Parameters
    ----------
    path : Path
        The database; made with its folder where it is not there.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=_PATIENCE_SECONDS)
        with contextlib.ExitStack() as undo:
            undo.callback(self._database.close)
            self._database.execute("pragma journal_mode = wal")
            # A killed process loses nothing; only a power cut may take the last few results with it.
            self._database.execute("pragma synchronous = normal")
            self._database.executescript(_TABLES)
            undo.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def forget(self, assignment: str, students: Iterable[str]) -> None:
        """Begin anew with some submissions of an assignment; what no other one follows from is dropped."""
        gone = [(assignment, student) for student in students]
        self._database.executemany("delete from entry where assignment = ? and student = ?", gone)
        self._database.execute("delete from result where key not in (select key from entry)")
        self._database.execute("delete from bundle where hash not in (select bundle from entry)")
        self._database.commit()

    def find(self, key: str) -> Record | None:
        """Give what is known under a hash."""
        row = self._database.execute("select key, data, final from result where key = ?", (key,)).fetchone()
        return Record(row[0], row[1], bool(row[2])) if row else None

    def put(self, assignment: str, student: str, bundle: str, record: Record) -> None:
        """Enter a submission's result, which the gradebook does not have yet."""
        self._database.execute(
            "insert or replace into result values (?, ?, ?)", (record.key, record.final, record.data)
        )
        row = (assignment, student, record.key, bundle)
        self._database.execute("insert or replace into entry values (?, ?, ?, ?, 0)", row)

    def written(self, assignment: str, students: Iterable[str]) -> None:
        """Note that the gradebook has these submissions now."""
        rows = [(assignment, student) for student in students]
        self._database.executemany("update entry set written = 1 where assignment = ? and student = ?", rows)

    def entry(self, assignment: str, student: str) -> Entry | None:
        """Give what was entered last for a student."""
        query = "select student, key, bundle, written from entry where assignment = ? and student = ?"
        row = self._database.execute(query, (assignment, student)).fetchone()
        return Entry(row[0], row[1], row[2], bool(row[3])) if row else None

    def records(self, assignment: str) -> Iterator[tuple[str, Record]]:
        """Give the results of an assignment by student."""
        query = """select student, result.key, data, final from entry join result on result.key = entry.key
                   where assignment = ? order by student"""
        for student, key, data, final in self._database.execute(query, (assignment,)):
            yield student, Record(key, data, bool(final))

    def keep_bundle(self, name: str, data: bytes) -> None:
        """Keep what is to be known of a bundle once it has changed, under its hash."""
        self._database.execute("insert or replace into bundle values (?, ?)", (name, data))

    def bundle(self, name: str) -> bytes | None:
        """Give what was kept of a bundle."""
        row = self._database.execute("select data from bundle where hash = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None

    def commit(self) -> None:
        """Keep what has been put in."""
        self._database.commit()

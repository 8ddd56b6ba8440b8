"""Submissions in nbgrader's folders, byte for byte."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from autograder.collection import Submission, Unpacked, store


def submission(folder: Path, when: datetime | None = None, **files: bytes) -> Submission:
    stored = {}
    for number, (name, data) in enumerate(files.items()):
        path = folder / f"{number}-{name}"
        path.write_bytes(data)
        stored[f"{name}.ipynb",] = Unpacked((name,), path)
    return Submission("ada", "Ada", stored, when)


def test_what_is_stored_is_what_came(tmp_path: Path) -> None:
    data = os.urandom(5000)
    assert store(submission(tmp_path, hw=data), tmp_path / "submitted" / "ada" / "hw") == "new"
    stored = (tmp_path / "submitted" / "ada" / "hw" / "hw.ipynb").read_bytes()
    assert hashlib.sha256(stored).digest() == hashlib.sha256(data).digest()


def test_a_newer_one_takes_the_place_of_the_older_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "submitted" / "ada" / "hw"
    store(submission(tmp_path, hw=b"1", notes=b"x"), target)
    assert store(submission(tmp_path, hw=b"2"), target) == "in place of the one before"
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"hw.ipynb": b"2"}
    assert [path.name for path in target.parent.iterdir()] == ["hw"]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "submitted" / "ada" / "hw"
    store(submission(tmp_path, hw=b"1"), target)
    before = target.stat().st_mtime_ns
    assert store(submission(tmp_path, hw=b"1"), target) == "the same as before"
    assert target.stat().st_mtime_ns == before


def test_the_platforms_time_is_written_as_nbgrader_reads_it(tmp_path: Path) -> None:
    when = datetime(2026, 1, 5, 23, 59, tzinfo=UTC)
    store(submission(tmp_path, when, hw=b"1"), tmp_path / "ada")
    assert (tmp_path / "ada" / "timestamp.txt").read_text() == "2026-01-05 23:59:00.000000 UTC"

"""Submissions in nbgrader's folders, byte for byte."""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.api.collecting import newer_stored
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


def test_where_the_newer_one_cannot_be_put_the_older_stays(tmp_path: Path, monkeypatch) -> None:
    target = tmp_path / "submitted" / "ada" / "hw"
    store(submission(tmp_path, hw=b"1"), target)
    rename = Path.rename

    def refused(self: Path, to: Path) -> Path:
        if (self / "hw.ipynb").read_bytes() == b"2":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        store(submission(tmp_path, hw=b"2"), target)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"hw.ipynb": b"1"}
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


EARLY, LATE = datetime(2026, 1, 5, 8, 0, tzinfo=UTC), datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "comes", "newer"),
    [(LATE, EARLY, LATE), (EARLY, LATE, None), (LATE, LATE, None), (None, EARLY, None), (LATE, None, None)],
    ids=["older", "newer", "as old", "no time stored", "comes without a time"],
)
def test_whether_what_is_stored_is_newer(tmp_path: Path, stored, comes, newer) -> None:
    store(submission(tmp_path, stored, hw=b"1"), tmp_path / "ada")
    assert newer_stored(submission(tmp_path, comes, hw=b"2"), tmp_path / "ada") == newer


@pytest.mark.parametrize(
    "text", ["2026-01-05 10:00:00.5 CET", "2026-01-05 04:00:00 America/New_York", "2026-01-05 09:00"]
)
def test_the_time_of_what_is_stored_is_read_as_nbgrader_reads_it(tmp_path: Path, text: str) -> None:
    store(submission(tmp_path, hw=b"1"), tmp_path / "ada")
    (tmp_path / "ada" / "timestamp.txt").write_text(text)
    newer = newer_stored(submission(tmp_path, EARLY, hw=b"2"), tmp_path / "ada")
    assert newer is not None
    assert newer.replace(microsecond=0) == LATE


def test_nothing_that_is_stored_is_newer_than_the_first(tmp_path: Path) -> None:
    assert newer_stored(submission(tmp_path, EARLY, hw=b"1"), tmp_path / "ada") is None


def test_the_time_that_nbgrader_wrote_beside_a_submission_is_its_time(tmp_path: Path) -> None:
    store(submission(tmp_path, LATE, hw=b"1"), tmp_path / "ada")
    (tmp_path / "written").write_text("2026-01-05 08:00:00 UTC")
    came = submission(tmp_path, hw=b"2")
    came.files["timestamp.txt",] = Unpacked(("ada", "hw", "timestamp.txt"), tmp_path / "written")
    assert newer_stored(came, tmp_path / "ada") == LATE

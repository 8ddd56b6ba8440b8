"""A journal gives back what was put in; one that cannot be read is told in a sentence, with what to do."""

from __future__ import annotations

import contextlib
import errno
import re
import sqlite3
from pathlib import Path

import pytest

from autograder.engine import Journal, Record
from autograder.engine.journal import VERSION, Entry
from autograder.errors import GradebookError

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a journal with some pages of results."""
    path = tmp_path / "state" / "journal.db"
    with Journal(path) as journal:
        for number in range(100):
            journal.put("hw", f"s{number:02}", Record(f"key {number:02}", bytes(300)), "work")
        journal.commit()
    return path


@pytest.mark.parametrize("final", [True, False])
def test_a_result_is_found_again_with_whether_it_is_final(path: Path, final: bool) -> None:
    record = Record("key", b"result", final)
    with Journal(path) as journal:
        journal.put("hw", "ada", record, "work")
        journal.commit()
    with Journal(path) as journal:
        assert journal.find("key") == record
        assert dict(journal.records("hw"))["ada"] == record


def test_a_submission_is_in_the_gradebook_once_that_is_noted(path: Path) -> None:
    with Journal(path) as journal:
        journal.written("hw", ["s01"])
        assert journal.entry("hw", "s01") == Entry("s01", "key 01", written=True, work="work")
        assert journal.entry("hw", "s02") == Entry("s02", "key 02", written=False, work="work")


def test_a_submission_that_is_graded_again_is_not_in_the_gradebook_yet(path: Path) -> None:
    with Journal(path) as journal:
        journal.written("hw", ["s01"])
        journal.put("hw", "s01", Record("another", b""), "other work")
        assert journal.entry("hw", "s01") == Entry("s01", "another", written=False, work="other work")


def test_a_submission_whose_own_hash_was_not_kept_has_an_entry_all_the_same(path: Path) -> None:
    with Journal(path) as journal:
        journal._do("delete from work where student = 's01'")
        assert journal.entry("hw", "s01") == Entry("s01", "key 01", written=False)


def test_what_is_forgotten_takes_no_other_submissions_result_along(path: Path) -> None:
    with Journal(path) as journal:
        journal.put("hw", "ada", Record("key 01", bytes(300)), "work")
        journal.put("other", "s02", Record("key 02", bytes(300)), "work")
        journal.forget("hw", ["s01", "s02", "s03"])
        assert [journal.entry("hw", name) for name in ("s01", "s02", "s03")] == [None] * 3
        assert [journal.find(f"key 0{n}") is not None for n in (1, 2, 3)] == [True, True, False]


def test_a_name_in_the_journal_that_is_no_text_is_told_as_damage(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("update entry set student = cast(x'ff' as text) where student = 's99'")
        database.commit()
    with Journal(path) as journal, pytest.raises(GradebookError, match="damaged"):
        list(journal.records("hw"))


def test_a_file_that_is_no_journal_is_told_with_its_place(path: Path) -> None:
    path.write_text("no database at all\n" * 100)
    with pytest.raises(GradebookError, match=re.escape(str(path))) as told:
        Journal(path)
    assert "Move it away" in str(told.value)


def test_a_journal_with_a_damaged_page_is_told_where_it_is_read(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:PAGE] + b"\xff" * (len(data) - PAGE))
    with Journal(path) as journal, pytest.raises(GradebookError, match="damaged"):
        journal.find("key 01")


def test_a_journal_that_is_damaged_further_on_is_told_where_it_is_read(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-PAGE] + b"\xff" * PAGE)
    with Journal(path) as journal:
        records = journal.records("hw")
        assert next(records)[0] == "s00"
        with pytest.raises(GradebookError, match="damaged"):
            list(records)


def test_a_journal_says_its_version(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma user_version").fetchone() == (VERSION,)


def test_a_journal_of_another_version_is_told_with_what_to_do(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("pragma user_version = 99")
    with pytest.raises(GradebookError, match=r"version 99.*Move it away") as told:
        Journal(path)
    assert str(path) in str(told.value)


def test_a_journal_of_before_versions_is_read(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("pragma user_version = 0")
    with Journal(path) as journal:
        assert journal.find("key 01") is not None
    test_a_journal_says_its_version(path)


def test_a_journal_without_a_column_is_told_with_what_to_do(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("alter table entry drop column written")
    with Journal(path) as journal, pytest.raises(GradebookError, match="Move it away"):
        journal.entry("hw", "s00")


def test_a_journal_that_may_not_be_written_is_a_place_to_put_right(path: Path) -> None:
    with Journal(path) as journal:
        # For root every file may be written.
        journal._database.execute("pragma query_only = on")
        with pytest.raises(PermissionError) as told:
            journal.put("hw", "ada", Record("key", b""), "work")
    assert told.value.filename == str(path)


def test_what_the_machine_says_of_the_file_is_told_and_not_what_sqlite_makes_of_it(path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(IsADirectoryError) as told:
        Journal(path)
    assert told.value.filename == str(path)


def test_a_journal_that_another_run_has_locked_is_told_as_busy(path, monkeypatch):
    monkeypatch.setattr("autograder.engine.journal._PATIENCE_SECONDS", 0.1)
    with Journal(path) as journal, contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("begin immediate")
        with pytest.raises(OSError, match="locked") as told:
            journal.forget("hw", ["ada"])
    assert told.value.errno == errno.EBUSY

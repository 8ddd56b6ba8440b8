"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from autograder.files import whole, write


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path):
    write(tmp_path / "new.json", b"new")
    assert (tmp_path / "new.json").read_bytes() == b"new"
    assert left(tmp_path) == ["new.json"]


def test_until_all_is_written_a_reader_sees_what_was_there(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(b"old")
    with whole(path) as part:
        part.write_bytes(b"half")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"half"


def test_what_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(b"old")

    def stopped() -> None:
        with whole(path) as part:
            part.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["marks.csv"]


def test_a_file_that_only_its_owner_reads_stays_so(tmp_path):
    path = tmp_path / "marks.csv"
    path.touch(mode=0o600)
    write(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/marks.csv")
    write(tmp_path / "link", b"first")
    write(tmp_path / "link", b"second")
    assert (tmp_path / "link").readlink() == Path("there/marks.csv")
    assert (tmp_path / "there" / "marks.csv").read_bytes() == b"second"
    assert left(tmp_path / "there") == ["marks.csv"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write(pipe, b"lines")
    reader.join(10)
    assert read == [b"lines"]
    assert pipe.is_fifo()
    assert left(tmp_path) == ["pipe"]


def test_a_device_is_written_to_and_not_replaced(tmp_path):
    (tmp_path / "null").symlink_to(os.devnull)
    write(tmp_path / "null", b"nothing")
    assert (tmp_path / "null").is_char_device()


def test_a_folder_is_refused_by_its_name(tmp_path):
    with pytest.raises(IsADirectoryError) as refused:
        write(tmp_path, b"new")
    assert refused.value.filename == str(tmp_path)
    assert left(tmp_path) == []


def test_a_refusal_names_the_file_that_was_asked_for(tmp_path):
    with pytest.raises(FileNotFoundError) as refused:
        write(tmp_path / "none" / "new.json", b"new")
    assert refused.value.filename == str(tmp_path / "none" / "new.json")


def test_a_file_in_the_place_of_the_folder_is_refused_by_the_name_that_was_asked_for(tmp_path):
    (tmp_path / "none").touch()
    with pytest.raises(NotADirectoryError) as refused:
        write(tmp_path / "none" / "new.json", b"new")
    assert refused.value.filename == str(tmp_path / "none" / "new.json")


def test_a_disk_that_is_full_in_the_middle_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "marks.csv"
    path.write_bytes(b"old")

    def full(part: Path, content: bytes) -> int:
        with part.open("wb") as file:
            file.write(content[:1])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["marks.csv"]

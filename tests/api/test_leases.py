"""What a killed worker leaves is removed by the next."""

from __future__ import annotations

import errno
import fcntl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.api.leases import LeasedFolder

HOLDER = """
import tempfile, time
from autograder.api.leases import LeasedFolder
folder = LeasedFolder()
print(folder.path, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def holder() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Start a process that has a folder; give both."""
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_the_folder_of_a_killed_process_goes_with_the_next_one(holder):
    process, left = holder
    process.kill()
    process.wait()
    assert left.is_dir()
    LeasedFolder().close()
    assert not left.exists()


def test_the_folder_of_a_living_process_stays(holder):
    _, held = holder
    LeasedFolder().close()
    assert held.is_dir()


def test_a_folder_that_is_closed_is_gone():
    folder = LeasedFolder()
    folder.close()
    assert not folder.path.exists()


def test_where_the_file_system_has_no_locks_a_folder_is_had_all_the_same(monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    folder = LeasedFolder()
    assert folder.path.is_dir()
    folder.close()
    assert not folder.path.exists()

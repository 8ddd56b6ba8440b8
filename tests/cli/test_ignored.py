"""Git is told to leave alone what the commands write into a course folder: marks, work of students, hidden tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.api import runs
from autograder.cli.export import _A_FILE_EACH, Format, _default
from autograder.hosts.contracts import HOSTS
from autograder.nbgrader_bridge.course import LOG_FILE

ROOT = Path(__file__).parents[2]
FOLDERS = ["submitted", "autograded", "feedback", "solution", "source_with_tests", "results", "demo", "lab", runs.STATE]
EXPORTS = [f"{_default('hw', to)}{'/ada/results.json' if to in _A_FILE_EACH else ''}" for to in Format]
WRITTEN = [
    *(f"{folder}/hw.ipynb" for folder in FOLDERS),
    *("gradebook.db", "gradebook.db-journal", "grades.csv", "report-hw.html", LOG_FILE),
    *EXPORTS,
    *(f"hw-{name}{host.ending}" for name, host in HOSTS.items()),
]


def left(folder: Path, names: list[str]) -> list[str]:
    """Give those of the names that git would take in."""
    asked = subprocess.run(
        ["git", "-C", folder, "check-ignore", "--no-index", *names], capture_output=True, text=True, check=False
    )
    ignored = asked.stdout.splitlines()
    return [name for name in names if name not in ignored]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    return tmp_path


def test_what_commands_write_is_ignored(repository):
    assert left(repository, WRITTEN) == []


def test_what_a_course_is_made_of_is_not(repository):
    kept = ["source/hw/hw.ipynb", "reference/hw.py", "release/hw/hw.ipynb", "course.toml", "nbgrader_config.py"]
    assert left(repository, kept) == kept

"""A place that holds something is refused before nbgrader is loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.adoption import start_course
from autograder.demo.round_trip import copy_course
from autograder.errors import BridgeError, UsageError

PROJECT = Path(__file__).resolve().parents[2]
ASK = """
import sys
from autograder.cli.main import main
sys.argv = ["autograder", {command!r}, "--into", {into!r}, "--course", {into!r}]
try:
    main()
finally:
    print("nbgrader" in sys.modules)
"""


@pytest.mark.parametrize("command", ["demo", "lab"])
def test_a_place_that_is_not_empty_is_refused_at_once(tmp_path, command):
    (tmp_path / "mine.txt").write_text("precious")
    ask = ASK.format(command=command, into=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (2, "False"), done.stderr
    assert f"{tmp_path} is not empty" in done.stderr


def test_a_new_course_is_not_started_in_a_folder_that_holds_something(tmp_path):
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(UsageError) as refused:
        start_course(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} is not empty. Name a new folder, or `autograder adopt {tmp_path}` what it holds."
    )


@pytest.mark.parametrize("start", [start_course, lambda folder: copy_course(PROJECT, folder)], ids=["init", "demo"])
def test_a_new_course_is_not_started_where_nbgrader_would_miss_it(tmp_path, start):
    with pytest.raises(BridgeError, match=re.escape(f"The name of the folder {tmp_path / 'hw[1]'} has [ ]")):
        start(tmp_path / "hw[1]")
    assert not (tmp_path / "hw[1]").exists()

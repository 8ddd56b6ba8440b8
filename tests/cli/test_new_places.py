"""A place that holds something is refused before nbgrader is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.adoption import start_course
from autograder.errors import UsageError

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

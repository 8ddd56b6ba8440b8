"""A reader of standard output that leaves early ends a command, and with no status that says something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_course import make_course

ELSEWHERE = """
import socket, sys
from autograder.cli.main import app, main

@app.command()
def speak():
    here, there = socket.socketpair()
    there.close()
    here.send(b"Is anybody there?")

sys.argv = ["autograder", "speak"]
main()
"""


@pytest.fixture
def course(tmp_path) -> Path:
    root = tmp_path / "course"
    make_course(root)
    return root


@pytest.mark.parametrize("arguments", ["build", "score source/hw/hw.ipynb --json -", "doctor"])
def test_the_status_is_that_of_shells_and_nothing_is_said(course, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    command = [Path(sys.executable).with_name("autograder"), *arguments.split()]
    done = subprocess.run(command, cwd=course, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_pipe_other_than_standard_output_is_no_reader_that_has_left():
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "BrokenPipeError" in done.stderr

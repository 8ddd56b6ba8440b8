"""Commands, given as an instructor gives them, without the seconds that each process takes to load nbgrader."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from typer.main import get_command
from typer.testing import CliRunner, Result

from autograder.cli import terminal
from autograder.cli.main import app, main

# Typer makes all commands anew for each that is given.
COMMANDS = get_command(app)


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def invoke(arguments: Sequence[str], *, catch_exceptions: bool = True, env: Mapping[str, str] | None = None) -> Result:
    """Give a command, as `CliRunner.invoke` does."""
    with mock.patch("typer.testing._get_command", return_value=COMMANDS):
        return CliRunner().invoke(app, arguments, catch_exceptions=catch_exceptions, env=env)


def run(course: Path, *arguments: object) -> str:
    """Give a command that goes well to a course; give what it says, in one line."""
    done = invoke([*map(str, arguments), "--course", str(course)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return re.sub(r"\s+", " ", done.output)


def typed(folder: Path, *arguments: object, columns: int = 80) -> Done:
    """Type a command in a folder, whatever comes of it."""
    written = io.BytesIO(), io.BytesIO()
    stdout, stderr = (io.TextIOWrapper(each, encoding="utf-8", write_through=True) for each in written)
    status = 0
    there = mock.patch("sys.argv", ["autograder", *map(str, arguments)]), contextlib.chdir(folder)
    made = mock.patch("autograder.cli.main.app", COMMANDS)
    wide = [mock.patch.object(console, "_width", columns) for console in (terminal.output, terminal.errors)]
    streams = contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr)
    with made, there[0], there[1], wide[0], wide[1], streams[0], streams[1]:
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(status, *(each.getvalue().decode() for each in written))

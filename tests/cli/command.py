"""A command, given as an instructor gives it."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from autograder.cli.main import app


def run(course: Path, *arguments: object) -> str:
    """Give a command that goes well to a course; give what it says, in one line."""
    done = CliRunner().invoke(app, [*map(str, arguments), "--course", str(course)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return re.sub(r"\s+", " ", done.output)

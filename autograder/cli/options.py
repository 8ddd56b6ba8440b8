"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.course import find_root

Assignment = Annotated[str, typer.Argument(help="The assignment's name.", show_default=False)]
CourseFolder = Annotated[
    Path | None, typer.Option("--course", help="The course folder; found from here upwards when not given.")
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes; chosen when not given.", show_default=False)]


def root_of(course: Path | None) -> Path:
    """Give the course folder that a command is about.

    Raises
    ------
    UsageError
        Where there is none.
    """
    return (course or find_root(Path.cwd())).resolve()

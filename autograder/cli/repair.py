"""``autograder repair``: a damaged notebook made whole, as a new file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.lines import check_file, write_whole
from autograder.cli.options import AssignmentOrNone, CourseFolder, root_of
from autograder.cli.terminal import beside, is_stdout, literal
from autograder.errors import UsageError


def repair(
    notebook: Annotated[Path, typer.Argument(help="The damaged notebook; it is not changed.", show_default=False)],
    result: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where the repaired one goes.", show_default=False)
    ],
    assignment: AssignmentOrNone = None,
    course: CourseFolder = None,
) -> None:
    """Give a notebook back the cells and the metadata it was released with."""
    if not notebook.exists():
        raise UsageError(f"No such file: {notebook}. Nothing was written.")
    check_file(result)
    if result.exists() and not is_stdout(result):
        raise UsageError(f"{result} is there already, and is left as it is. Name a new file.")
    from autograder.api.repairing import repaired  # noqa: PLC0415 - nbgrader takes seconds to load

    text, notices = repaired(root_of(course), notebook, assignment)
    write_whole(text.encode(), str(result))
    console = beside(result)
    for notice in notices or ("It needed no repair.",):
        console.print(f"- {literal(notice)}", soft_wrap=True)
    console.print(f"Written to {literal(str(result))}.", soft_wrap=True)

"""``autograder report``: the class on one page, and a page for each student."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.lines import check_file, check_folder, write_whole
from autograder.cli.options import Assignment, CourseFolder, root_with
from autograder.cli.since import warn_damaged, warn_since
from autograder.cli.terminal import errors, output, warn
from autograder.errors import UsageError


def report(
    assignment: Assignment,
    to: Annotated[
        Path | None, typer.Option(help="The file; report-<assignment>.html when not given.", show_default=False)
    ] = None,
    pages: Annotated[
        Path | None, typer.Option(help="A folder that gets a page a student, to be given out.", show_default=False)
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Write the class's results as a page for the instructor, and on demand a page for each student."""
    root = root_with(course, assignment)
    target = to or Path(f"report-{assignment}.html")
    check_file(target)
    if pages is not None:
        check_folder(pages)
    with errors.status(f"reading the gradebook of {assignment}") as status:
        from autograder.api.outcomes import class_outcome  # noqa: PLC0415 - nbgrader takes seconds to load
        from autograder.reports import class_page, student_page  # noqa: PLC0415 - and so does matplotlib

        outcome = class_outcome(root, assignment)
        if not outcome.submitted:
            raise UsageError(f"Nothing of {assignment} is graded yet. Run `autograder grade {assignment}` first.")
        status.update("drawing")
        write_whole(class_page(outcome, datetime.now().astimezone()).encode(), str(target))
        if pages is not None:
            pages.mkdir(exist_ok=True)
            for one in outcome.submitted:
                write_whole(student_page(one, assignment).encode(), str(pages / f"{one.person.id}.html"))
    output.print(f"The class's page is {target}.", markup=False, soft_wrap=True)
    if pages is not None:
        output.print(f"{pages} has a page for each student.", markup=False, soft_wrap=True)
    warn_since(outcome)
    warn_damaged(outcome)
    unknown = [one.person.id for one in outcome.submitted if not one.results and not one.unreadable]
    if unknown:
        warn(f"Only the marks are known of {', '.join(unknown)}. Run `autograder grade {assignment}`.")

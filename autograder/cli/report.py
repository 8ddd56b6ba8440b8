"""``autograder report``: the class on one page, and a page for each student."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.lines import check_file, check_folder, write_whole
from autograder.cli.naming import students
from autograder.cli.options import Assignment, CourseFolder, root_with
from autograder.cli.since import warn_damaged, warn_missing, warn_since
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
from autograder.cli.terminal import beside, doing, place_of, warn
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.outcomes import ClassOutcome, Outcome

_WHOLE = "No page is written half; the same command writes all of them."


def report(
    assignment: Assignment,
    to: Annotated[
        Path | None,
        typer.Option(
            help="The file; report-<assignment>.html when not given; - is standard output.", show_default=False
        ),
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
    with stopping(_WHOLE), doing(f"reading the gradebook of {assignment}") as status:
        from autograder.api.outcomes import class_outcome  # noqa: PLC0415 - nbgrader takes seconds to load
        from autograder.reports import class_page, student_page  # noqa: PLC0415 - and so does matplotlib

        outcome = class_outcome(root, assignment)
        if not outcome.submitted:
            raise UsageError(f"Nothing of {assignment} is graded yet. Run `autograder grade {assignment}` first.")
        status("drawing")
        write_whole(class_page(outcome, datetime.now().astimezone()).encode(), str(target))
        if pages is not None:
            pages.mkdir(exist_ok=True)
            removed = _remove_pages(outcome, pages)
            for one in outcome.submitted:
                write_whole(student_page(one, assignment).encode(), str(_page_of(one, pages)))
    console = beside(target)
    tell(console, f"The class's page is {place_of(target)}.")
    if pages is not None:
        tell(console, f"{pages} has a page for each student who is graded.")
        if removed:
            warn(f"The page of an earlier report is taken away: {students(removed)}.")
    warn_since(outcome)
    warn_missing({one.person.id: one.missing for one in outcome.outcomes})
    warn_damaged(outcome)
    unknown = [one.person.id for one in outcome.submitted if not one.results and not one.unreadable]
    if unknown:
        warn(f"Only the marks are known of {', '.join(unknown)}. Run `autograder grade {assignment}`.")


def _remove_pages(outcome: ClassOutcome, folder: Path) -> list[Outcome]:
    """Take away the pages of those who have no submission any more, and give them: what they say was true once."""
    old = [one for one in outcome.outcomes if not one.submitted and _page_of(one, folder).is_file()]
    for one in old:
        _page_of(one, folder).unlink()
    return old


def _page_of(one: Outcome, folder: Path) -> Path:
    return folder / f"{one.person.id}.html"

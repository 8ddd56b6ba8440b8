"""``autograder collect``: submissions from nbgrader's exchange, or from a learning platform's download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.naming import named
from autograder.cli.options import Assignment, CourseFolder, root_with
from autograder.cli.since import warn_missing, warn_untimed
from autograder.cli.statuses import Status
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell, tell_of
from autograder.cli.terminal import doing, errors, literal, output, warn
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.api.collecting import Collected
    from autograder.collection import Submission
    from autograder.nbgrader_bridge import Told

# A student can put there as many folders as there is room for.
_MOST = 20
_WHOLE = "Each submission is collected whole or not at all; the same command goes on."


def collect(
    assignment: Assignment,
    archive: Annotated[
        Path | None,
        typer.Option(
            "--zip",
            metavar="ARCHIVE",
            help="Collect from a download of Canvas, Moodle or Brightspace, or from a folder, not from the exchange.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --zip: show who is matched to what, and write nothing.")
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Collect the submissions: from nbgrader's exchange, or out of a download."""
    if archive is None:
        if dry_run:
            raise UsageError("--dry-run shows what --zip would do; name an archive with --zip.")
        _from_exchange(root_with(course, assignment), assignment)
        return
    if not archive.exists():
        raise UsageError(f"No such file: {archive}. Nothing was collected.")
    _from_download(root_with(course, assignment), assignment, archive, dry=dry_run)


def _from_exchange(root: Path, assignment: str) -> None:
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    with stopping(_WHOLE), doing(f"collecting {assignment}"):
        gathered = bridge.collect(root, assignment)
        found = bridge.submissions(root, assignment)
    output.print(f"submitted/ has {_count(len({one.student for one in found}))} of {assignment}.", markup=False)
    if not found and not gathered.left:
        tell(errors, _what_next(assignment, bridge.inbound_folder(root)))
    _warn_of("not collected", gathered.left)
    _warn_of("collected, but look at it", gathered.doubtful)
    warn_missing({one.student: one.missing for one in found})
    warn_untimed(root, assignment)


def _what_next(assignment: str, place: Path | None) -> str:
    """Say where nothing was found, and what brings something there."""
    return (
        f"Nothing of {assignment} is in the exchange{f', {place}' if place else ''}. Students hand in there with "
        "Submit in JupyterLab, as docs/students.md tells; what they handed in on a learning platform is collected with "
        f"`autograder collect {assignment} --zip ARCHIVE`."
    )


def _warn_of(what: str, folders: Sequence[Told]) -> None:
    for one in folders[:_MOST]:
        warn(f"{what}: {one.folder}: {one.reason}.")
    if len(folders) > _MOST:
        warn(f"And {len(folders) - _MOST} more like these.")


def _from_download(root: Path, assignment: str, archive: Path, *, dry: bool) -> None:
    from autograder.api.collecting import collect_download  # noqa: PLC0415

    with stopping("Nothing was written." if dry else _WHOLE), doing(f"reading {archive.name}"):
        collected = collect_download(root, assignment, archive, dry=dry)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("student", "handed in by", "files", "when", ""):
        table.add_column(column, overflow="fold")
    for one, done in collected.submissions:
        when = one.when.strftime("%Y-%m-%d %H:%M") if one.when else ""
        notes = [done, "late" if one.late else "", "new to the gradebook" if one.newcomer else "", *one.notes]
        files = _files(one)
        table.add_row(*map(literal, (one.student, one.who, files, when, ", ".join(filter(None, notes)))))
    if collected.submissions:
        output.print(table)
    what = "would be collected; nothing was written" if dry else "collected"
    output.print(f"{_count(len(collected.submissions))} of {assignment} {what}.", markup=False)
    _show_left(collected)
    if any(one.newcomer for one, _ in collected.submissions):
        errors.print(
            "Without a class list everybody is taken: see whether those who are new belong to the class. "
            "`nbgrader db student import FILE` makes a list."
        )
    if collected.refused:
        raise typer.Exit(Status.FAULT_OF_OURS)
    if not collected.submissions:
        # The download has nothing of this assignment and this class.
        raise typer.Exit(Status.MISTAKE)


def _show_left(collected: Collected) -> None:
    """Say what is not collected, who has nothing, and of whom it is not known when they came."""
    from autograder.collection import few  # noqa: PLC0415

    taken = {one.student for one, _ in collected.submissions}
    typed = sum(left.typed_by in taken for left in collected.left)
    for left in few([left for left in collected.left if left.typed_by not in taken]):
        tell_of(errors, f"not collected: {left.name}: {left.reason}.")
    if typed:
        texts = "1 text" if typed == 1 else f"{typed} texts"
        errors.print(f"{texts} typed into the platform beside a notebook {'is' if typed == 1 else 'are'} left.")
    if collected.without:
        errors.print(literal(f"Nothing collected from: {named(collected.without)}."))
    if collected.untimed:
        errors.print(
            literal(
                "No longer known when these were handed in, for this download does not say it: "
                f"{named(collected.untimed)}."
            )
        )
    if late := [one.student for one, _ in collected.submissions if one.late and one.when is None]:
        errors.print(
            literal(f"Late, and the platform does not say when they came: {named(late)}. Enter their penalty by hand.")
        )


def _files(one: Submission) -> str:
    """Name the files of a submission; of many the notebooks and a few others, for there may be thousands."""
    names = sorted(_file(one, parts) for parts in one.files)
    if len(names) <= _MOST:
        return ", ".join(names)
    first = sorted(one.files, key=lambda parts: (not parts[-1].endswith(".ipynb"), len(parts), parts))
    return f"{', '.join(_file(one, parts) for parts in first[:_MOST])} and {len(names) - _MOST:,} more"


def _file(one: Submission, parts: tuple[str, ...]) -> str:
    name = "/".join(parts)
    return f"{name} (came as {one.came_as[parts]})" if parts in one.came_as else name


def _count(number: int) -> str:
    return "1 submission" if number == 1 else f"{number} submissions"

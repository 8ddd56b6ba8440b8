"""``autograder bundle``: an archive that grades one submission on somebody else's machine."""

from __future__ import annotations

import enum
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.lines import check_file, write_whole
from autograder.cli.options import Assignment, CourseFolder, IsolationLevel, level_of, root_with
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
from autograder.cli.terminal import beside, doing, errors
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.hosts.packing import Packed


class HostName(enum.StrEnum):
    """Where a submission can be graded."""

    GRADESCOPE = "gradescope"
    COURSERA = "coursera"
    DOCKER = "docker"


_NEXT = {
    HostName.GRADESCOPE: "Upload it as the assignment's autograder; choose a base image with Python 3.11 or newer.",
    HostName.COURSERA: "Build the image with `docker build -t NAME - < {file}`, and upload it as the part's grader.",
    HostName.DOCKER: "Build the image with `docker build -t NAME - < {file}`; docs/bundles.md tells how to run it.",
}
_BY_HAND = {
    HostName.GRADESCOPE: "Gradescope shows each as a test without points. Set its autograder points to {tested:g}, "
    "switch on manual grading, and give the other {given:g} there.",
    HostName.COURSERA: "Coursera takes one mark, and no points later: all points of the tests are {share:.0%} there, "
    "and students read that a person's part is missing.",
    HostName.DOCKER: "The results file has the points of the tests only; the output names the cells that wait.",
}


def bundle(
    assignment: Assignment,
    host: Annotated[HostName, typer.Option("--for", help="Who is to grade with it.", show_default=False)],
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The archive.", show_default="<assignment>-<host> with its ending"),
    ] = None,
    wheels: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Wheels to be put in, so that the set-up there needs no network.", show_default=False
        ),
    ] = None,
    isolation: IsolationLevel = None,
    course: CourseFolder = None,
) -> None:
    """Make an archive that grades one submission on another host."""
    from autograder.hosts.contracts import HOSTS  # noqa: PLC0415 - so that --help is quick

    root = root_with(course, assignment)
    if wheels is not None and not wheels.is_dir():
        raise UsageError(f"{wheels} is no folder; a folder of wheels is wanted. No archive was made.")
    contract = HOSTS[host.value]
    target = to or Path(f"{assignment}-{host}{contract.ending}")
    check_file(target)
    with stopping("No archive was written."), doing(f"packing {assignment}"):
        from autograder.hosts.packing import packed  # noqa: PLC0415

        archive = packed(root, assignment, contract, level_of(isolation), wheels)
        write_whole(archive.data, str(target))
    console = beside(target)
    tell(console, f"{target} grades one submission of {assignment}: {len(archive.data):,} bytes.")
    where = "from its own wheels, offline" if wheels else "by pip, at the set-up"
    tell(console, f"It installs {', '.join(archive.pins)} {where}.")
    tell(console, _NEXT[host].format(file=shlex.quote(str(target))))
    if archive.by_hand:
        tell(console, _by_hand(archive, host), style="yellow")
    held = "the reference" if (root / "reference" / f"{assignment}.py").is_file() else "the solutions"
    errors.print(f"It holds the hidden tests and {held}: it is not for students.", style="yellow")


def _by_hand(archive: Packed, host: HostName) -> str:
    """Say what a person gives, and what that means on this host."""
    given = sum(cell.max_score for cell in archive.by_hand)
    most = archive.tested + given
    names = ", ".join(cell.name for cell in archive.by_hand)
    meaning = _BY_HAND[host].format(tested=archive.tested, given=given, share=archive.tested / most)
    return f"A person gives {given:g} of its {most:g} points: {names}. {meaning}"

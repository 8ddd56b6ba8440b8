"""``autograder export``: an assignment's marks in the formats that learning platforms take."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autograder.cli.lines import check_file, check_folder, straight_at, whole_at, write_whole
from autograder.cli.naming import students
from autograder.cli.options import Assignment, CourseFolder, root_with
from autograder.cli.since import warn_damaged, warn_since
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
from autograder.cli.terminal import beside, doing, errors, literal, place_of, warn

if TYPE_CHECKING:
    from autograder.outcomes import ClassOutcome, Outcome


class Format(enum.StrEnum):
    """What `export` can write."""

    NBGRADER = "nbgrader"
    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    COURSERA = "coursera"


_SOME = "The grades may not all be written: run the same command again."
_A_FILE_EACH = {Format.GRADESCOPE, Format.COURSERA}


def export(
    assignment: Assignment,
    to: Annotated[Format, typer.Option(help="The format.")] = Format.CSV,
    file: Annotated[
        Path | None,
        typer.Option(
            help="Where to: a file, - for standard output; a folder for gradescope and coursera.",
            show_default="by the format",
        ),
    ] = None,
    column: Annotated[
        str, typer.Option(help="The platform's name of the assignment, for canvas and moodle.", show_default=False)
    ] = "",
    course: CourseFolder = None,
) -> None:
    """Write an assignment's grades to a file, or to a file a student."""
    root = root_with(course, assignment)
    target = file or Path(_default(assignment, to))
    (check_folder if to in _A_FILE_EACH else check_file)(target)
    with stopping(_SOME), doing(f"exporting {assignment}"):
        from autograder.api.outcomes import class_outcome  # noqa: PLC0415 - nbgrader takes seconds to load

        outcome = class_outcome(root, assignment)
        removed = _write(root, outcome, to, target, column)
    tell(beside(target), f"The grades of {assignment} are {place_of(target)}.")
    _warn(outcome, to)
    if removed:
        warn(f"The file of an earlier export is taken away: {students(removed)}.")


def _default(assignment: str, to: Format) -> str:
    if to in _A_FILE_EACH:
        return f"{to}-{assignment}"
    return f"grades-{assignment}.csv" if to is Format.CSV else f"{to}-{assignment}.csv"


def _write(root: Path, outcome: ClassOutcome, to: Format, target: Path, column: str) -> list[Outcome]:
    """Write the marks, and give those whose file of an earlier export is taken away."""
    from autograder import exports  # noqa: PLC0415
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415

    match to:
        case Format.CSV:
            with whole_at(str(target)) as part:
                bridge.export(root, part, outcome.assignment)
        case Format.NBGRADER:
            # Not beside its place: another exporter may go by the file's ending.
            with straight_at(str(target)) as part:
                bridge.export_by_nbgrader(root, part, outcome.assignment)
        case Format.CANVAS:
            write_whole(exports.canvas(outcome, column).encode(), str(target))
        case Format.MOODLE:
            write_whole(exports.moodle(outcome, column).encode(), str(target))
        case Format.GRADESCOPE:
            return _a_file_each(outcome, target, "results.json", exports.gradescope)
        case Format.COURSERA:
            return _a_file_each(outcome, target, "feedback.json", exports.coursera)
    return []


def _a_file_each(
    outcome: ClassOutcome, folder: Path, name: str, render: Callable[[Outcome], dict[str, Any]]
) -> list[Outcome]:
    removed = []
    for one in outcome.outcomes:
        path = folder / one.person.id / name
        if one.submitted and not one.ours:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(render(one), ensure_ascii=False, allow_nan=False, indent=1)
            write_whole(text.encode(), str(path))
        elif path.is_file():
            # Its mark was true once: a platform would take it for today's.
            path.unlink()
            removed.append(one)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
    return removed


def _warn(outcome: ClassOutcome, to: Format) -> None:
    """Name those whose marks are not what they seem."""
    if not outcome.submitted:
        first = "" if outcome.not_graded else f" Run `autograder collect {outcome.assignment}` first."
        warn(f"Nothing of {outcome.assignment} is graded yet: there is no mark in it.{first}")
    warn_since(outcome)
    warn_damaged(outcome)
    ours = [one for one in outcome.submitted if one.ours]
    if ours and to in _A_FILE_EACH:
        warn(
            f"No file, for the grader failed there: {students(ours)}. "
            f"Run `autograder grade {outcome.assignment} --resume`; it says why."
        )
    if outcome.waiting:
        names = ", ".join(one.person.id for one in outcome.waiting)
        left_out = to in {Format.CANVAS, Format.MOODLE}
        errors.print(
            literal(
                f"A person must still decide on {names}: {'left out' if left_out else 'their marks are not final'}."
            ),
            style="magenta",
        )
    if to is Format.NBGRADER:
        errors.print(
            "nbgrader's own exporter quotes nothing: a comma in a name shifts columns, and a name may be a formula. "
            "--to csv has the same columns, quoted.",
            style="dim",
        )
    missing = [one.person.id for one in outcome.submitted if not one.results and not one.unreadable]
    if missing and to in {Format.GRADESCOPE, Format.COURSERA, Format.MOODLE}:
        warn(
            f"Only marks and no explanations are known of {', '.join(missing)}. "
            f"Run `autograder grade {outcome.assignment}`."
        )

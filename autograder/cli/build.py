"""``autograder build``: the reference's functions into the source notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseFolder, once, root_of
from autograder.cli.statuses import Status
from autograder.cli.terminal import errors, output, warn
from autograder.course import reference_faults
from autograder.errors import UsageError


def build(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(callback=once, help="Assignments to build; all when none is given.", show_default=False),
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a notebook has drifted.")] = False,
    course: CourseFolder = None,
) -> None:
    """Write the reference's functions into the answer cells of the source notebooks."""
    from autograder.build import build_assignments, with_reference  # noqa: PLC0415 - nbformat is slow to load

    root = root_of(course)
    if not (root / "source").is_dir():
        raise UsageError(f"{root} has no folder source, so it is no course folder. Name the one that has it.")
    if not assignments and not with_reference(root) and not reference_faults(root):
        output.print("The course has no reference (reference/<assignment>.py), and so there is nothing to build.")
        return
    drifted = build_assignments(root, assignments or None, write=not check)
    for drift in drifted:
        verb = "has drifted from" if check else "now holds"
        output.print(f"{drift.notebook}: {drift.function} {verb} {drift.module}", markup=False)
    if not drifted:
        output.print("The source notebooks hold the reference's functions.")
    elif check:
        errors.print("Run `autograder build` to write the reference's functions into the notebooks.")
        raise typer.Exit(Status.FOUND)


def warn_drifted(root: Path, assignments: Sequence[str]) -> None:
    """Name the answer cells that do not hold the reference's functions: tests and answers may disagree."""
    from autograder.build import drifted  # noqa: PLC0415 - nbformat is slow to load

    for drift in drifted(root, assignments):
        warn(f"{drift.notebook}: {drift.function} has drifted from {drift.module}: run `autograder build`.")

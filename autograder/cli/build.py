"""``autograder build``: the reference's functions into the source notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.terminal import errors, output
from autograder.course import find_root


def build(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments to build; all when none is given.", show_default=False)
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a notebook has drifted.")] = False,
    course: Annotated[
        Path | None, typer.Option(help="The course folder; found from here upwards when not given.")
    ] = None,
) -> None:
    """Write the reference's functions into the answer cells of the source notebooks."""
    from autograder.build import build_assignments  # noqa: PLC0415 - nbformat is slow to load

    root = (course or find_root(Path.cwd())).resolve()
    drifted = build_assignments(root, assignments or None, write=not check)
    for drift in drifted:
        verb = "has drifted from" if check else "now holds"
        output.print(f"{drift.notebook}: {drift.function} {verb} {drift.module}", markup=False)
    if not drifted:
        output.print("The source notebooks hold the reference's functions.")
    elif check:
        errors.print("Run `autograder build` to write the reference's functions into the notebooks.")
        raise typer.Exit(1)

"""``autograder lab``: a fresh course in JupyterLab, handed in and not yet graded."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import CourseFolder, root_of
from autograder.cli.terminal import doing, errors, output
from autograder.course import check_new

if TYPE_CHECKING:
    from autograder.demo.lab import Running


def lab(
    into: Annotated[Path, typer.Option(help="A folder for its course; one made before is used again.")] = Path("lab"),
    course: CourseFolder = None,
) -> None:
    """Open a fresh course in JupyterLab, handed in and not yet graded, at an instructor's and at a student's desk."""
    root = root_of(course)
    if not (into / "jupyter").is_dir():  # none that was made before
        check_new(into)
    with contextlib.ExitStack() as stack:
        with doing("opening nbgrader") as status:
            from autograder.demo.lab import set_up, start  # noqa: PLC0415 - nbgrader takes seconds to load

            desks = set_up(root, into, progress=status)
            running = []
            for desk in desks:
                status(f"starting JupyterLab at the {desk.role}'s desk")
                running.append(start(desk))
                stack.callback(running[-1].stop)
        _show(running)
        with contextlib.suppress(KeyboardInterrupt):
            for one in running:
                one.process.wait()
        errors.print("Stopped. All that was done there is kept.", style="dim")


def _show(running: list[Running]) -> None:
    from autograder.demo.lab import HANDED_IN  # noqa: PLC0415

    for one in running:
        output.print(f"The {one.desk.role}'s desk", style="bold")
        output.print(f"  {one.url}\n  {one.desk.folder}", markup=False, soft_wrap=True)
    output.print(
        f"A course of its own: {HANDED_IN} is handed in, and waits to be collected and graded. At each desk the menu "
        "Nbgrader has what nbgrader offers that role. Ctrl-C ends both.",
        style="dim",
    )

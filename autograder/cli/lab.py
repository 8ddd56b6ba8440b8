"""``autograder lab``: the demo course in JupyterLab."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import CourseFolder, root_of
from autograder.cli.terminal import errors, output

if TYPE_CHECKING:
    from autograder.demo.lab import Running


def lab(
    into: Annotated[Path, typer.Option(help="A folder for the demo course; one made before is used again.")] = Path(
        "lab"
    ),
    course: CourseFolder = None,
) -> None:
    """Open the demo course in JupyterLab, at an instructor's and at a student's desk."""
    root = root_of(course)
    for ending in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal ends the desks as Ctrl-C does
        signal.signal(ending, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        with errors.status("opening nbgrader") as status:
            from autograder.demo.lab import set_up, start  # noqa: PLC0415 - nbgrader takes seconds to load

            desks = set_up(root, into, progress=status.update)
            running = []
            for desk in desks:
                status.update(f"starting JupyterLab at the {desk.role}'s desk")
                running.append(start(desk))
                stack.callback(running[-1].stop)
        _show(running)
        with contextlib.suppress(KeyboardInterrupt):
            for one in running:
                one.process.wait()
        errors.print("Stopped. All that was done there is kept.", style="dim")


def _show(running: list[Running]) -> None:
    for one in running:
        output.print(f"The {one.desk.role}'s desk", style="bold")
        output.print(f"  {one.url}\n  {one.desk.folder}", markup=False, soft_wrap=True)
    output.print("Both are in the menu Nbgrader. Ctrl-C ends them.", style="dim")

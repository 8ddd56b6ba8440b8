"""``autograder lab``: a fresh course in JupyterLab, handed in and not yet graded."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import CourseFolder, half_made, root_of
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
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
    again = (into / "jupyter").is_dir()
    if not again:
        check_new(into)
    whole = f"The course in {into} is whole; the same command opens it."
    with contextlib.ExitStack() as stack:
        with doing("opening nbgrader") as status:
            with stopping(whole if again else "Nothing was made."):
                from autograder.demo.lab import set_up, start  # noqa: PLC0415 - nbgrader takes seconds to load
            with stopping(whole if again else half_made(into)):
                desks = set_up(root, into, progress=status)
            running = []
            with stopping(whole):
                for desk in desks:
                    status(f"starting JupyterLab at the {desk.role}'s desk")
                    running.append(start(desk))
                    stack.callback(running[-1].stop)
        _show(running, about(into, again=again))
        with contextlib.suppress(KeyboardInterrupt):
            for one in running:
                one.process.wait()
        errors.print("Stopped. All that was done there is kept.", style="dim")


def _show(running: list[Running], course: str) -> None:
    for one in running:
        output.print(f"The {one.desk.role}'s desk", style="bold")
        output.print(f"  {one.url}\n  {one.desk.folder}", markup=False, soft_wrap=True)
    menu = "At each desk the menu Nbgrader has what nbgrader offers that role. Ctrl-C ends both."
    tell(output, f"{course} {menu}", style="dim")


def about(into: Path, *, again: bool) -> str:
    """Say what course it is: a new one, or the one that was made there before."""
    from autograder.demo.lab import HANDED_IN  # noqa: PLC0415 - nbgrader takes seconds to load

    if again:
        return f"The course of last time, as it was left. For a new one remove {into}, or name another with --into."
    return f"A course of its own: {HANDED_IN} is handed in, and waits to be collected and graded."

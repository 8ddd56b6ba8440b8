"""``autograder --version``."""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import Annotated

import typer

from autograder.cli.terminal import output


def show(wanted: bool) -> None:
    """Print what grades, without loading it."""
    if wanted:
        others = f"NumPy {version_of('numpy')}, nbgrader {version_of('nbgrader')}"
        output.print(f"autograder {version_of('autograder')} ({others})", markup=False, highlight=False)
        raise typer.Exit


def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show, is_eager=True, help="Show the versions and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""

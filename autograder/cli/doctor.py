"""``autograder doctor``: what this machine can isolate, and what is missing."""

from __future__ import annotations

import typer
from rich.markup import escape
from rich.table import Table

from autograder.cli.statuses import Status
from autograder.cli.terminal import errors, output


def doctor() -> None:
    """Show layer by layer what this machine can isolate, and what to do where it cannot."""
    from autograder.sandbox import examine  # noqa: PLC0415 - so that --help is quick

    with errors.status("trying every layer"):
        found = examine()
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("layer", no_wrap=True)
    table.add_column("holds", no_wrap=True)
    table.add_column("why not, and what to do", overflow="fold")
    for layer in found.layers:
        holds = "[green]yes[/]" if layer.holds else "[red]no[/]"
        table.add_row(escape(layer.name), holds, escape(" ".join(filter(None, (layer.why_not, layer.remedy)))))
    output.print(table)
    if found.level is None:
        output.print("\nNo level of isolation holds here; student code would not be graded.", style="bold red")
        output.print(found.reason, markup=False)
        raise typer.Exit(Status.FAULT_OF_OURS)
    output.print(f"\nThe strongest level that holds, tried with real attacks: [bold]{found.level}[/].")

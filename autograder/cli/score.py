"""``autograder score``: notebooks in, marks out, no gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.cli.terminal import errors, output
from autograder.course import find_root
from autograder.errors import UsageError
from autograder.results import FunctionResult, NotebookResult, Unreadable, Verdict

_STYLES = {Verdict.PASSED: "green", Verdict.PARTIAL: "yellow", Verdict.INTERNAL_ERROR: "magenta"}
_SHOW_PROGRESS_FROM = 8
_FAULT_OF_OURS = 3

Row = NotebookResult | Unreadable


def score(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks to grade; any .ipynb files.", show_default=False)],
    assignment: Annotated[
        str | None, typer.Option(help="The assignment; recognized when not given.", show_default=False)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; chosen when not given.", show_default=False)
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write one JSON object a notebook, a line each; - is standard output."),
    ] = None,
    course: Annotated[
        Path | None, typer.Option(help="The course folder; found from here upwards when not given.")
    ] = None,
) -> None:
    """Grade notebooks without a gradebook."""
    absent = [str(path) for path in notebooks if not path.exists()]
    if absent:
        raise UsageError(f"No such file: {', '.join(absent)}. Nothing was graded.")
    root = (course or find_root(Path.cwd())).resolve()
    rows, ours = _graded(root, notebooks, assignment, jobs)
    if json is not None:
        _write_json(rows, json)
    if json != "-":
        for row in rows:
            _show(row)
        _show_isolation(rows)
    if ours:
        raise typer.Exit(_FAULT_OF_OURS)


def _graded(root: Path, notebooks: list[Path], assignment: str | None, jobs: int | None) -> tuple[list[Row], bool]:
    # Here and not at the top: a wrong path should be told before NumPy is loaded.
    from autograder.api import score_many  # noqa: PLC0415

    found: dict[int, Row] = {}
    faults_of_ours = False
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=len(notebooks) < _SHOW_PROGRESS_FROM) as progress:
        task = progress.add_task("grading", total=len(notebooks))
        for index, row, ours in score_many(root, notebooks, assignment, jobs):
            found[index] = row
            faults_of_ours |= ours or (isinstance(row, NotebookResult) and row.needs_manual_grade)
            progress.advance(task)
    return [found[index] for index in sorted(found)], faults_of_ours


def _write_json(rows: list[Row], target: str) -> None:
    import msgspec  # noqa: PLC0415 - only this way out needs it

    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    if target == "-":
        typer.get_binary_stream("stdout").write(lines)
        return
    path = Path(target)
    # Whole or not at all: a reader never sees half a file.
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(lines)
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from None


def _show(row: Row) -> None:
    if isinstance(row, Unreadable):
        output.print(f"[bold]{escape(row.notebook)}[/]  [red]not graded[/]: {escape(row.error)}\n")
        return
    title = f"{escape(row.notebook)}  [dim]{row.assignment}[/]  [bold]{row.score:g} of {row.max_score:g}[/]"
    output.print(title)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("function", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for function in row.functions:
        style = _STYLES.get(function.verdict, "red")
        points = f"{function.score:g} / {function.max_score:g}"
        table.add_row(escape(function.name), points, f"[{style}]{function.verdict}[/]")
    output.print(table)
    for function in row.functions:
        _explain(function)
    for notice in row.notices:
        output.print(f"  note: {escape(notice)}", style="dim")
    output.print()


def _explain(function: FunctionResult) -> None:
    messages = dict.fromkeys(check.message for check in function.checks if check.message)
    if not messages and function.diagnosis is None:
        return
    output.print(f"\n  [bold]{escape(function.name)}[/]")
    if function.diagnosis is not None:
        _paragraph(escape(function.diagnosis.message))
        _paragraph(f"[dim]Think about:[/] {escape(function.diagnosis.hint)}")
    for message in messages:
        _paragraph(f"- {escape(message)}")


def _paragraph(text: str) -> None:
    output.print(Padding(text, (0, 0, 0, 4)))


def _show_isolation(rows: list[Row]) -> None:
    levels = {row.isolation.level for row in rows if isinstance(row, NotebookResult)}
    for level in sorted(levels):
        if level == "none":
            errors.print(
                "Isolation: NONE. The notebooks' code could read what you can read. "
                "Grade only notebooks that you trust.",
                style="bold red",
            )
        else:
            errors.print(f"Isolation: {level}.", style="dim")

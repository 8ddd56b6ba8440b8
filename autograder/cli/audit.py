"""``autograder audit``: what right and wrong answers make of the hidden tests."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.cli.build import warn_drifted
from autograder.cli.grading import stages_bar
from autograder.cli.lines import check_file, write_lines, write_whole
from autograder.cli.options import Assignment, CourseFolder, Jobs, Json, root_with
from autograder.cli.statuses import Status
from autograder.cli.terminal import errors, is_stdout, literal, output

if TYPE_CHECKING:
    from autograder.audit.records import Audit, CellAudit, Finding, FunctionAudit

_SHOWN = 5


def audit(
    assignment: Assignment,
    jobs: Jobs = None,
    json: Json = None,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write a page with everything, survivors and their changes included."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Grade the hidden tests: wrong answers must lose marks, right ones must not.

    Exit status 1 where the tests of the assignment miss a bar of the course.
    """
    for target in (json, html):
        check_file(target)
    root = root_with(course, assignment)
    warn_drifted(root, [assignment])
    # Here and not at the top: a wrong path should be told before NumPy is loaded.
    from autograder.api import auditing  # noqa: PLC0415
    from autograder.audit import document, page  # noqa: PLC0415

    with stages_bar(f"auditing {assignment}") as bar:
        audits = auditing.audit(root, assignment, jobs, bar)
    if json is not None:
        write_lines([document(one) for one in audits], json)
    if html is not None:
        write_whole(page(audits).encode(), html)
    if not is_stdout(json) and not is_stdout(html):
        for one in audits:
            _show(one)
    if any(one.faults for one in audits):
        raise typer.Exit(Status.FOUND)


def _show(audit: Audit) -> None:
    output.print(f"[bold]{literal(audit.notebook)}[/]  [dim]{audit.seconds:.0f} s[/]\n")
    output.print(_functions(audit.functions))
    output.print()
    output.print(_cells(audit.cells))
    for function in audit.functions:
        _findings(f"{function.name}: wrong answers with full marks", function.survived, "red")
        _findings(f"{function.name}: full marks, and no question was asked", function.unasked, "red")
        _findings(f"{function.name}: right answers that lose marks", function.refused, "red")
        if function.dropped:
            number = len(function.dropped)
            output.print(
                f"\n[dim]{literal(function.name)}: {number} rewritings were left out: they answer otherwise.[/]"
            )
    if audit.left_out:
        names = literal(", ".join(audit.left_out))
        output.print(f"\n[yellow]Left out, for an audit makes right and wrong answers of functions only: {names}.[/]")
    if audit.unreferenced:
        names, where = literal(", ".join(audit.unreferenced)), literal(f"reference/{audit.assignment}.py")
        output.print(f"\n[yellow]Left out, for {where} has no such function: {names}.[/]")
    output.print()
    if not audit.faults:
        output.print("[green]Every bar is reached.[/]")
    for fault in audit.faults:
        errors.print(f"- {literal(fault)}", style="red")


def _functions(functions: tuple[FunctionAudit, ...]) -> Table:
    table = _table("graded function")
    for name in (
        "wrong",
        "killed",
        "equiv-\nalent",
        "sur-\nvived",
        "un-\nasked",
        "right",
        "re-\nfused",
        "known\nmissed",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for one in functions:
        table.add_row(
            _Name(one.name),
            str(one.mutants),
            str(one.killed),
            str(len(one.equivalent) + len(one.confirmed)),
            _bad(len(one.survived)),
            _bad(len(one.unasked)),
            str(one.right),
            _bad(len(one.refused)),
            f"{_bad(len(one.missed))} of {one.misconceptions}",
        )
    return table


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that is broken at its underscores where there is no room for all of it."""

    name: str

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(max(map(cell_len, self._words())), cell_len(self.name)).clamp(max_width=options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = [""]
        for word in self._words():
            if lines[-1] and cell_len(lines[-1] + word) > options.max_width:
                lines.append("")
            lines[-1] += word
        yield Text("\n".join(lines), overflow="fold")

    def _words(self) -> list[str]:
        return re.findall(r"[^_]*_+|[^_]+$", self.name)


def _cells(cells: tuple[CellAudit, ...]) -> Table:
    table = _table("test cell")
    for name in ("points", "kill\nrate", "it\nalone", "false\nfails", "ms"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    for function, of_function in itertools.groupby(cells, lambda cell: cell.function):
        table.add_row(f"[bold]{literal(function)}[/]")
        for one in of_function:
            table.add_row(
                f"  {literal(one.grade_id.removeprefix(f'test_{function}_'))}",
                f"{one.points:g}",
                f"{one.kill_rate:.0%}",
                str(one.alone),
                _bad(one.false_fails),
                f"{1000 * one.seconds:.1f}",
                "" if one.decides else "[yellow]decides nothing[/]",
            )
    return table


def _findings(title: str, findings: tuple[Finding, ...], style: str) -> None:
    if not findings:
        return
    output.print(f"\n[{style}]{literal(title)}[/]")
    said = ""
    for one in findings[:_SHOWN]:
        why = "as above" if one.why == said else literal(one.why)
        said = one.why
        output.print(Padding(f"[bold]{literal(one.variant)}[/]: {why}", (0, 0, 0, 2)))
        for line in one.change.splitlines():
            # Behind its sign, a line has blanks that `literal` would not keep.
            rest = line[1:].lstrip()
            margin = line.removesuffix(rest)
            output.print(f"    {margin}{literal(rest)}", style="dim", soft_wrap=True)
    if len(findings) > _SHOWN:
        output.print(f"  … and {len(findings) - _SHOWN} more; --html FILE shows them all.")


def _table(first: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column(first, overflow="fold")
    return table


def _bad(count: int) -> str:
    return f"[red]{count}[/]" if count else "0"

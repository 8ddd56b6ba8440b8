"""``autograder adopt``: what an existing nbgrader course earns here; ``autograder init``: a new course."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.at_work import Slate, at_work
from autograder.cli.lines import check_file, write_lines
from autograder.cli.options import IsolationLevel, Jobs, Json, level_of
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
from autograder.cli.terminal import beside, errors, is_stdout, literal, output
from autograder.results import Trust

if TYPE_CHECKING:
    from autograder.adoption import Adopted, Found, Unadoptable
    from autograder.sandbox import Level

_MAX_REASONS = 12


def adopt(
    course: Annotated[Path, typer.Argument(help="A folder with source/, or with notebooks.", show_default=False)],
    json: Json = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the configuration into the course.")] = False,
    jobs: Jobs = None,
    isolation: IsolationLevel = None,
) -> None:
    """Compare plain nbgrader's marks with ours, on the instructor's own solutions of an existing course."""
    check_file(json)
    from autograder.adoption import check_appliable, find_notebooks  # noqa: PLC0415 - nbgrader takes seconds to load

    found = find_notebooks(course)
    if apply:
        check_appliable(course)
    rows = _tried(found, jobs, level_of(isolation))
    if json is not None:
        write_lines(rows, json)
    if not is_stdout(json):
        _show(rows)
    if apply:
        from autograder.adoption import apply as write_configuration  # noqa: PLC0415

        written = write_configuration(course)
        beside(json).print(f"Written: {', '.join(map(str, written)) or 'nothing, all was there'}.", markup=False)
    else:
        errors.print("Nothing was changed. With --apply the configuration is written.", markup=False)


def init(
    course: Annotated[Path, typer.Argument(help="The new course's folder.", show_default=False)],
) -> None:
    """Start a new course, with a small example assignment."""
    from autograder.adoption import start_course  # noqa: PLC0415

    for path in start_course(course):
        output.print(f"written: {path}", markup=False)
    tell(output, f"Open source/example/example.ipynb in JupyterLab. Then, in {course}:\n")
    output.print("    autograder release example\n", markup=False)
    output.print(
        "docs/own-assignment.md goes from here to an assignment with a reference: one mistake costs once then, and "
        "`autograder audit` can grade your tests.",
        markup=False,
    )


def _tried(found: Sequence[Found], jobs: int | None, level: Level | None) -> list[Adopted | Unadoptable]:
    from autograder.adoption import Unadoptable  # noqa: PLC0415
    from autograder.api.notebooks import executor  # noqa: PLC0415
    from autograder.engine import ended_early, run_all  # noqa: PLC0415

    rows: dict[str, Adopted | Unadoptable] = {}
    with stopping("Nothing was changed."), at_work("trying out", [one.label for one in found]) as showing:
        work = functools.partial(_try_out, showing.slate, level)
        opening = functools.partial(ended_early, executor(len(found), jobs, least=4))
        for outcome in run_all(opening, work, found):
            label = outcome.task.label
            rows[label] = outcome.result or Unadoptable(label, f"It failed for a reason of ours: {outcome.failure}")
            showing.done(label)
    return [rows[one.label] for one in found]


def _try_out(slate: Slate, level: Level | None, found: Found) -> Adopted | Unadoptable:
    from autograder.adoption import adopt as try_out  # noqa: PLC0415

    return try_out(found, level, functools.partial(slate.write, found.label))


def _show(rows: Sequence[Adopted | Unadoptable]) -> None:
    from autograder.adoption import Adopted  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("notebook", "nbgrader", "ours", "examined", "seconds"):
        table.add_column(name, overflow="fold", justify="left" if name == "notebook" else "right")
    for row in rows:
        if isinstance(row, Adopted):
            examined = sum(cell.trust is Trust.EXAMINED for cell in row.cells)
            style = "green" if row.equal else "red"
            table.add_row(
                literal(row.notebook),
                f"{row.stock.score:g}",
                f"[{style}]{row.ours.score:g}[/] / {row.ours.max_score:g}",
                f"{examined} / {len(row.cells)}",
                f"{row.stock.seconds:.1f} : {row.ours.seconds:.1f}",
            )
        else:
            table.add_row(literal(row.notebook), "[red]not run[/]", "", "", "")
    output.print(table)
    _explain(rows)


def _explain(rows: Sequence[Adopted | Unadoptable]) -> None:
    from autograder.adoption import Adopted  # noqa: PLC0415

    cells = [(row, cell) for row in rows if isinstance(row, Adopted) for cell in row.cells]
    unequal = [(row, cell) for row, cell in cells if not cell.equal]
    failing = [(row, cell) for row, cell in cells if cell.equal and not cell.passes]
    inside = [(row, cell) for row, cell in cells if cell.equal and cell.passes and cell.trust is Trust.IN_CANDIDATE]
    missing = sorted({name for row in rows for name in row.missing})
    output.print(
        f"\n{len(cells)} test cells: {len(cells) - len(unequal)} with equal marks, "
        f"{sum(cell.trust is Trust.EXAMINED for _, cell in cells)} examined, "
        f"{sum(cell.trust is Trust.IN_CANDIDATE for _, cell in cells)} in-candidate "
        "(contained, but no proof against forging)."
    )
    for title, chosen in (("Unequal", unequal), ("Own solution fails", failing), ("In-candidate", inside)):
        for row, cell in chosen[:_MAX_REASONS]:
            output.print(f"  {title}: {literal(row.notebook)}, {literal(cell.grade_id)}: {literal(cell.reason)}")
            if cell.rewrite:
                output.print(f"    To have it examined: {literal(cell.rewrite)}")
        if len(chosen) > _MAX_REASONS:
            output.print(f"  and {len(chosen) - _MAX_REASONS} more; --json has all.")
    for failed in (row for row in rows if not isinstance(row, Adopted)):
        output.print(f"  Not run: {literal(failed.notebook)}: {literal(failed.error)}")
    if old := [row.notebook for row in rows if isinstance(row, Adopted) and row.outdated]:
        update = shlex.join(["nbgrader", "update", *old])
        output.print("Old metadata, which nbgrader does not release. In the course folder, with copies kept:")
        output.print(f"  {update}", markup=False, soft_wrap=True)
    if missing:
        output.print(f"To install: {', '.join(map(literal, missing))}")

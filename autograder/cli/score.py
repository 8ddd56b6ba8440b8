"""``autograder score``: notebooks in, marks out, no gradebook."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from autograder.cli.grading import Row, graded, levels_of, show_isolation
from autograder.cli.lines import check_file, write_lines
from autograder.cli.options import (
    AssignmentOrNone,
    CourseFolder,
    IsolationLevel,
    Jobs,
    Json,
    Reading,
    level_of,
    root_of,
    speaker_of,
)
from autograder.cli.statuses import Status
from autograder.cli.terminal import is_stdout, literal, output
from autograder.course import Course, load
from autograder.errors import UsageError
from autograder.language import Speaker
from autograder.results import Counterexample, FunctionResult, Unreadable, Verdict

_PATH_WIDTH = 44
_STYLES = {Verdict.PASSED: "green", Verdict.PARTIAL: "yellow", Verdict.INTERNAL_ERROR: "magenta"}


def score(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks to grade; any .ipynb files.", show_default=False)],
    assignment: AssignmentOrNone = None,
    jobs: Jobs = None,
    json: Json = None,
    isolation: IsolationLevel = None,
    language: Reading = None,
    course: CourseFolder = None,
) -> None:
    """Grade notebooks without a gradebook."""
    absent = [str(path) for path in notebooks if not path.exists()]
    if absent:
        raise UsageError(f"No such file: {', '.join(absent)}. Nothing was graded.")
    # Among notebooks a folder is one bad file of many, a line of its own.
    if all(path.is_dir() for path in notebooks):
        raise UsageError(f"{notebooks[0]} is a folder; name the notebooks in it. Nothing was graded.")
    check_file(json)
    root = root_of(course)
    say = speaker_of(language, root)
    rows, ours = graded(root, notebooks, assignment, jobs, level_of(isolation))
    if json is not None:
        write_lines(rows, json)
    if not is_stdout(json):
        now = load(root)
        for row in rows:
            _show(say.result(row), _by_hand(now, row), say)
        show_isolation(levels_of(rows), say)
    if ours:
        raise typer.Exit(Status.FAULT_OF_OURS)


def _by_hand(course: Course, row: Row) -> float:
    """Add up what a person gives for a notebook: the score, which is what the tests give, has no part of it."""
    if isinstance(row, Unreadable):
        return 0.0
    judged = [function.name for function in row.functions]
    papers = (p for p in course.papers_of(row.assignment) if [function.name for function in p.functions] == judged)
    paper = next(papers, None)
    return sum(paper.by_hand.values()) if paper else 0.0


def _show(row: Row, by_hand: float, say: Speaker) -> None:
    if isinstance(row, Unreadable):
        title = f"[red]{say('not graded')}[/]  [dim]{literal(row.notebook)}[/]"
        output.print(f"{title}\n    {literal(row.error)}\n", soft_wrap=True)
        return
    score = say("{score} of {max_score}", score=f"{row.score:g}", max_score=f"{row.max_score:g}")
    title = f"[bold]{score}[/]  {literal(row.assignment)}  [dim]{literal(_short(row.notebook))}[/]"
    output.print(title)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column(say("function"), overflow="fold")
    table.add_column(say("points"), justify="right", no_wrap=True)
    table.add_column(say("verdict"), no_wrap=True)
    for function in row.functions:
        style = "magenta" if function.waits else _STYLES.get(function.verdict, "red")
        points = f"{function.score:g} / {function.max_score:g}"
        table.add_row(literal(function.name), points, f"[{style}]{say.standing(function)}[/]")
    output.print(table)
    if by_hand:
        output.print(say("Not counted here, for a person gives them: up to {points} points.", points=f"{by_hand:g}"))
    waiting = [function.name for function in row.functions if any(check.score is None for check in function.checks)]
    if waiting:
        names = ", ".join(waiting)
        output.print(literal(say("A person must look at {names}.", names=names)), style="magenta")
    for function in row.functions:
        _explain(function, say)
    for notice in row.notices:
        output.print(f"  {_labelled(say('note:'), 'dim', notice)}", style="dim")
    output.print()


def _short(path: str) -> str:
    """Keep the end of a path, which tells one notebook from another."""
    return path if len(path) <= _PATH_WIDTH else "…" + path[1 - _PATH_WIDTH :]


def _explain(function: FunctionResult, say: Speaker) -> None:
    messages: dict[str, list[str]] = {}
    for check in function.checks:
        if check.message:
            messages.setdefault(check.message, []).append(check.grade_id)
    if not messages and function.diagnosis is None and function.counterexample is None:
        return
    output.print(f"\n  [bold]{literal(function.name)}[/]")
    if function.diagnosis is not None:
        _paragraph(literal(function.diagnosis.message))
        _paragraph(_labelled(say("Think about:"), "dim", function.diagnosis.hint))
    for message, tests in messages.items():
        _paragraph(f"- {literal(message)} [dim]({literal(', '.join(tests))})[/]")
    passed = [check.grade_id for check in function.checks if check.verdict is Verdict.PASSED]
    if passed and function.verdict is not Verdict.PASSED:
        _paragraph(_labelled(say("Passed:"), "green", ", ".join(passed)))
    if function.counterexample is not None:
        _show_example(function.counterexample, function.name, say)


def _show_example(example: Counterexample, function: str, say: Speaker) -> None:
    _paragraph(f"[dim]{say('The smallest example found; paste it into the notebook:')}[/]")
    # The course's own text. Its lines stay whole, however long: broken ones are no Python.
    output.print(textwrap.indent(escape(example.code(function)), " " * 6), soft_wrap=True)
    for difference in example.differences(say):
        _paragraph(literal(difference))


def _labelled(label: str, style: str, text: str) -> str:
    """Put a label before a text; a full-width colon has its blank in itself."""
    blank = "" if label.endswith("\N{FULLWIDTH COLON}") else " "
    return f"[{style}]{label}[/]{blank}{literal(text)}"


def _paragraph(text: str) -> None:
    output.print(Padding(text, (0, 0, 0, 4), expand=False))

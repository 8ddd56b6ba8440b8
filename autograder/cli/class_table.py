"""What `grade` shows of a class: a row a notebook, and a sum where a student has several to hand in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from rich.padding import Padding
from rich.table import Table

from autograder.cli.terminal import literal, output
from autograder.language import Speaker
from autograder.results import NotebookResult, Verdict

# Student, notebook, and what came of it; of one that has no result, what stands in its place.
Row = tuple[str, str, NotebookResult | str]
# Of those who share a note; more names are no help.
_MOST_NAMED = 3


def show_class(
    assignment: str, worth: Mapping[str, float], rows: Sequence[Row], ungraded: Collection[str], say: Speaker
) -> None:
    """Print the table of an assignment.

    Parameters
    ----------
    assignment : str
    worth : mapping of str to float
        The assignment's notebooks, and what the tests of each give.
    rows : sequence of tuple
        A student's stand together.
    ungraded : collection of str
        Students without a row.
    say : Speaker
    """
    several = len(worth) > 1
    count = len({student for student, _, _ in rows}) + len(ungraded)
    submissions = say("1 submission") if count == 1 else say("{count} submissions", count=count)
    table = Table(title=f"{literal(assignment)}: {submissions}", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(say("student"), overflow="fold")
    if several:
        table.add_column(say("notebook"), overflow="fold")
    table.add_column(say("by the tests"), justify="right", no_wrap=True)
    table.add_column(say("what did not pass"), overflow="fold")
    for student, cells in _cells(rows, sum(worth.values()), say, several=several):
        table.add_row(literal(student), *cells)
    for student in sorted(ungraded):
        table.add_row(literal(student), *[""] * several, say("not graded"), "")
    output.print(table)


def show_notes(rows: Sequence[Row], most: int, say: Speaker, *, several: bool) -> None:
    """Print what was odd about the notebooks, a line a note however many have it, up to so many lines."""
    noted: dict[tuple[str, str], dict[str, None]] = {}
    for student, name, result in rows:
        for notice in result.notices if isinstance(result, NotebookResult) else ():
            noted.setdefault((name if several else "", notice), {})[student] = None
    for (name, notice), students in list(noted.items())[:most]:
        whose = ", ".join(filter(None, (_whose(list(students), say), name)))
        note = f"{say('note:')} {literal(whose)}: {literal(notice)}"
        output.print(Padding(note, (0, 0, 0, 2), style="dim", expand=False))
    if len(noted) > most:
        output.print(f"And {len(noted) - most} more notes: `autograder report` has them all.")


def _whose(students: Sequence[str], say: Speaker) -> str:
    if len(students) == 1:
        return students[0]
    more = ", …" if len(students) > _MOST_NAMED else ""
    return say("{count} students ({names})", count=len(students), names=", ".join(students[:_MOST_NAMED]) + more)


def _cells(rows: Sequence[Row], most: float, say: Speaker, *, several: bool) -> Iterator[tuple[str, list[str]]]:
    for student, own in groupby(rows, key=lambda row: row[0]):
        points = 0.0
        for _, name, result in own:
            if isinstance(result, str):
                yield student, [*[literal(name)] * several, result, ""]
                continue
            points += result.score
            wrong = [f for f in result.functions if f.verdict is not Verdict.PASSED]
            what = ", ".join(f"{f.name} ({say.standing(f)})" for f in wrong)
            human = f"{say('a human must look')}; " if result.needs_manual_grade else ""
            score = f"{result.score:g} / {result.max_score:g}"
            yield student, [*[literal(name)] * several, score, literal(human + what)]
        if several:
            yield student, [say("together"), f"{points:g} / {most:g}", ""]

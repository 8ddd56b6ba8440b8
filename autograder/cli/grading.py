"""Grading with progress, as `score` and `grade` both do it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.cli.terminal import errors, literal
from autograder.language import Speaker
from autograder.results import WAITS, NotebookResult, Unreadable, Verdict

if TYPE_CHECKING:
    from autograder.engine import Progress as Seen
    from autograder.sandbox import Level

Row = NotebookResult | Unreadable


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far something is, on standard error.

    Yields
    ------
    callable
        To be called with the number of steps done and of all steps.
    """
    with _plain_bar() as progress:
        task = progress.add_task(literal(what), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextlib.contextmanager
def stages_bar(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each stage of something is, one after another, on standard error.

    Yields
    ------
    callable
        To be called with the stage, and with the number of its steps done and of all its steps.
    """
    with _plain_bar() as progress:
        task = progress.add_task(literal(what), total=None)
        shown = ""

        def show(stage: str, done: int, total: int) -> None:
            nonlocal shown
            if stage != shown:
                # The steps of one stage say nothing of how long those of another take.
                progress.reset(task, total=total, description=literal(f"{what}: {stage}"))
                shown = stage
            progress.update(task, completed=done)

        yield show


def _plain_bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_interactive)


class ClassBar(Progress):
    """A bar with a second line: what was found so far, and what took longest."""

    detail = ""

    def get_renderables(self) -> Iterator[RenderableType]:
        """Give the lines; rich calls it."""
        yield from super().get_renderables()
        yield Text(self.detail, style="dim", no_wrap=True, overflow="ellipsis")


@contextlib.contextmanager
def class_progress(what: str, say: Speaker) -> Iterator[Callable[[Seen], None]]:
    """Show how far a class is, on standard error.

    Parameters
    ----------
    what : str
    say : Speaker

    Yields
    ------
    callable
        To be called with what is to be shown.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[left]}"))
    with ClassBar(*columns, console=errors, transient=True, disable=not errors.is_interactive) as bar:
        task = bar.add_task(literal(what), total=None, left="")

        def watch(seen: Seen) -> None:
            bar.detail = "; ".join(filter(None, (found_in(seen, say), _slowest(seen, say))))
            bar.update(task, completed=seen.done, total=seen.total, left=_left(seen, say))

        yield watch


def found_in(seen: Seen, say: Speaker) -> str:
    """Count functions by what came of them."""
    return ", ".join(
        say("{count} {verdict}", count=count, verdict=_found(verdict, say)) for verdict, count in seen.verdicts.items()
    )


def _found(verdict: str, say: Speaker) -> str:
    return say("waits for a person") if verdict == WAITS else say.verdict(Verdict(verdict))


def _slowest(seen: Seen, say: Speaker) -> str:
    # Of those who are graded again no time is known.
    return "".join(
        say("slowest {name} {seconds} s", name=name, seconds=f"{seconds:.1f}")
        for seconds, name in seen.slowest[:1]
        if seconds
    )


def _left(seen: Seen, say: Speaker) -> str:
    if seen.remaining is None:
        return ""
    return say("{rate}/s, {duration} left", rate=f"{seen.rate:.1f}", duration=_duration(seen.remaining))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def graded(
    root: Path, notebooks: Sequence[Path], assignment: str | None, jobs: int | None, level: Level | None
) -> tuple[list[Row], bool]:
    """Grade notebooks and show how far it is.

    Returns
    -------
    rows : list of NotebookResult or Unreadable
        In the order of the notebooks.
    ours : bool
        Whether one of them could not be graded for a reason of ours.
    """
    # Here and not at the top: a wrong path should be told before NumPy is loaded.
    from autograder.api import score_many  # noqa: PLC0415

    found: dict[int, Row] = {}
    faults_of_ours = False
    with progress_bar("grading") as bar:
        for index, row, ours in score_many(root, notebooks, assignment, jobs, level):
            found[index] = row
            faults_of_ours |= ours or (isinstance(row, NotebookResult) and row.internal_error)
            bar(len(found), len(notebooks))
    return [found[index] for index in sorted(found)], faults_of_ours


def levels_of(rows: Iterable[Row]) -> set[str]:
    """Give the levels of isolation that were in force."""
    return {row.isolation.level for row in rows if isinstance(row, NotebookResult)}


def show_isolation(levels: Iterable[str], say: Speaker) -> None:
    """Say how far student code was kept apart; loudly where it was not."""
    for level in sorted(levels):
        if level == "none":
            errors.print(
                say(
                    "Isolation: NONE. The notebooks' code could read what you can read. "
                    "Grade only notebooks that you trust."
                ),
                style="bold red",
            )
        else:
            errors.print(say("Isolation: {level}.", level=level), style="dim")

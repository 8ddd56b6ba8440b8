"""What worker processes are at, shown below the bar of the command that has started them."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.cli.terminal import errors, literal
from autograder.results import one_line

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Slate:
    """Where a worker process writes what it is at; a folder of files, for the command may be another process.

    Parameters
    ----------
    folder : Path
    labels : tuple of str
        Of the tasks.
    """

    folder: Path
    labels: tuple[str, ...]

    def write(self, label: str, step: str) -> None:
        """Say what is done with a task now."""
        self._of(label).write_text(step, encoding="utf-8")

    def wipe(self, label: str) -> None:
        """Say that a task is done."""
        self._of(label).unlink(missing_ok=True)

    def lines(self) -> Iterator[str]:
        """Give a line for each task that something is done with, with the seconds since it began."""
        for label in self.labels:
            # It may be wiped meanwhile.
            with contextlib.suppress(FileNotFoundError):
                path = self._of(label)
                since = time.time() - path.stat().st_mtime
                yield one_line(f"{label}: {path.read_text(encoding='utf-8')}, {since:.0f} s so far", _LONGEST)

    def _of(self, label: str) -> Path:
        return self.folder / str(self.labels.index(label))


class _Bar(Progress):
    """A bar, and below it what stands on a slate."""

    slate: Slate | None = None

    def get_renderables(self) -> Iterator[RenderableType]:
        """Give the lines; rich calls it."""
        yield from super().get_renderables()
        for line in self.slate.lines() if self.slate else ():
            yield Text(line, style="dim", no_wrap=True, overflow="ellipsis")


@dataclass(frozen=True, slots=True)
class Showing:
    """A bar that is shown, and the slate of which it shows the lines."""

    slate: Slate
    bar: Progress

    def done(self, label: str) -> None:
        """Say that a task is done: wipe what a worker that was killed has left there, too."""
        self.slate.wipe(label)
        self.bar.advance(self.bar.task_ids[0])


@contextlib.contextmanager
def at_work(what: str, labels: Sequence[str]) -> Iterator[Showing]:
    """Show how many tasks are done, and what is done with each at the moment, on standard error.

    Yields
    ------
    Showing
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(prefix="autograder-at-work-", ignore_cleanup_errors=True) as folder:
        bar = _Bar(*columns, console=errors, transient=True, disable=not errors.is_interactive)
        bar.slate = slate = Slate(Path(folder), tuple(labels))
        with bar:
            bar.add_task(literal(what), total=len(labels))
            yield Showing(slate, bar)

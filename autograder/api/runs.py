"""One run over submissions: from what the workers give to the journal and the gradebook.

Workers grade; this process reads the submissions, keeps the journal, and is the only one to write the gradebook::

    submitted/ ──► tasks ──► workers ──► journal ──► gradebook, autograded/
                   (bytes)               (results)   (one transaction a submission)

What is in the journal is not graded again by a run that resumes, and what is noted there as written is not written
again, if the gradebook holds it. Each step may be repeated, so it does not matter between which two of them a run was
ended.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from autograder import nbgrader_bridge as bridge
from autograder.api.records import drop_others, keep
from autograder.api.workers import Graded, Refused, Task
from autograder.engine import Bundle, Journal, Outcome, Progress, Record, RunLog, Tally
from autograder.errors import ClusterError, CourseError, SandboxError, UsageError
from autograder.results import WAITS, NotebookResult, Unreadable, is_failure
from autograder.sandbox import Level

STATE = ".autograder"
JOURNAL, LOG = "journal.db", "log.jsonl"
_BATCH = 16
_BATCH_SECONDS = 0.5

Watch = Callable[[Progress], None]

_log = logging.getLogger(__name__)
# After these what is graded is entered all the same.
_EARLY_ENDS = (KeyboardInterrupt, ClusterError, SandboxError, CourseError, UsageError)


@dataclass(frozen=True, slots=True)
class Aside:
    """A submission that has no mark, and why.

    Parameters
    ----------
    student, assignment : str
    reason : str
    ours : bool
        Whether the reason is ours; otherwise what was handed in cannot be read.
    of_test : bool
        Whether a test is at fault: its other tests have given points, and another try would end alike.
    """

    student: str
    assignment: str
    reason: str
    ours: bool
    of_test: bool = False


@dataclass(frozen=True, slots=True)
class ClassResult:
    """What became of the submissions. The results themselves are in the journal: see `results_of`.

    Parameters
    ----------
    progress : Progress
        At the end.
    aside : tuple of Aside
        For a person to look at, by name.
    levels : frozenset of str
        Of isolation that were in force.
    ours : bool
        Whether a submission has no mark for a reason of ours.
    newcomers : tuple of str
        Students who were on no class list, though there is one, and are in the gradebook now.
    """

    progress: Progress
    aside: tuple[Aside, ...]
    levels: frozenset[str]
    ours: bool
    newcomers: tuple[str, ...] = ()


def journal_of(root: Path) -> Journal:
    """Open the journal of a course; a context manager."""
    return Journal(root / STATE / JOURNAL)


@dataclass(frozen=True, slots=True)
class _Due:
    """A submission that is to be entered, and the names of its notebooks: where grading failed it has no results."""

    assignment: str
    student: str
    notebooks: frozenset[str]
    graded: Graded


@dataclass
class Run:
    """One run over submissions; a context manager, which enters what is done also when it is ended early.

    Parameters
    ----------
    root : Path
    bundles : dict of str to Bundle
        By assignment.
    isolation : Level or None
    db : str or None
    language : str
    total : int
        Submissions.
    watch : callable
    """

    root: Path
    bundles: dict[str, Bundle]
    isolation: Level | None
    db: str | None
    language: str
    total: int
    watch: Watch
    _aside: list[Aside] = field(default_factory=list)
    _levels: set[str] = field(default_factory=set)
    _batch: list[_Due] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as opened:
            state = self.root / STATE
            self._journal = opened.enter_context(journal_of(self.root))
            self._log = opened.enter_context(RunLog(state / LOG))
            if not self._log.alone:
                _log.warning("Another run is grading in this course: what both are to grade is graded twice.")
            self._writers = {
                name: opened.enter_context(bridge.open_writer(self.root, name, self.db, self.language))
                for name in self.bundles
            }
            self._tally = Tally(self.total)
            self._log.add("begin", assignments=list(self.bundles), submissions=self.total)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._opened:
            if kind is None or issubclass(kind, _EARLY_ENDS):
                self._write()
            self._log.add("end", done=self._tally.progress().done, ended=kind.__name__ if kind else "")

    def begin(self, assignment: str, chosen: Sequence[bridge.Submitted], *, resume: bool) -> list[bridge.Submitted]:
        """Give the submissions that are to be graded; what an earlier run graded is entered, if it is not yet."""
        if not resume:
            self._journal.forget(assignment, [one.student for one in chosen if not one.fault])
            return list(chosen)
        todo = []
        entered = bridge.entered(self.root, assignment, self.db)
        for one in chosen:
            task = task_of(assignment, one, self.bundles[assignment])
            if isinstance(task, Aside):
                self._pass_over(task)
                continue
            record = self._journal.find(task.key(self.isolation))
            graded = graded_of(record)
            entry = self._journal.entry(assignment, one.student)
            if record is None or graded is None or entry is None or not record.final or entry.key != record.key:
                todo.append(one)
                continue
            self._count(assignment, one.student, graded, fresh=False)
            if not entry.written or not entered.holds(one.student, graded.results):
                self._add(task, graded)
        return todo

    def tasks(self, todo: Sequence[tuple[str, bridge.Submitted]]) -> Iterator[Task]:
        """Read submissions as they are needed."""
        for assignment, one in todo:
            task = task_of(assignment, one, self.bundles[assignment])
            if isinstance(task, Aside):
                self._pass_over(task)
            else:
                yield task

    def take(self, outcome: Outcome[Task, Graded | Refused]) -> None:
        """Keep what became of a task.

        Raises
        ------
        SandboxError, CourseError, UsageError
            The worker can grade nothing.
        """
        task, done = outcome.task, outcome.result
        if isinstance(done, Refused):
            raise done.error
        graded = done if done is not None else Graded(failure=outcome.failure)
        record = Record(task.key(self.isolation), graded.encode(), final=not graded.ours)
        self._journal.put(task.assignment, task.student, record, work_of(task))
        # At once: no other run waits for the journal while the next submission is graded.
        self._journal.commit()
        self._count(task.assignment, task.student, graded, fresh=True)
        self._add(task, graded)

    def result(self) -> ClassResult:
        """Sum up."""
        aside = tuple(sorted(self._aside, key=lambda one: (one.assignment, one.student)))
        return ClassResult(self._tally.progress(), aside, frozenset(self._levels), any(one.ours for one in aside))

    def _pass_over(self, aside: Aside) -> None:
        """Set a submission aside that nobody can grade."""
        self._tally.pass_over()
        self._set_aside(aside)
        self.watch(self._tally.progress())

    def _count(self, assignment: str, student: str, graded: Graded, *, fresh: bool) -> None:
        results = list(graded.results.values())
        self._levels.update(result.isolation.level for result in results)
        seconds = sum(result.seconds for result in results)
        functions = [function for result in results for function in result.functions]
        verdicts = [WAITS if function.waits else function.verdict for function in functions]
        self._tally.add(f"{student} ({assignment})", seconds, verdicts, fresh=fresh)
        about = {"student": student, "assignment": assignment}
        for name, result in graded.results.items():
            score = {"score": result.score, "max_score": result.max_score}
            self._log.add("graded", **about, notebook=name, **score, seconds=result.seconds, fresh=fresh)
        for name, reason in graded.unreadable.items():
            self._set_aside(Aside(student, assignment, f"{name}.ipynb is no notebook: {reason}", ours=False))
        if graded.ours:
            self._set_aside(aside_of(student, assignment, graded))
        self.watch(self._tally.progress())

    def _set_aside(self, aside: Aside) -> None:
        self._aside.append(aside)
        self._log.add("aside", student=aside.student, assignment=aside.assignment, reason=aside.reason, ours=aside.ours)

    def _add(self, task: Task, graded: Graded) -> None:
        names = frozenset(name for name, _ in task.notebooks)
        self._batch.append(_Due(task.assignment, task.student, names, graded))
        if len(self._batch) >= _BATCH or time.monotonic() - self._since > _BATCH_SECONDS:
            self._write()

    def _write(self) -> None:
        """Enter in the gradebook what has come since the last time: the journal has it already."""
        for due in self._batch:
            keep(self.root, due.assignment, _kept(due.student, due.graded))
            drop_others(self.root, due.assignment, due.student, due.notebooks)
            refused = self._writers[due.assignment].write(due.student, due.graded.results)
            if refused is None:
                self._journal.written(due.assignment, [due.student])
                self._journal.commit()
            elif not due.graded.unreadable:
                self._set_aside(Aside(due.student, due.assignment, refused.reason, ours=True))
        self._batch.clear()
        self._since = time.monotonic()


def _kept(student: str, graded: Graded) -> dict[tuple[str, str], NotebookResult | Unreadable]:
    results = {(student, name): result for name, result in graded.results.items()}
    return results | {(student, name): Unreadable(name, reason) for name, reason in graded.unreadable.items()}


def graded_of(record: Record | None) -> Graded | None:
    """Read a result of the journal; one that is damaged, or that another version wrote, is none: it is graded again."""
    try:
        return None if record is None else Graded.decode(record.data)
    except msgspec.DecodeError:
        return None


def task_of(assignment: str, one: bridge.Submitted, bundle: Bundle) -> Task | Aside:
    """Read a submission; one that nobody can grade, or whose files the machine does not give, is to be set aside.

    Parameters
    ----------
    assignment : str
    one : Submitted
    bundle : Bundle
        What it is to be graded with.
    """
    if one.fault:
        return Aside(one.student, assignment, one.fault, one.ours)
    try:
        notebooks = tuple((name, path.read_bytes()) for name, path in one.paths)
    except OSError as error:
        return Aside(one.student, assignment, f"its files cannot be read: {error}", ours=True)
    return Task(one.student, assignment, bundle.hash, notebooks)


def work_of(task: Task) -> str:
    """Give the hash of a submission alone, whatever it is graded with."""
    digest = hashlib.sha256()
    for name, data in task.notebooks:
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def aside_of(student: str, assignment: str, graded: Graded) -> Aside:
    """Set a submission aside of which something has no score for a reason of ours."""
    if graded.failure:
        reason = f"It could not be graded, for a reason of ours: {graded.failure}"
        return Aside(student, assignment, reason, ours=True)
    checks = (check for result in graded.results.values() for check in result.checks)
    reasons = [check.message for check in checks if check.score is None and not check.undecided]
    failures = [reason for reason in reasons if is_failure(reason)]
    return Aside(student, assignment, [*failures, *reasons][0], ours=True, of_test=not failures)

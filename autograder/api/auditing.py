"""Auditing the tests of an assignment: its variants are graded as submissions are, on all processors."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from autograder.api.notebooks import Grader, current_grader, executor, warm_grader
from autograder.audit import (
    QUESTIONS,
    Audit,
    Auditor,
    Known,
    Marked,
    Prepared,
    Variant,
    judged_right,
    judged_wrong,
    known,
    measured,
    prepared,
    require_sound,
    separate,
)
from autograder.audit.spread import Nearest, Spread
from autograder.course import Function, Paper
from autograder.engine import WORTH_A_POOL, end_workers, run_all
from autograder.errors import SandboxError
from autograder.examiner import Reference, Rehearsal
from autograder.notebook import Notebook, read
from autograder.results import NotebookResult

Progress = Callable[[str, int, int], None]
Piece = TypeVar("Piece")
Done = TypeVar("Done")
# The course folder, the assignment, and the name of the source notebook.
Place = tuple[Path, str, str]

# Answers, and questions, of one piece of work.
_JUDGED_AT_ONCE = 16
_AT_ONCE = 250
_SEEDS = [range(first, first + _AT_ONCE) for first in range(0, QUESTIONS, _AT_ONCE)]


@dataclass(frozen=True, slots=True)
class _Simple:
    """Answers of one kind to one function, to be judged without a sandbox."""

    answers: Sequence[Variant]
    right: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen by functions, and by doubtful variants."""

    measured: dict[str, tuple[list[Spread], Nearest | None]] = field(default_factory=dict)
    separated: dict[Variant, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)


_Work = Callable[[Paper, Reference, Rehearsal], _Seen]


def audit(root: Path, assignment: str, jobs: int | None, progress: Progress) -> list[Audit]:
    """Grade the tests of an assignment.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    jobs : int or None
        Worker processes; None is one a processor.
    progress : callable
        Told the stage, the number of its pieces of work that are done, and of all; first that none is done yet.

    Returns
    -------
    list of Audit
        One a source notebook.

    Raises
    ------
    CourseError, UsageError
        Where the course has faults or no such assignment.
    SandboxError
        Where the machine holds no isolation, or a variant could not be graded for a reason of ours.
    """
    grader = current_grader(root, None).open()
    return [_audited(grader, paper, jobs, progress) for paper in grader.course.papers_of(assignment)]


def _audited(grader: Grader, paper: Paper, jobs: int | None, progress: Progress) -> Audit:
    place = (grader.course.root, paper.assignment, paper.name)
    with _rehearsing(place) as (_, reference, _):
        functions = require_sound(grader.course.root, paper, reference)
    auditor = Auditor(grader.course, paper, functions)
    # One pool for all, for an audit has always enough to do: what its workers have loaded once serves them to the end.
    with _Pool(executor(WORTH_A_POOL, jobs)) as pool:
        spread_out = functools.partial(_spread_out, pool, place, progress)
        auditor.take(spread_out("making answers", _prepare, auditor.functions))
        simple = [_Simple(few, right=False) for answers in auditor.wrong for few in _split(answers)]
        simple += [_Simple(few, right=True) for answers in auditor.lesser for few in _split(answers)]
        auditor.settle(itertools.chain(*spread_out("judging answers", _judge, simple)))
        auditor.mark(spread_out("grading answers", _grade, auditor.notebooks))
        # All at once, and the longest first: so no processor waits for another's last piece.
        pieces: list[_Work] = [functools.partial(_measure, *one) for one in auditor.right.items()]
        pieces += [functools.partial(_separate, few, seeds) for few in auditor.doubtful for seeds in _SEEDS]
        pieces += [functools.partial(_know, function) for function in auditor.functions]
        seen = _all(spread_out("asking survivors", _examine, pieces))
    released = grader.course.root / "release" / paper.assignment / f"{paper.name}.ipynb"
    stub = grader.grade(read(released), "stub", paper.name, paper.assignment) if released.is_file() else None
    return auditor.conclude(seen.separated, seen.measured, seen.known, stub, grader.course.bars)


class _Pool:
    """One executor for many runs, and a new one in its place once a worker's death has broken it."""

    def __init__(self, opening: Callable[[], Executor]) -> None:
        self._opening = opening
        self._executor = opening()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            # An audit that is broken off keeps nothing, so its workers have nothing to bring to its end.
            end_workers(self._executor)
        self._executor.shutdown()

    @contextlib.contextmanager
    def lent(self) -> Iterator[Executor]:
        """Lend it for one run, as `run_all` asks for it."""
        try:
            # One that is broken takes no task.
            self._executor.submit(_nothing)
        except BrokenExecutor:
            self._executor.shutdown()
            self._executor = self._opening()
        yield self._executor


def _nothing() -> None:
    """Show that tasks are taken."""


def _spread_out(
    pool: _Pool,
    place: Place,
    progress: Progress,
    stage: str,
    work: Callable[[Place, Piece], Done],
    pieces: Sequence[Piece],
) -> list[Done]:
    """Do the pieces of work of a stage on all processors; give what they give, in their order."""
    done: dict[int, Done] = {}
    task = functools.partial(_numbered, work, place)
    progress(stage, 0, len(pieces))
    for outcome in run_all(pool.lent, task, list(enumerate(pieces))):
        if outcome.result is None:
            raise SandboxError(f"A variant could not be graded, for a reason of ours: {outcome.failure}")
        number, result = outcome.result
        done[number] = result
        progress(stage, len(done), len(pieces))
    return [done[number] for number in range(len(pieces))]


def _split(answers: Sequence[Variant]) -> Iterator[Sequence[Variant]]:
    return (answers[first : first + _JUDGED_AT_ONCE] for first in range(0, len(answers), _JUDGED_AT_ONCE))


def _numbered(work: Callable[[Place, Piece], Done], place: Place, task: tuple[int, Piece]) -> tuple[int, Done]:
    return task[0], work(place, task[1])


def _prepare(place: Place, function: Function) -> Prepared:
    with _rehearsing(place) as (paper, reference, rehearsal):
        return prepared(function, paper, reference, rehearsal)


def _judge(place: Place, piece: _Simple) -> list[Marked]:
    with _rehearsing(place) as (paper, _, rehearsal):
        return (judged_right if piece.right else judged_wrong)(piece.answers, paper, rehearsal)


def _grade(place: Place, notebook: Notebook) -> NotebookResult:
    root, assignment, name = place
    return warm_grader(root, None).grade(notebook, "variants", name, assignment, explain=False)


def _examine(place: Place, piece: _Work) -> _Seen:
    with _rehearsing(place) as (paper, reference, rehearsal):
        return piece(paper, reference, rehearsal)


def _measure(function: str, right: Sequence[Variant], paper: Paper, reference: Reference, _: Rehearsal) -> _Seen:
    return _Seen(measured={function: measured(function, right, paper, reference)})


def _separate(doubtful: Sequence[Variant], seeds: range, paper: Paper, reference: Reference, _: Rehearsal) -> _Seen:
    return _Seen(separated=separate(doubtful, paper, reference, seeds))


def _know(function: Function, _: Paper, reference: Reference, rehearsal: Rehearsal) -> _Seen:
    return _Seen(known={function.name: known(function, reference, rehearsal)})


def _all(found: Iterable[_Seen]) -> _Seen:
    seen = _Seen()
    for one in found:
        seen.measured.update(one.measured)
        seen.known.update(one.known)
        # A variant is asked the questions of all seeds, some at a time.
        seen.separated.update({variant: seen.separated.get(variant) or how for variant, how in one.separated.items()})
    return seen


@contextlib.contextmanager
def _rehearsing(place: Place) -> Iterator[tuple[Paper, Reference, Rehearsal]]:
    root, assignment, name = place
    grader = warm_grader(root, None)
    (paper,) = (paper for paper in grader.course.papers_of(assignment) if paper.name == name)
    with grader.examiner(paper).rehearsing() as (reference, rehearsal):
        yield paper, reference, rehearsal

"""Grading notebooks, one or many, without a gradebook."""

from __future__ import annotations

import atexit
import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from autograder.course import SETTINGS, Course, Paper, language_of, load, source_files
from autograder.engine import WORTH_A_POOL, InProcessExecutor, local_processes, processes, run_all
from autograder.errors import CourseError, NotebookError
from autograder.language import Speaker, speaker
from autograder.limits import Limits
from autograder.notebook import Document, Notebook, read_document, repair
from autograder.results import NotebookResult, Unreadable, one_line
from autograder.sandbox import Level, Sandbox
from autograder.spelling import shown

if TYPE_CHECKING:
    from autograder.examiner import Examiner

AGENT = "autograder.candidate.agent:serve"
_NOTICE = 600
_Files = frozenset[tuple[Path, int, int]]


class Grader:
    """Grades notebooks of one course in this process; a context manager.

    Never in two threads at the same time, nor do two graders: see `Examiner`.

    Parameters
    ----------
    root : Path
        The course folder.
    isolation : {"full", "reduced", "none"} or None
        None is the strongest level that this machine holds, and never none.
    sandbox : Sandbox or None
        One that is open already, and stays the caller's to close.
    """

    def __init__(self, root: Path, isolation: Level | None = None, sandbox: Sandbox | None = None) -> None:
        self.course: Course = load(root)
        self._sandbox = sandbox or Sandbox(AGENT, Limits(), isolation)
        self._owns_sandbox = sandbox is None
        self._furnished: dict[tuple[str, ...], Sandbox] = {}
        self._examiners: dict[tuple[str, str], Examiner] = {}
        self._is_open = sandbox is not None

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the fork-servers that it has started; a sandbox that was passed in stays open."""
        while self._furnished:
            self._furnished.popitem()[1].close()
        # They talk to fork-servers that are no more.
        self._examiners.clear()
        if self._owns_sandbox:
            self._sandbox.close()
            self._is_open = False

    def open(self, first: Path | None = None, assignment: str | None = None) -> Self:
        """Open the sandbox, unless it is open.

        Parameters
        ----------
        first : Path or None
            A notebook whose examiner is made while the fork-server starts.
        assignment : str or None
            Of that notebook.

        Raises
        ------
        SandboxError
            Where the machine does not hold the level.
        UsageError
            Where the course has no such assignment.
        """
        if not self._is_open:
            self._sandbox.start()
            _examiner_class()
            if first is not None:
                self._get_ready(first, assignment)
            self._sandbox.__enter__()
            self._is_open = True
        return self

    def _get_ready(self, path: Path, assignment: str | None) -> None:
        # What is wrong with the notebook, or with its reference, is told when it is graded, and ends no other's turn.
        with contextlib.suppress(Exception):
            paper = self.course.recognize(read_document(path).notebook(), path.stem, assignment)
            if paper is not None and not self._libraries(paper):
                self._made(paper, self._sandbox)

    def score(self, path: Path, assignment: str | None = None) -> NotebookResult | Unreadable:
        """Grade a notebook file.

        Parameters
        ----------
        path : Path
        assignment : str or None
            Recognized by the functions that the notebook defines where it is not given.

        Returns
        -------
        NotebookResult or Unreadable

        Raises
        ------
        UsageError
            Where the course has no such assignment.
        """
        try:
            return self.grade(read_document(path), shown(path), path.stem, assignment)
        except NotebookError as error:
            return Unreadable(shown(path), str(error))

    def grade(
        self,
        submitted: Document | Notebook,
        label: str,
        name: str,
        assignment: str | None = None,
        *,
        explain: bool = True,
    ) -> NotebookResult:
        """Grade a notebook that has been read.

        Parameters
        ----------
        submitted : Document or Notebook
            A document is repaired first; code cells alone are graded as they stand.
        label : str
            What the result calls it.
        name : str
            Its file's name without the ending.
        assignment : str or None
        explain : bool
            Whether to look for the mistakes behind lost marks.

        Returns
        -------
        NotebookResult

        Raises
        ------
        NotebookError
            Where it belongs to no assignment of the course.
        UsageError
            Where the course has no such assignment.
        CourseError
            Where the assignment's reference has faults.
        SandboxError
            Where the fork-server cannot be started again.
        """
        notebook = submitted.notebook() if isinstance(submitted, Document) else submitted
        paper = self.course.recognize(notebook, name, assignment)
        if paper is None:
            known = ", ".join(self.course.assignments())
            raise NotebookError(
                f"It defines no graded function of any assignment of this course ({known}). "
                "Name the assignment with --assignment to grade it all the same."
            )
        also = self.course.also_answered(notebook, paper) if assignment is None else ()
        notices: tuple[str, ...] = ()
        if isinstance(submitted, Document):
            repaired = repair(submitted, paper.blanks)
            notebook, notices = repaired.notebook(), tuple(one_line(notice, _NOTICE) for notice in repaired.notices)
        result = self.examiner(paper).examine(notebook, label, explain=explain)
        return replace(result, notices=(*notices, *result.notices, *map(_also, also)))

    def examiner(self, paper: Paper) -> Examiner:
        """Give the examiner of one source notebook of the course."""
        sandbox = self._sandbox_for(paper)
        sandbox.revive()
        return self._made(paper, sandbox)

    def _made(self, paper: Paper, sandbox: Sandbox) -> Examiner:
        key = (paper.assignment, paper.name)
        if key not in self._examiners:
            examples = self.course.smallest_example
            self._examiners[key] = _examiner_class()(paper, self.course.root, sandbox, examples=examples)
        return self._examiners[key]

    def _sandbox_for(self, paper: Paper) -> Sandbox:
        """Give the sandbox in which the libraries of a notebook are loaded already."""
        libraries = self._libraries(paper)
        if not libraries:
            return self._sandbox
        if libraries not in self._furnished:
            self._furnished[libraries] = Sandbox(AGENT, Limits(), self._sandbox.level, libraries).__enter__()
        return self._furnished[libraries]

    def _libraries(self, paper: Paper) -> tuple[str, ...]:
        return paper.libraries if paper.execution == "full" else ()


def _examiner_class() -> type[Examiner]:
    """Load the examiner, which takes as long as the fork-server takes to start: so both at once."""
    from autograder.examiner import Examiner  # noqa: PLC0415

    return Examiner


def _also(assignment: str) -> str:
    return f"It answers {assignment} as well: `--assignment {assignment}` grades that."


Task = tuple[int, Path, str | None]

# One at most: what the course's files were like before it was read, and its grader.
_kept: dict[tuple[Path, Level | None], tuple[_Files, Grader]] = {}


def score_many(
    root: Path,
    paths: Sequence[Path],
    assignment: str | None = None,
    jobs: int | None = None,
    isolation: Level | None = None,
) -> Iterator[tuple[int, NotebookResult | Unreadable, bool]]:
    """Grade notebook files.

    Parameters
    ----------
    root : Path
        The course folder.
    paths : sequence of Path
    assignment : str or None
    jobs : int or None
        Worker processes; None chooses by the number of notebooks and processors.
    isolation : {"full", "reduced", "none"} or None
        None is the strongest level that this machine holds, and never none.

    Yields
    ------
    index : int
        Of the path.
    result : NotebookResult or Unreadable
    ours : bool
        Whether the notebook has no result for a reason of ours.

    Raises
    ------
    CourseError, UsageError
        Where the course has faults or no such assignment; before anything is graded. Faults of a reference, before
        anything of its assignment is.
    SandboxError
        Where the machine does not hold the level; before anything is graded.
    """
    # Opened here also where workers open their own: what is wrong with course or machine is told once, and first.
    grader = current_grader(root, isolation)
    if assignment is not None:
        grader.course.papers_of(assignment)
    grader.open(paths[0] if paths else None, assignment)
    tasks: list[Task] = [(index, path, assignment) for index, path in enumerate(paths)]
    work = functools.partial(_score_task, root, isolation)
    for outcome in run_all(executor(len(tasks), jobs), work, tasks):
        index, path, _ = outcome.task
        if isinstance(outcome.result, CourseError):
            raise outcome.result
        if outcome.result is None:
            failure = f"It could not be graded, for a reason of ours: {outcome.failure}"
            yield index, Unreadable(shown(path), failure), True
        else:
            yield index, outcome.result, False


def speaker_for(root: Path, language: str) -> Speaker:
    """Give who says the outcomes of a course; what the nbgrader bridge calls.

    Parameters
    ----------
    root : Path
        The course folder.
    language : str
        The course's own when empty.
    """
    return speaker(language or language_of(root), root)


def executor(tasks: int, jobs: int | None, least: int = WORTH_A_POOL) -> Callable[[], Executor]:
    """Choose what runs so many tasks: this process below the least number that is worth a pool."""
    chosen = processes(tasks, jobs, least)
    return InProcessExecutor if chosen == 1 else functools.partial(local_processes, chosen)


def warm_grader(root: Path, isolation: Level | None) -> Grader:
    """Keep one grader warm in this process, until it ends or another course comes."""
    return _grader(root, isolation).open()


def current_grader(root: Path, isolation: Level | None) -> Grader:
    """Give the warm grader as long as the course is as it has read it, or a new one: instructors write meanwhile.

    For the beginning of a run, all of which one grader shall grade; it is not open yet.
    """
    read, _ = _kept.get((root, isolation), (None, None))
    if read != _files(root):
        close_kept()
    return _grader(root, isolation)


def _grader(root: Path, isolation: Level | None) -> Grader:
    if (root, isolation) not in _kept:
        close_kept()
        _kept[root, isolation] = _files(root), Grader(root, isolation)
    return _kept[root, isolation][1]


@atexit.register
def close_kept() -> None:
    """End what the warm grader has started, where there is one."""
    while _kept:
        _kept.popitem()[1][1].close()


def _files(root: Path) -> _Files:
    read = [root / SETTINGS, *root.glob("reference/**/*.p[yo]")]
    for folder in root.glob("source/*"):
        read += source_files(root, folder.name)
    states = [(path, path.stat()) for path in read if path.is_file()]
    return frozenset((path, state.st_mtime_ns, state.st_size) for path, state in states)


def _score_task(root: Path, isolation: Level | None, task: Task) -> NotebookResult | Unreadable | CourseError:
    _, path, assignment = task
    try:
        return warm_grader(root, isolation).score(path, assignment)
    except CourseError as error:
        # The instructor's to mend, and no failure of this notebook.
        return error

"""What happens in a worker: it has no course folder, only the bundles that were sent to it."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from autograder.api.leases import LeasedFolder
from autograder.api.notebooks import AGENT, Grader
from autograder.engine import Bundle, versions
from autograder.errors import CourseError, NotebookError, SandboxError, UsageError
from autograder.limits import Limits
from autograder.notebook import parse_document
from autograder.results import NotebookResult
from autograder.sandbox import Level, Sandbox


@dataclass(frozen=True, slots=True)
class Task:
    """A submission to be graded.

    Parameters
    ----------
    student, assignment : str
    bundle : str
        Hash of what it is to be graded with.
    notebooks : tuple of (str, bytes)
        Name and content of each file.
    """

    student: str
    assignment: str
    bundle: str
    notebooks: tuple[tuple[str, bytes], ...]

    def key(self, isolation: Level | None) -> str:
        """Give the hash of all that the result follows from."""
        digest = hashlib.sha256(f"{self.bundle} {isolation}".encode())
        for name, data in self.notebooks:
            digest.update(f"\0{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of a submission.

    Parameters
    ----------
    results : dict of str to NotebookResult
        By notebook.
    unreadable : dict of str to str
        Files that are no notebooks, and why.
    failure : str
        Why there is nothing else, for a reason of ours; empty in general.
    """

    results: dict[str, NotebookResult] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def ours(self) -> bool:
        """Tell whether something has no score for a reason of ours."""
        return bool(self.failure) or any(result.internal_error for result in self.results.values())

    def encode(self) -> bytes:
        """Write it down."""
        return msgspec.msgpack.encode(self)

    @staticmethod
    def decode(data: bytes) -> Graded:
        """Read what `encode` wrote."""
        return msgspec.msgpack.decode(data, type=Graded)


@dataclass(frozen=True, slots=True)
class Refused:
    """A worker can grade nothing: its machine has not the isolation or the versions, or the course has faults."""

    error: SandboxError | CourseError | UsageError


class Desk:
    """The graders of one worker, with one warm fork-server.

    Parameters
    ----------
    bundles : sequence of Bundle
    isolation : {"full", "reduced", "none"} or None
    """

    def __init__(self, bundles: Sequence[Bundle], isolation: Level | None) -> None:
        self._bundles = {bundle.hash: bundle for bundle in bundles}
        self._isolation = isolation
        self._sandbox: Sandbox | None = None
        self._folder: LeasedFolder | None = None
        self._graders: dict[str, Grader] = {}

    def serves(self, bundles: Sequence[Bundle], isolation: Level | None) -> bool:
        """Tell whether it was made of these, by what they hold."""
        return isolation == self._isolation and self._bundles.keys() == {bundle.hash for bundle in bundles}

    def grade(self, task: Task) -> Graded | Refused:
        """Grade a submission."""
        try:
            grader = self._grader(task.bundle)
        except (SandboxError, CourseError, UsageError) as error:
            return Refused(error)
        graded = Graded()
        for name, data in task.notebooks:
            try:
                graded.results[name] = grader.grade(parse_document(data), name, name, task.assignment)
            except NotebookError as error:
                graded.unreadable[name] = str(error)
            except CourseError as error:
                return Refused(error)
        return graded

    def close(self) -> None:
        """End the fork-servers and remove the files."""
        # Last to first, and each of them though another fails or is interrupted.
        with contextlib.ExitStack() as ending:
            if self._folder is not None:
                ending.callback(self._folder.close)
            if self._sandbox is not None:
                ending.callback(self._sandbox.close)
            for grader in self._graders.values():
                ending.callback(grader.close)

    def _grader(self, name: str) -> Grader:
        if name not in self._graders:
            _as_wanted(self._bundles[name].versions)
            if self._folder is None:
                self._folder = LeasedFolder()
                # A candidate with a user of its own passes through to the helper modules.
                self._folder.path.chmod(0o711)
            if self._sandbox is None:
                self._sandbox = Sandbox(AGENT, Limits(), self._isolation).__enter__()
            root = self._folder.path / name[:16]
            self._bundles[name].unpack(root)
            self._graders[name] = Grader(root, sandbox=self._sandbox)
        return self._graders[name]


def _as_wanted(wanted: str) -> None:
    # Other versions may give other marks, and nobody would see why.
    if versions() != wanted:
        raise UsageError(
            f"The machine {platform.node()} grades with {versions()}; the command was given with {wanted}. Install the "
            "same on all of them (`pip install -c constraints.txt`, docs/operators.md), then go on with --resume."
        )


_desks: list[Desk] = []


def set_up(bundles: Sequence[Bundle], isolation: Level | None) -> None:
    """Make this process a worker, at the start of a run; one that was, of the same course, keeps what is warm."""
    if _desks and _desks[0].serves(bundles, isolation):
        return
    desk = Desk(bundles, isolation)
    _close()
    _desks.append(desk)


def grade(task: Task) -> Graded | Refused:
    """Grade a submission in this worker."""
    return _desks[0].grade(task)


@atexit.register
def _close() -> None:
    while _desks:
        _desks.pop().close()

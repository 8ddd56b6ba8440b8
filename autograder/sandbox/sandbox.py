"""The examiner's side: starting the fork-server and its candidates."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self, TypeVar

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.levels import Level
from autograder.sandbox.orders import (
    MAX_ORDER,
    Begin,
    Begun,
    End,
    Ended,
    Failed,
    Open,
    Opened,
    Order,
    Prepare,
    Prepared,
    Probe,
    Probed,
    Reply,
    receive,
    reply,
)

_ENVIRONMENT = {
    # OpenBLAS may deadlock after a fork unless it has one thread, and must know before NumPy loads.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # A set of words has the same order in every candidate, on any day: an answer may go through one.
    "PYTHONHASHSEED": "0",
    "LANG": "C.UTF-8",
}
# A busy machine may take long over an order, most of all where it loads large libraries first; but not for ever.
_SECONDS_TO_ANSWER = 600.0
_SECONDS_TO_END = 60.0
_LARGEST_CHARACTER, _FILE_NAME = 4, 256  # bytes of UTF-8
_STRONGEST_FIRST: tuple[Level, ...] = ("full", "reduced")

Wanted = TypeVar("Wanted", Opened, Prepared, Begun, Ended, Probed)


def require_linux() -> None:
    """Say to people on another system what is wanted.

    Raises
    ------
    SandboxError
        Where this is another system.
    """
    if sys.platform != "linux":
        raise SandboxError(
            f"What keeps student code apart is Linux, and this is {sys.platform}. "
            "Use a Linux machine, or Linux in a virtual machine or a container."
        )


@dataclass(frozen=True, slots=True)
class Process:
    """A running candidate.

    Parameters
    ----------
    pid : int
        As the fork-server knows it.
    reading, writing : int
        The examiner's ends of the two pipes.
    """

    pid: int
    reading: int
    writing: int


class Sandbox:
    """A warm fork-server; a context manager.

    Parameters
    ----------
    agent : str
        ``module:function`` that runs inside each candidate; see `spawn.Agent` for what it is given.
    limits : Limits
    level : {"full", "reduced", "none"} or None
        The level of isolation; None is the strongest that this machine holds, and never none.
    preloaded : sequence of str
        Modules that the fork-server imports, where they are installed, so that no candidate has to.

    Attributes
    ----------
    level : {"full", "reduced", "none"}
        The level in force, once it is open.
    layers : tuple of str
        The names of its layers.
    """

    level: Level
    layers: tuple[str, ...]

    def __init__(self, agent: str, limits: Limits, level: Level | None = None, preloaded: Sequence[str] = ()) -> None:
        self._agent = agent
        self._preloaded = tuple(preloaded)
        self._limits = limits
        self._levels = _STRONGEST_FIRST if level is None else (level,)
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the fork-server without waiting for it: it loads NumPy while the caller goes on to something else.

        Raises
        ------
        SandboxError
            Where no process can be started.
        """
        if self._server is None:
            self._start()

    def revive(self) -> None:
        """Open a new fork-server where the last one has ended while nobody used it: that shall cost no submission.

        So it is after an order that was interrupted.

        Raises
        ------
        SandboxError
            Where the machine holds the level no more.
        """
        if self._server is not None and (self._orders is None or self._server.poll() is not None):
            self.close()
            self._open()

    def prepare(self, text: str, file: str) -> None:
        """Have a text of the instructor's read once, for all candidates to come.

        Only a saving: a fork-server that is started anew has not read it, nor one that is too long for an order, and
        candidates read for themselves what they have not.

        Parameters
        ----------
        text : str
            What every candidate may see.
        file : str
            Its name, as candidates will call it.

        Raises
        ------
        SandboxError
            Where the fork-server cannot be reached.
        """
        if len(text) < MAX_ORDER // _LARGEST_CHARACTER - _FILE_NAME:
            self._order(Prepare(text, file), Prepared)

    def begin(self, limits: Limits | None = None, readable: Sequence[str] = ()) -> Process:
        """Start a candidate.

        Parameters
        ----------
        limits : Limits or None
            Other limits than the sandbox's own.
        readable : sequence of str
            Absolute paths of files and folders that it may read under the same paths; of a folder all but notebooks,
            hidden files and links to folders. At level none it can read everything that its user can.

        Raises
        ------
        SandboxError
            Where it cannot be confined, or the fork-server cannot be reached, even started anew.
        """
        theirs_in, writing = os.pipe()
        reading, theirs_out = os.pipe()
        try:
            order = Begin(limits or self._limits, tuple(readable))
            answer = self._order(order, Begun, (theirs_in, theirs_out))
        except BaseException:
            os.close(reading)
            os.close(writing)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return Process(answer.pid, reading, writing)

    def end(self, process: Process) -> int:
        """End a candidate and everything that it started.

        Returns
        -------
        int
            Its exit code, negative for the signal that ended it.

        Raises
        ------
        SandboxError
            Where the fork-server is gone; it has then taken its candidates with it.
        """
        return self._order(End(process.pid), Ended).status

    def probe(self) -> tuple[str, ...]:
        """Try real but harmless attacks in a fresh candidate.

        Returns
        -------
        tuple of str
            Those that got through: none at levels full and reduced.

        Raises
        ------
        SandboxError
            Where the candidate cannot be confined, or gives no answer.
        """
        return self._order(Probe(self._limits), Probed).through

    def close(self) -> None:
        """End the fork-server; it ends its candidates."""
        if self._orders is not None:
            self._orders.close()
            self._orders = None
        if self._server is not None:
            _wait_for(self._server)
            self._server = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _open(self) -> None:
        """Start a fork-server at the strongest level that holds."""
        reasons = []
        for level in self._levels:
            self.start()
            assert self._folder is not None  # noqa: S101 - made with the fork-server
            try:
                self.layers = self._order(Open(level, self._limits, self._folder.name), Opened).layers
            except SandboxError as error:
                self.close()
                reasons.append(f"{level}: {error}")
            else:
                self.level = level
                # Another server of this sandbox must not be weaker.
                self._levels = (level,)
                return
        raise SandboxError(
            "this machine does not hold the isolation asked for, and nothing was graded.\n"
            + "\n".join(reasons)
            + "\n`autograder doctor` shows all layers; --isolation none is for your own notebooks only."
        )

    def _start(self) -> None:
        require_linux()
        # The folder is the server's to use, and ours to remove, however the server ends.
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
        # A candidate with a user of its own passes through to its scratch folder.
        Path(self._folder.name).chmod(0o711)
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._orders.settimeout(_SECONDS_TO_ANSWER)
        # Not -I: with it Python would not read its seed from the environment, of which the server has only ours.
        command = [sys.executable, "-s", "-P", "-m", "autograder.sandbox.server", str(theirs.fileno()), self._agent]
        command += self._preloaded
        try:
            self._server = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                pass_fds=[theirs.fileno()],
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Ctrl-C in a terminal is for the examiner, which ends the fork-server in good order.
                start_new_session=True,
            )
        except OSError as error:
            self.close()
            raise SandboxError(f"the fork-server could not be started: {error}") from error
        finally:
            theirs.close()

    def _order(self, order: Order, wanted: type[Wanted], descriptors: tuple[int, ...] = ()) -> Wanted:
        if self._orders is None and self._server is not None:
            if isinstance(order, End):
                raise SandboxError("an order was interrupted, and the fork-server has taken its candidates with it")
            self.revive()
        if self._orders is None:
            raise SandboxError("the sandbox is not open; use it in a with statement")
        answer: Reply | None = None
        cause: OSError | None = None
        try:
            reply(self._orders, order, descriptors)
            answer, _ = receive(self._orders, Reply)
        except OSError as error:
            cause = error
        except BaseException:
            # Who asks next would take the reply that is still to come for theirs; the fork-server ends without orders.
            self._orders.close()
            self._orders = None
            raise
        if isinstance(answer, Failed):
            raise SandboxError(answer.reason)
        if not isinstance(answer, wanted):
            self._restart(order, cause)
        return answer

    def _restart(self, order: Order, cause: OSError | None) -> NoReturn:
        became = "died"
        if isinstance(cause, TimeoutError) and self._server is not None:
            became = f"did not answer within {_SECONDS_TO_ANSWER:.0f} s"
            self._server.kill()
        self.close()
        if isinstance(order, Open):
            raise SandboxError(f"the fork-server {became} while it was starting") from cause
        self._open()
        raise SandboxError(f"the fork-server {became}; a new one was started") from cause


def _wait_for(server: subprocess.Popen[bytes]) -> None:
    """Wait until a fork-server has ended of itself, for its orders are closed; one that is stuck is killed."""
    try:
        server.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()

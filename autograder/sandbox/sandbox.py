"""The examiner's side: starting the fork-server and its candidates."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from types import TracebackType

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.orders import Begin, Begun, End, Ended, Reply, receive, reply

_ENVIRONMENT = {
    # OpenBLAS may deadlock after a fork unless it has one thread, and must know before NumPy loads.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "LANG": "C.UTF-8",
}


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
        ``module:function`` that runs inside each candidate.
    limits : Limits
    """

    def __init__(self, agent: str, limits: Limits) -> None:
        self._agent = agent
        self._limits = limits
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def __enter__(self) -> Sandbox:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, limits: Limits | None = None) -> Process:
        """Start a candidate.

        Parameters
        ----------
        limits : Limits or None
            Other limits than the sandbox's own.

        Raises
        ------
        SandboxError
            Where the fork-server cannot be reached, even started anew.
        """
        theirs_in, writing = os.pipe()
        reading, theirs_out = os.pipe()
        try:
            answer = self._order(Begin(limits or self._limits), (theirs_in, theirs_out))
        except SandboxError:
            os.close(reading)
            os.close(writing)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        assert isinstance(answer, Begun)  # noqa: S101 - our own server answers Begin with Begun
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
        answer = self._order(End(process.pid), ())
        assert isinstance(answer, Ended)  # noqa: S101 - our own server answers End with Ended
        return answer.status

    def close(self) -> None:
        """End the fork-server; it ends its candidates."""
        if self._orders is not None:
            self._orders.close()
            self._orders = None
        if self._server is not None:
            self._server.wait()
            self._server = None

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "autograder.sandbox.server", str(theirs.fileno()), self._agent]
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
            raise SandboxError(f"the fork-server could not be started: {error}") from error
        finally:
            theirs.close()
        self._orders = ours

    def _order(self, order: Begin | End, descriptors: tuple[int, ...]) -> Begun | Ended:
        if self._orders is None:
            raise SandboxError("the sandbox is not open; use it in a with statement")
        try:
            reply(self._orders, order, descriptors)
            answer, _ = receive(self._orders, Reply)
        except OSError as error:
            answer, cause = None, error
        else:
            cause = None
        if answer is None:
            self.close()
            self._start()
            raise SandboxError("the fork-server had died; a new one was started") from cause
        result: Begun | Ended = answer
        return result

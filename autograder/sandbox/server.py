"""The fork-server: ``python -I -m autograder.sandbox.server SOCKET AGENT``, started by `Sandbox`, never imported.

AGENT is ``module:function``. The function is given the two pipes and the cap on printed characters. Naming it instead of
importing it keeps this room ignorant of what runs inside.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from typing import Any


from autograder.limits import Limits
from autograder.sandbox.confinement import confine
from autograder.sandbox.orders import Begin, Begun, Ended, Order, receive, reply


def main() -> None:
    """Serve until the examiner closes the socket."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    module, function = sys.argv[2].split(":")
    agent = getattr(importlib.import_module(module), function)
    # Collected once here, so that no candidate touches, and thereby copies, the pages of what is loaded.
    gc.collect()
    gc.freeze()
    candidates: dict[int, str] = {}
    try:
        while True:
            order, descriptors = receive(orders, Order)
            if order is None:
                return
            if isinstance(order, Begin):
                pid, scratch = _begin(agent, order.limits, descriptors)
                candidates[pid] = scratch
                reply(orders, Begun(pid))
            else:
                reply(orders, Ended(_end(order.pid, candidates.pop(order.pid))))
    finally:
        for pid, scratch in candidates.items():
            _end(pid, scratch)


def _begin(agent: Any, limits: Limits, descriptors: list[int]) -> tuple[int, str]:  # noqa: ANN401
    scratch = tempfile.mkdtemp(prefix="candidate-")
    pid = os.fork()
    if pid:
        for descriptor in descriptors:
            os.close(descriptor)
        return pid, scratch
    status = 1
    try:
        reading, writing = descriptors
        confine(limits, scratch, (reading, writing))
        agent(reading, writing, limits.output_kb * 1024)
        status = 0
    finally:
        # Never return into the server's loop: this process is the candidate.
        os._exit(status)


def _end(pid: int, scratch: str) -> int:
    """Kill a candidate and all of its process group; give its exit code, negative for a signal."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        # Before setsid it is not yet a group of its own.
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    shutil.rmtree(scratch, ignore_errors=True)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()

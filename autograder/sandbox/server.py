"""The fork-server: ``python -s -P -m autograder.sandbox.server SOCKET AGENT MODULE…``; `Sandbox` starts it.

AGENT is ``module:function``, and is called as `spawn.Agent` says; where the module has a function ``prepare``, that is
called with texts that all candidates will have. Naming it instead of importing it keeps this room ignorant of what runs
inside.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox.confinement import Confinement, prepare
from autograder.sandbox.levels import layers
from autograder.sandbox.orders import (
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
from autograder.sandbox.selftest import self_test
from autograder.sandbox.spawn import Agent, Wishes, end, spawn


def main() -> None:
    """Serve until the examiner closes the socket."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    module, function = sys.argv[2].split(":")
    inside = importlib.import_module(module)
    for name in sys.argv[3:]:
        # What is absent or broken, the student's own import tells the student.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    # Folders on the way to a candidate's files are passed through by its own user.
    os.umask(0o022)
    with contextlib.closing(Server(getattr(inside, function), getattr(inside, "prepare", None))) as server:
        # Collected once here, so that no candidate touches, and thereby copies, the pages of what is loaded.
        gc.collect()
        gc.freeze()
        while True:
            order, descriptors = receive(orders, Order)
            if order is None:
                return
            reply(orders, server.obey(order, descriptors))


class Server:
    """Carries out orders.

    Parameters
    ----------
    agent : callable
    prepare : callable or None
        Given a text and its name.
    """

    def __init__(self, agent: Agent, prepare: Callable[[str, str], None] | None = None) -> None:
        self._agent = agent
        self._prepare = prepare
        self._folder = ""
        self._confinement: Confinement | None = None
        self._scratch: dict[int, str] = {}

    def obey(self, order: Order, descriptors: list[int]) -> Reply:
        """Carry out one order, and give the reply."""
        try:
            return self._carried_out(order, descriptors)
        except SandboxError as error:
            return Failed(str(error))
        except OSError as error:
            return Failed(f"the fork-server was refused by the system: {error}")

    def _carried_out(self, order: Order, descriptors: list[int]) -> Reply:
        match order:
            case Open():
                done: Reply = Opened(self._open(order))
            case Prepare():
                done = self._prepared(order)
            case Begin():
                done = Begun(self._begin(order, descriptors))
            case End():
                done = Ended(self._end(order.pid))
            case Probe():
                through, _ = self_test(self._ready(), order.limits)
                done = Probed(tuple(through))
        return done

    def close(self) -> None:
        """End all candidates, and remove what was made for them: the examiner may be gone."""
        for pid in list(self._scratch):
            self._end(pid)
        if self._confinement is None:
            return
        with contextlib.suppress(OSError):
            if self._confinement.root is not None:
                self._confinement.root.unmount()
            # Never with what is in it, which would be the libraries themselves while they are mounted there.
            Path(self._folder).rmdir()

    def _open(self, order: Open) -> tuple[str, ...]:
        level, self._folder = order.level, order.folder
        self._confinement = prepare(level, self._folder)
        if level != "none":
            through, unmet = self_test(self._confinement, order.limits)
            if through:
                raise SandboxError(f"the self-test found a hole at level {level}: it could {', '.join(through)}")
            if unmet:
                raise SandboxError(f"at level {level} an honest candidate could not {', '.join(unmet)}")
        return layers(level, root=self._confinement.as_root)

    def _prepared(self, order: Prepare) -> Prepared:
        if self._prepare is not None:
            self._prepare(order.text, order.file)
            gc.freeze()
        return Prepared()

    def _begin(self, order: Begin, descriptors: list[int]) -> int:
        confinement = self._ready()
        scratch = "" if confinement.level == "full" else tempfile.mkdtemp(dir=self._folder)
        reading, writing = descriptors
        try:
            wishes = Wishes(order.limits, order.readable, scratch)
            pid = spawn(confinement, wishes, (reading, writing), self._agent)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        finally:
            os.close(reading)
            os.close(writing)
        self._scratch[pid] = scratch
        return pid

    def _end(self, pid: int) -> int:
        status = end(pid)
        shutil.rmtree(self._scratch.pop(pid), ignore_errors=True)
        return status

    def _ready(self) -> Confinement:
        if self._confinement is None:
            raise SandboxError("a fork-server must be opened first")
        return self._confinement


if __name__ == "__main__":
    main()

"""What every sandbox has to keep to, as a function that needs no test runner."""

from __future__ import annotations

import os
import select
import signal

from autograder.errors import SandboxError
from autograder.sandbox.sandbox import Process, Sandbox

_SECONDS = 10


def check_sandbox(sandbox: Sandbox) -> list[str]:
    """Check an open sandbox against its contract. Its agent may be any that waits for what it is told first.

    Parameters
    ----------
    sandbox : Sandbox

    Returns
    -------
    list of str
        What it does not keep to, one sentence each; empty for a sound one.
    """
    faults = []
    if sandbox.level != "none":
        faults += [f"a candidate at level {sandbox.level} can {attack}" for attack in sandbox.probe()]
    if not sandbox.layers:
        faults.append("it names no layers")
    return [*faults, *_ends_one_alone(sandbox), *_refuses_and_goes_on(sandbox)]


def _ends_one_alone(sandbox: Sandbox) -> list[str]:
    first, second = sandbox.begin(), sandbox.begin()
    faults = []
    try:
        status = sandbox.end(first)
        if status != -signal.SIGKILL:
            faults.append(f"a candidate that was ended at work has the status {status}, wanted {-signal.SIGKILL}")
        if not _closed(first, _SECONDS):
            faults.append("the pipe of an ended candidate stays open: something of it lives on")
        if _closed(second, 0):
            faults.append("the end of one candidate was the end of another")
        sandbox.end(second)
    finally:
        _close(first)
        _close(second)
    return faults


def _refuses_and_goes_on(sandbox: Sandbox) -> list[str]:
    try:
        _close(sandbox.begin(readable=["not/absolute"]))
    except SandboxError:
        process = sandbox.begin()
        sandbox.end(process)
        _close(process)
        return []
    return [] if sandbox.level == "none" else ["it accepts a readable folder that does not exist"]


def _closed(process: Process, seconds: float) -> bool:
    ready, _, _ = select.select([process.reading], [], [], seconds)
    return bool(ready) and not os.read(process.reading, 1)


def _close(process: Process) -> None:
    os.close(process.reading)
    os.close(process.writing)

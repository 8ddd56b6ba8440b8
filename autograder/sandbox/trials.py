"""Trying every layer by itself: ``python -I -m autograder.sandbox.trials``, started by `examine`, never imported.

Each trial runs in a process of its own, and switches its layer on for real. The reasons why not go to the standard
output, in JSON, empty for a layer that holds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox import landlock, levels, namespaces, privileges, resources, seccomp
from autograder.sandbox.root import Root

_MAX_REASON = 2048
_HOLDS = b"\0"
# Where a trial says how it ended: the only descriptor that no layer takes from it.
_SAYING = 3
# One takes milliseconds. Together, all may take less than what `examine` waits.
_SECONDS = 5


def main() -> None:
    """Print the reasons."""
    # A process that has loaded only this has one thread, as new user namespaces want it.
    sys.stdout.write(json.dumps({name: _why_not(name, trial) for name, trial in _TRIALS.items()}))


def _why_not(name: str, trial: Callable[[], None]) -> str:
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            signal.alarm(_SECONDS)
            os.dup2(writing, _SAYING)
            os.write(_SAYING, _tried(name, trial))
        finally:
            os._exit(0)
    os.close(writing)
    status = os.waitpid(pid, 0)[1]
    said = os.read(reading, _MAX_REASON)
    os.close(reading)
    return "" if said == _HOLDS else said.decode(errors="replace") or _ended(status)


def _tried(name: str, trial: Callable[[], None]) -> bytes:
    """Give the reason why not, or the byte that says that the layer holds: a trial that says nothing was ended."""
    try:
        with levels.layer(name):
            trial()
    except SandboxError as error:
        return str(error.__cause__ or error).encode()[:_MAX_REASON]
    except BaseException as error:  # noqa: BLE001 - whatever it is, the layer is not known to hold
        return f"{type(error).__name__}: {error}".encode()[:_MAX_REASON]
    return _HOLDS


def _ended(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return "its trial ended without a word"
    number = os.WTERMSIG(status)
    if number == signal.SIGALRM:
        return f"its trial was not done in {_SECONDS} seconds"
    return f"its trial was ended by {signal.Signals(number).name}"


def _own_user() -> None:
    if os.geteuid() != 0:
        raise PermissionError("not started as root")
    privileges.become(privileges.own_user())


def _namespace(kind: int) -> Callable[[], None]:
    def trial() -> None:
        if os.geteuid() == 0:
            # As a candidate does it: the unprivileged may be refused what root is not.
            privileges.become(privileges.own_user())
        namespaces.unshare_as_user(kind)

    return trial


def _root() -> None:
    if os.geteuid() == 0:
        namespaces.unshare(namespaces.MOUNT)
    else:
        namespaces.unshare_as_user(namespaces.MOUNT)
    with tempfile.TemporaryDirectory(prefix="autograder-") as place:
        root = Root(place)
        try:
            root.build()
            root.furnish(os.geteuid(), 2**20, [])
        finally:
            root.unmount()


def _restrict_files() -> None:
    privileges.no_new_privileges()
    landlock.restrict(["/"], [])


def _filter(install: Callable[[], None]) -> Callable[[], None]:
    def trial() -> None:
        privileges.no_new_privileges()
        install()

    return trial


_TRIALS: dict[str, Callable[[], None]] = {
    levels.DESCRIPTORS: lambda: resources.close_all_but([_SAYING]),
    levels.GROUP: os.setsid,
    levels.LIMITS: lambda: resources.limit(Limits(), Limits().processes),
    levels.USER: _own_user,
    levels.USER_NAMESPACE: _namespace(0),
    levels.ROOT: _root,
    levels.PROCESSES: _namespace(namespaces.PROCESS),
    levels.NETWORK: _namespace(namespaces.NETWORK),
    levels.IPC: _namespace(namespaces.IPC | namespaces.UTS),
    levels.PRIVILEGES: privileges.no_new_privileges,
    levels.LANDLOCK: _restrict_files,
    levels.CAPABILITIES: privileges.no_capabilities,
    levels.SECCOMP: _filter(seccomp.allow_list),
    levels.FORKS: _filter(seccomp.no_more_processes),
}


if __name__ == "__main__":
    main()

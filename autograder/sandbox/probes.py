"""Real attacks, harmless where they succeed, that a confined process tries before any student's code is let in.

Whether a mechanism was switched on is one question, whether it stops anything another. A level at which one of these
gets through is refused.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import mmap
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.libraries import OURS
from autograder.sandbox.system import syscall

_MAX_TARGETS = 4096
_FORK = "fork in a test cell"


@dataclass(frozen=True, slots=True)
class Targets:
    """What the attacks aim at.

    Parameters
    ----------
    canary : str
        A file that everybody may read, outside of what a candidate needs.
    process : int
        A process outside.
    memory : int
        The limit of address space, in bytes.
    """

    canary: str
    process: int
    memory: int


def _read_a_file(targets: Targets) -> None:
    Path(targets.canary).read_bytes()


def _list_a_folder(targets: Targets) -> None:
    list(Path(targets.canary).parent.iterdir())


def _write_beside_a_file(targets: Targets) -> None:
    Path(targets.canary).with_suffix(".written").touch()


def _read_the_judge(_: Targets) -> None:
    sites = [Path(entry) for entry in sys.path]
    for folder in (Path(__file__).parents[1], *(site / name for site in sites for name in OURS)):
        with contextlib.suppress(OSError):
            (folder / "__init__.py").read_bytes()
            return
    raise FileNotFoundError("nothing of the judge's is in sight")


def _open_an_internet_socket(_: Targets) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _open_a_local_socket(_: Targets) -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def _signal_a_process(targets: Targets) -> None:
    os.kill(targets.process, 0)


def _see_other_processes(_: Targets) -> None:
    list(Path("/proc/1").iterdir())


def _trace_a_process(targets: Targets) -> None:
    seize = 0x4206
    syscall("ptrace", seize, targets.process, 0, 0)


def _start_a_thread(_: Targets) -> None:
    thread = threading.Thread(target=int)
    try:
        thread.start()
    except RuntimeError as error:
        raise PermissionError(str(error)) from error
    thread.join()


def _execute_a_program(_: Targets) -> None:
    # A folder cannot be executed; where even asking is refused, the reason is another.
    _gets_to_the_kernel("execve", b"/", None, None)


def _mount_a_file_system(_: Targets) -> None:
    _gets_to_the_kernel("mount", b"none", b"/", b"no such file system", 0, None)


def _gets_to_the_kernel(name: str, *arguments: int | bytes | None) -> None:
    """Make a call that cannot succeed; a refusal for want of permission is the only one that counts as stopped."""
    try:
        syscall(name, *arguments)
    except OSError as error:
        if error.errno == errno.EPERM:
            raise


def _make_namespaces(_: Targets) -> None:
    syscall("unshare", 0x10000000)


def _use_a_keyring(_: Targets) -> None:
    get_keyring_id, user_session = 0, -5
    syscall("keyctl", get_keyring_id, user_session, 0)


def _make_a_file_in_memory(_: Targets) -> None:
    os.close(syscall("memfd_create", b"probe", 0))


def _take_too_much_memory(targets: Targets) -> None:
    mmap.mmap(-1, targets.memory).close()


_ATTACKS: dict[str, Callable[[Targets], None]] = {
    "read a file outside": _read_a_file,
    "list a folder outside": _list_a_folder,
    "write a file outside": _write_beside_a_file,
    "read the judge's own code": _read_the_judge,
    "open an internet socket": _open_an_internet_socket,
    "open a local socket": _open_a_local_socket,
    "signal a process outside": _signal_a_process,
    "see other processes": _see_other_processes,
    "trace a process outside": _trace_a_process,
    "execute a program": _execute_a_program,
    "mount a file system": _mount_a_file_system,
    "use a keyring": _use_a_keyring,
    "make a file in memory": _make_a_file_in_memory,
    "take too much memory": _take_too_much_memory,
    # The last two, as they change who we are: only a process with one thread can make a namespace of users.
    "make new namespaces": _make_namespaces,
    "start a thread": _start_a_thread,
}


def _read_pythons_library() -> None:
    Path(os.__file__).read_bytes()


def _write_into_scratch() -> None:
    Path("scratch").write_text("x", encoding="ascii")
    Path("scratch").unlink()


def _use_the_null_device() -> None:
    Path(os.devnull).write_text("x", encoding="ascii")


_NEEDS: dict[str, Callable[[], None]] = {
    "read Python's library": _read_pythons_library,
    "write a file in its scratch folder": _write_into_scratch,
    "use the null device": _use_the_null_device,
}


def attempt(reading: int, writing: int, _output_characters: int, in_child: Callable[[], None]) -> None:
    """Be the agent of a candidate that only tries the attacks.

    Parameters
    ----------
    reading : int
        Gives the `Targets`, in JSON.
    writing : int
        Takes two lists of names, in JSON: the attacks that got through, and the honest needs that were not met.
    in_child : callable
        What the child of a test cell has to call first.
    """
    targets = Targets(**json.loads(os.read(reading, _MAX_TARGETS)))
    unmet = [need for need, action in _NEEDS.items() if not _succeeds(action)]
    through = [_FORK] if _forks_in_a_cell(in_child) else []
    through += [name for name, attack in _ATTACKS.items() if _succeeds(functools.partial(attack, targets))]
    os.write(writing, json.dumps([through, unmet]).encode())


def _succeeds(action: Callable[[], None]) -> bool:
    try:
        action()
    except OSError:
        return False
    return True


def _forks_in_a_cell(in_child: Callable[[], None]) -> bool:
    cell = os.fork()
    if cell:
        _, status = os.waitpid(cell, 0)
        return bool(status)
    in_child()
    try:
        grandchild = os.fork()
    except PermissionError:
        os._exit(0)
    if grandchild:
        os.waitpid(grandchild, 0)
    os._exit(1)

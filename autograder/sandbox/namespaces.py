"""New namespaces for this process: its own mounts, processes, network, shared memory, host name, and users."""

from __future__ import annotations

import os

from autograder.sandbox.system import syscall

MOUNT, UTS, IPC, USER, PROCESS, NETWORK = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000


def unshare(kinds: int) -> None:
    """Move this process to new namespaces; with `PROCESS`, only what it forks from here on.

    Parameters
    ----------
    kinds : int
        Of `MOUNT`, `UTS`, `IPC`, `PROCESS` and `NETWORK`, added together.

    Raises
    ------
    OSError
        Where the kernel, or the container that we run in, refuses.
    """
    syscall("unshare", kinds)


def unshare_as_user(kinds: int, process_folder: int | None = None) -> None:
    """Move this process to a new user namespace, in which it keeps its user and group, and to others owned by that.

    It has all capabilities there, until it gives them up. The process must have one thread.

    Parameters
    ----------
    kinds : int
    process_folder : int or None
        A descriptor of ``/proc/self``, for a process that no longer sees it.

    Raises
    ------
    OSError
        Where the kernel, or the container that we run in, refuses.
    """
    user, group = os.geteuid(), os.getegid()
    folder = os.open("/proc/self", os.O_PATH | os.O_CLOEXEC) if process_folder is None else process_folder
    try:
        syscall("unshare", USER | kinds)
        # The kernel maps groups for the unprivileged only once they have given up setgroups.
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            _write(folder, name, text)
    finally:
        if process_folder is None:
            os.close(folder)


def _write(folder: int, name: str, text: str) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)

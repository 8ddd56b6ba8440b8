"""``python contained.py ROOT KIND COMMAND…``: runs a command in a root of its own, as on a host, without a network.

What lies in ROOT is writable; the system's folders and Python appear in it as they are here, read-only. KIND is *open*,
or *denied*, where the kernel refuses namespaces and mounts, as it does in most containers. Ends with status 77 where
there is no such root to be had.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from pathlib import Path

from autograder.sandbox import bpf, namespaces, privileges, seccomp
from autograder.sandbox.syscalls import YOUNGEST, number
from autograder.sandbox.system import syscall

CANNOT = 77
_BIND, _RECURSIVE, _PRIVATE, _DETACH = 4096, 16384, 1 << 18, 2
_MOUNT_SETATTR, _AT_RECURSIVE, _READ_ONLY = 442, 0x8000, 1
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/dev", "/proc")
_WRITABLE = ("/dev", "/proc")


def main() -> None:
    root, kind, *command = sys.argv[1:]
    try:
        _enter(root)
    except OSError as error:
        sys.stderr.write(str(error))
        sys.exit(CANNOT)
    if kind == "denied":
        _deny_namespaces()
    python = Path(sys.base_prefix) / "bin"
    environment = {"PATH": f"{python}:/usr/bin:/bin", "HOME": "/tmp", "PIP_NO_COMPILE": "0"}  # noqa: S108 - of that root
    os.execvpe(command[0], command, environment)  # noqa: S606 - no shell is wanted


def _enter(root: str) -> None:
    kinds = namespaces.MOUNT | namespaces.NETWORK | namespaces.IPC
    if os.geteuid() == 0:
        namespaces.unshare(kinds)
    else:
        namespaces.unshare_as_user(kinds)
    syscall("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)
    syscall("mount", os.fsencode(root), os.fsencode(root), None, _BIND | _RECURSIVE, None)
    for folder in (*_SYSTEM, sys.base_prefix):
        _show(Path(folder), root)
    Path(root).chmod(0o755)
    temporary = Path(root, "tmp")
    temporary.mkdir(exist_ok=True)
    temporary.chmod(0o1777)
    os.chdir(root)
    syscall("pivot_root", b".", b".")
    syscall("umount2", b".", _DETACH)
    os.chdir("/")


def _show(folder: Path, root: str) -> None:
    if not folder.exists():
        return
    place = Path(f"{root}{folder}")
    if folder.is_symlink():
        if not place.is_symlink():
            place.symlink_to(folder.readlink())
        return
    place.mkdir(parents=True, exist_ok=True)
    syscall("mount", os.fsencode(folder), os.fsencode(place), None, _BIND | _RECURSIVE, None)
    if str(folder) not in _WRITABLE:
        attributes = struct.pack("=4Q", _READ_ONLY, 0, 0, 0)
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syscall(_MOUNT_SETATTR, -100, os.fsencode(place), _AT_RECURSIVE, attributes, len(attributes)):
            raise OSError(ctypes.get_errno(), f"{folder} cannot be shown read-only")


def _deny_namespaces() -> None:
    denied = [bpf.Decision(n, bpf.refuse(errno.EPERM)) for n in map(number, ("unshare", "mount")) if n is not None]
    privileges.no_new_privileges()
    seccomp.install(bpf.program(platform.machine(), denied, bpf.ALLOW, YOUNGEST + 100))


if __name__ == "__main__":
    main()

"""``python containment.py KIND SCRIPT``: runs a script in namespaces of its own, so that its attacks harm nobody.

KIND is *caller*, the user who runs the tests, or *ordinary*, an ordinary user; with *-denied* the kernel refuses
namespaces and mounts, as it does in most containers. Ends with status 77 where there is no containment to be had.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from pathlib import Path

from autograder.sandbox import bpf, namespaces, privileges, seccomp
from autograder.sandbox.syscalls import YOUNGEST, number
from autograder.sandbox.system import syscall

_USER = 60123
_CANNOT = 77
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18


def main() -> None:
    kind, script = sys.argv[1:]
    try:
        _contain()
    except OSError as error:
        sys.stderr.write(str(error))
        sys.exit(_CANNOT)
    if os.geteuid() == 0:
        _open_the_way()
        if kind.startswith("ordinary"):
            privileges.become(_USER)
    if kind.endswith("denied"):
        _deny_namespaces()
    os.execv(sys.executable, [sys.executable, "-c", script])  # noqa: S606 - no shell is wanted


def _contain() -> None:
    if os.geteuid() == 0:
        namespaces.unshare(namespaces.MOUNT)
    else:
        namespaces.unshare_as_user(namespaces.MOUNT)
    syscall("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)


def _open_the_way() -> None:
    """Put the interpreter where every user can reach it, in this mount namespace only."""
    for target in {Path(sys.base_prefix), Path(sys.prefix)}:
        closed = [folder for folder in reversed(target.parents) if not folder.stat().st_mode & 1]
        if not closed:
            continue
        place = os.open(target, os.O_PATH)
        syscall("mount", b"way", os.fsencode(closed[0]), b"tmpfs", 0, b"mode=755")
        target.mkdir(parents=True)
        syscall("mount", b"/proc/self/fd/%d" % place, os.fsencode(target), None, _BIND | _RECURSIVE, None)


def _deny_namespaces() -> None:
    denied = [bpf.Decision(n, bpf.refuse(errno.EPERM)) for n in map(number, ("unshare", "mount")) if n is not None]
    privileges.no_new_privileges()
    seccomp.install(bpf.program(platform.machine(), denied, bpf.ALLOW, YOUNGEST + 100))


if __name__ == "__main__":
    main()

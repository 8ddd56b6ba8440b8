"""Giving up capabilities, users, and the ways to get them back."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from autograder.sandbox.system import syscall

_CAPABILITY_VERSION_3 = 0x20080522
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_CHILD_SUBREAPER, _SET_NO_NEW_PRIVS = 1, 4, 36, 38

# A range that the usual system software leaves to nobody; an own user for every process id that there can be.
_FIRST_USER = 0x70000000
NOBODY = 65534


def no_new_privileges() -> None:
    """Make execution of set-user-ID files give nothing, for good; the kernel wants it before seccomp and Landlock."""
    syscall("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def die_with_parent(signal: int) -> None:
    """Be killed when the parent ends; a change of user cancels it, so call it late."""
    syscall("prctl", _SET_PDEATHSIG, signal, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose parent ends."""
    syscall("prctl", _SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def own_user() -> int:
    """Choose an unprivileged user that no other process on the machine has.

    Returns
    -------
    int
        Nobody, where the container that we run in has too few users for that.
    """
    own = _FIRST_USER + os.getpid()
    # In the encoding that is loaded already, for each candidate reads it.
    lines = Path("/proc/self/uid_map").read_text(encoding="utf-8").splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    return own if any(first <= own < first + count for first, _, count in ranges) else NOBODY


def become(user: int) -> None:
    """Become a user and its group of the same number, for good; no other groups.

    Parameters
    ----------
    user : int

    Raises
    ------
    OSError
        Where this process may not.
    """
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # The change made our own files in /proc root's, and the maps of a user namespace are written there.
    syscall("prctl", _SET_DUMPABLE, 1, 0, 0, 0)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("words", ctypes.c_uint32 * 6),)


def no_capabilities() -> None:
    """Empty all capability sets of this process; with `no_new_privileges` nothing brings them back."""
    syscall("capset", _Header(_CAPABILITY_VERSION_3, 0), _Sets())

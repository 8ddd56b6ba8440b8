"""Landlock: a process's own, irrevocable list of the files it may use; also no TCP and no signals to the outside."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox.system import syscall

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_READ = _READ_FILE | _READ_DIR
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
# How many file rights each version of the interface knows; version 1 has 13.
_RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_RIGHTS = 16
_MAKE_DEVICES = 1 << 6 | 1 << 11
_NETWORK_VERSION, _SCOPE_VERSION = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Give the version of the kernel's interface.

    Raises
    ------
    OSError
        Where the kernel has none, or it is switched off.
    """
    return syscall("landlock_create_ruleset", None, 0, 1)


def restrict(
    readable: Iterable[str | Path], writable: Iterable[str | Path], listable: Iterable[str | Path] = ()
) -> None:
    """Leave this process the use of some files and folders only.

    Parameters
    ----------
    readable : iterable of path
        Files, and folders with all that is in them. Those that do not exist are left out.
    writable : iterable of path
        Also writable. Nothing can be executed, and no device made, anywhere.
    listable : iterable of path
        Folders whose files' names may be read, and those of the folders in them, but no file.

    Raises
    ------
    OSError
        Where the kernel refuses; it wants `no_new_privileges` first.
    """
    known = version()
    handled = (1 << _RIGHTS_OF_VERSION.get(known, _ALL_RIGHTS)) - 1
    attributes = _Ruleset(handled, 0b11 if known >= _NETWORK_VERSION else 0, 0b11 if known >= _SCOPE_VERSION else 0)
    size = 24 if known >= _SCOPE_VERSION else 16 if known >= _NETWORK_VERSION else 8
    ruleset = syscall("landlock_create_ruleset", attributes, size, 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ & handled)
        for path in writable:
            _allow(ruleset, path, handled & ~_EXECUTE & ~_MAKE_DEVICES)
        for path in listable:
            _allow(ruleset, path, _READ_DIR)
        syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str | Path, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            # The kernel refuses rights of folders on a file.
            allowed = rights if Path(path).is_dir() else rights & _FILE_RIGHTS
            path_beneath = 1
            syscall("landlock_add_rule", ruleset, path_beneath, _PathBeneath(allowed, place), 0)
        finally:
            os.close(place)

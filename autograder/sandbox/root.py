"""A root of its own for each candidate: read-only, with Python, NumPy, the helper modules and a scratch folder."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox.libraries import libraries, ours
from autograder.sandbox.system import syscall

SCRATCH = "/scratch"
DEVICES = ("/dev/null", "/dev/urandom")

_NOSUID, _NODEV, _NOEXEC, _BIND, _RECURSIVE, _PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_ATTRIBUTE_READ_ONLY, _ATTRIBUTE_NOSUID = 1, 2
_MAX_SCRATCH_FILES = 1024


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "users"))


class Root:
    """The root of the candidates; built once in the mount namespace of the fork-server.

    It is built by a process that may read everything that the caller can, so it does not matter whether the candidate's
    own user could reach the interpreter: within the root all folders on the way are new.

    Parameters
    ----------
    place : str
        An empty folder to mount it on.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._added: set[Path] = set()

    def build(self) -> None:
        """Mount it.

        Raises
        ------
        OSError
            Where the kernel refuses.
        """
        # Whatever is mounted here must not show in the namespace that we came from.
        _mount(None, "/", None, _RECURSIVE | _PRIVATE)
        _mount("autograder", self._place, "tmpfs", _NOSUID | _NODEV, "mode=755,size=1m")
        Path(self._inside(SCRATCH)).mkdir()
        found = libraries()
        for path in (*found, *map(Path, DEVICES)):
            self._add(path)
        empty = Path(self._inside("/empty"))
        empty.mkdir()
        for path in ours(found):
            _mount(str(empty), self._inside(path), None, _BIND)

    def furnish(self, user: int, scratch_bytes: int, readable: Iterable[Path]) -> None:
        """Add what is this candidate's alone; in a mount namespace of its own.

        Parameters
        ----------
        user : int
            Who owns the scratch folder.
        scratch_bytes : int
        readable : iterable of Path
            Absolute; they appear under the same paths.

        Raises
        ------
        OSError
            Where the kernel refuses.
        SandboxError
            Where one is gone, which says nothing about the kernel.
        """
        for path in readable:
            if not path.exists():
                raise SandboxError(f"{path} is not there any more, and a candidate was to read it; put it back")
            self._add(path)
        attributes = _MountAttributes(_ATTRIBUTE_READ_ONLY | _ATTRIBUTE_NOSUID)
        syscall(
            "mount_setattr", _AT_FDCWD, os.fsencode(self._place), _AT_RECURSIVE, attributes, ctypes.sizeof(attributes)
        )
        size = f"mode=700,uid={user},gid={user},size={scratch_bytes},nr_inodes={_MAX_SCRATCH_FILES}"
        _mount("scratch", self._inside(SCRATCH), "tmpfs", _NOSUID | _NODEV | _NOEXEC, size)

    def enter(self) -> None:
        """Make it the root of this process, and forget the old one.

        Raises
        ------
        OSError
            Where the kernel refuses.
        """
        os.chdir(self._place)
        # The old root is stacked on the new one, and taken off again: no folder has to be there for it.
        syscall("pivot_root", b".", b".")
        syscall("umount2", b".", _DETACH)
        os.chdir("/")

    def unmount(self) -> None:
        """Take it off again."""
        syscall("umount2", os.fsencode(self._place), _DETACH)

    def _inside(self, path: str | Path) -> str:
        return f"{self._place}{path}"

    def _add(self, path: Path) -> None:
        """Mount a file or folder under its own path; what lies in a folder that was added needs nothing."""
        if not self._added.isdisjoint((path, *path.parents)):
            return
        self._added.add(path)
        target = Path(self._inside(path))
        # Candidates before this one may have left the empty folder or file, never what was mounted on it.
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            if not target.is_symlink():
                target.symlink_to(path.resolve())
            self._add(path.resolve())
            return
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.touch()
        _mount(str(path), str(target), None, _BIND | _RECURSIVE)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    def text(value: str | None) -> bytes | None:
        return None if value is None else os.fsencode(value)

    try:
        syscall("mount", text(source), text(target), text(kind), flags, text(data))
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror}, at {target}") from None

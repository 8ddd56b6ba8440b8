"""What a candidate gives up before it sees a byte of the student's, in order."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox import landlock, levels, namespaces, privileges, resources, seccomp
from autograder.sandbox.levels import Level, layer
from autograder.sandbox.libraries import helpers, libraries, ours, parts
from autograder.sandbox.root import DEVICES, SCRATCH, Root

_MB = 2**20
# All files of a candidate together, in units of the largest one.
_SCRATCH_FILES = 4


@dataclass(frozen=True, slots=True)
class Confinement:
    """One level, made ready in the fork-server; used in each candidate.

    Parameters
    ----------
    level : Level
    as_root : bool
        Whether the fork-server is root's, so that candidates can have a user of their own.
    root : Root or None
        The root of the candidates at level full.
    libraries : tuple of Path
        Where Python loads modules and shared libraries from, at level reduced.
    readable : tuple of Path
        What every candidate may read of the files that it sees.
    """

    level: Level
    as_root: bool
    root: Root | None = None
    libraries: tuple[Path, ...] = ()
    readable: tuple[Path, ...] = (Path("/"),)

    def isolate(self, limits: Limits, readable: tuple[str, ...]) -> None:
        """Move this process to its own root and namespaces, at level full; its next fork is their first process.

        Raises
        ------
        SandboxError
            Names the layer that does not hold.
        """
        assert self.root is not None  # noqa: S101 - `prepare` builds it for the only level that isolates
        user = privileges.own_user() if self.as_root else os.geteuid()
        found = helpers(readable)
        processes = os.open("/proc/self", os.O_PATH | os.O_CLOEXEC)
        with layer(levels.ROOT):
            # The mounts are made by who may read the sources, and lie out of reach in the namespace that follows.
            namespaces.unshare(namespaces.MOUNT)
            self.root.furnish(user, _SCRATCH_FILES * limits.file_mb * _MB, found)
            self.root.enter()
        if self.as_root:
            with layer(levels.USER):
                privileges.become(user)
        with layer(levels.USER_NAMESPACE):
            kinds = namespaces.MOUNT | namespaces.PROCESS | namespaces.NETWORK | namespaces.IPC | namespaces.UTS
            namespaces.unshare_as_user(kinds, processes)
        os.close(processes)

    def restrict(self, limits: Limits, readable: tuple[str, ...], scratch: str, keep: tuple[int, ...]) -> None:
        """Limit and restrict this process, which is in its last place and has no student's code yet.

        Parameters
        ----------
        limits : Limits
        readable : tuple of str
        scratch : str
            The folder that becomes the working folder.
        keep : tuple of int
            The descriptors that stay open.

        Raises
        ------
        SandboxError
            Names the layer that does not hold.
        """
        os.setsid()
        if self.level == "reduced" and self.as_root:
            self._become_own_user(scratch, readable)
        os.chdir(scratch)
        os.environ.clear()
        os.environ.update(PATH="/usr/bin:/bin", HOME=scratch, TMPDIR=scratch, OPENBLAS_NUM_THREADS="1")
        # The fork-server has asked for the folder of temporary files already, and the module remembers.
        tempfile.tempdir = scratch
        resources.close_all_but(keep)
        with layer(levels.LIMITS):
            resources.limit(limits, self._processes(limits))
        if self.level == "none":
            return
        with layer(levels.PRIVILEGES):
            privileges.no_new_privileges()
        # At level full the root is its own list.
        named = () if self.level == "full" else readable
        files = helpers(named)
        # Python looks for a module in the list of its folder, even where not all of it may be read.
        folders = [path for path in (*map(Path, named), *self.libraries) if path.is_dir()]
        with layer(levels.LANDLOCK):
            landlock.restrict([*self.readable, *files], [scratch, *DEVICES], folders)
        with layer(levels.CAPABILITIES):
            privileges.no_capabilities()

    def seal(self) -> None:
        """Tie this process to its parent, and take away all system calls but those of the list.

        Raises
        ------
        SandboxError
            Names the layer that does not hold.
        """
        # After the last change of user, which would cancel it.
        privileges.die_with_parent(signal.SIGKILL)
        if self.level != "none":
            with layer(levels.SECCOMP):
                seccomp.allow_list()

    def in_child(self) -> Callable[[], None]:
        """Give what the child of a test cell has to call first."""
        return seccomp.no_more_processes if self.level != "none" else _nothing

    def _become_own_user(self, scratch: str, named: tuple[str, ...]) -> None:
        with layer(levels.USER):
            user = privileges.own_user()
            os.chown(scratch, user, user)
            privileges.become(user)
        unreadable = [path for path in (*self.libraries, *map(Path, named)) if not os.access(path, os.R_OK)]
        if unreadable:
            raise SandboxError(
                f"candidates have a user of their own, which cannot read {unreadable[0]}. Give others the right to "
                "pass through the folders above it (chmod o+x), or put the interpreter and the course in a public place"
            )

    def _processes(self, limits: Limits) -> int | None:
        if self.level == "none":
            return None
        if self.level == "full" or (self.as_root and os.geteuid() != privileges.NOBODY):
            return resources.OWN_PROCESSES + limits.processes
        return resources.shared_processes(os.geteuid())

    def scratch(self, folder: str) -> str:
        """Give the working folder of a candidate: in its own root, or one that the fork-server made."""
        return SCRATCH if self.level == "full" else folder


def prepare(level: Level, place: str) -> Confinement:
    """Make a level ready in the fork-server.

    Parameters
    ----------
    level : Level
    place : str
        An empty folder, on which level full mounts the root of the candidates.

    Returns
    -------
    Confinement

    Raises
    ------
    SandboxError
        Names the layer that does not hold.
    """
    as_root = os.geteuid() == 0
    found = libraries()
    sys.dont_write_bytecode = True
    # What the server needs is loaded; what a candidate imports comes from the libraries, never from the project.
    sys.path[:] = [entry for entry in sys.path if not {Path(entry), *Path(entry).parents}.isdisjoint(found)]
    if level == "none":
        return Confinement(level, as_root)
    with layer(levels.SECCOMP):
        seccomp.compile_filters()
    if level == "reduced":
        hidden = ours(found)
        allowed = tuple(part for folder in found for part in parts(folder, hidden))
        return Confinement(level, as_root, None, tuple(found), allowed)
    root = Root(place)
    privileges.adopt_orphans()
    with layer(levels.USER_NAMESPACE):
        if as_root:
            namespaces.unshare(namespaces.MOUNT)
        else:
            namespaces.unshare_as_user(namespaces.MOUNT)
    with layer(levels.ROOT):
        root.build()
    # Within its root a candidate may read all that there is.
    return Confinement(level, as_root, root)


def _nothing() -> None:
    """Level none takes nothing away in a test cell."""

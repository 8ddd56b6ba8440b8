"""The levels of isolation, the layers that each stands on, and what to do where one is missing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.errors import SandboxError

Level = Literal["full", "reduced", "none"]

DESCRIPTORS = "closed descriptors"
GROUP = "own process group"
LIMITS = "resource limits"
PRIVILEGES = "no new privileges"
USER = "own user"
USER_NAMESPACE = "user namespace"
ROOT = "read-only root"
PROCESSES = "process namespace"
NETWORK = "network namespace"
IPC = "IPC and host name namespaces"
LANDLOCK = "Landlock"
CAPABILITIES = "no capabilities"
SECCOMP = "seccomp"
FORKS = "no new processes in a test cell"

_BASE = (DESCRIPTORS, GROUP, LIMITS)
_KERNEL = (PRIVILEGES, LANDLOCK, CAPABILITIES, SECCOMP, FORKS)
_LAYERS: dict[Level, tuple[str, ...]] = {
    "full": (*_BASE, USER_NAMESPACE, ROOT, PROCESSES, NETWORK, IPC, *_KERNEL),
    "reduced": (*_BASE, *_KERNEL),
    "none": _BASE,
}

_NAMESPACES = (
    "Allow unprivileged user namespaces (sysctl user.max_user_namespaces above 0, kernel.unprivileged_userns_clone=1, "
    "kernel.apparmor_restrict_unprivileged_userns=0, whichever there is); in a container run as root with "
    "--cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined."
)
_REMEDIES = {
    USER: "Start as root, in a container that maps more than one user; not needed where namespaces hold.",
    USER_NAMESPACE: _NAMESPACES,
    ROOT: _NAMESPACES,
    PROCESSES: _NAMESPACES,
    NETWORK: _NAMESPACES,
    IPC: _NAMESPACES,
    LANDLOCK: "Use Linux 5.13 or newer with landlock in its list of security modules (kernel option lsm=landlock,…).",
    SECCOMP: "Use a Linux kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64.",
    FORKS: "Use a Linux kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64.",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of isolation on this machine.

    Parameters
    ----------
    name : str
    holds : bool
    why_not : str
        The kernel's reason, empty where it holds.
    remedy : str
        What to do about it, empty where it holds.
    """

    name: str
    holds: bool
    why_not: str = ""
    remedy: str = ""


def layers(level: Level, *, root: bool) -> tuple[str, ...]:
    """Give the names of a level's layers.

    Parameters
    ----------
    level : Level
    root : bool
        Whether the sandbox was started by root; its candidates then have a user of their own.
    """
    return (*_LAYERS[level], USER) if root and level != "none" else _LAYERS[level]


def remedy(name: str) -> str:
    """Give what to do where a layer does not hold."""
    return _REMEDIES.get(name, "Report the kernel's message as a fault of autograder's.")


@contextlib.contextmanager
def layer(name: str) -> Iterator[None]:
    """Name the layer whose mechanism the kernel refused.

    Raises
    ------
    SandboxError
        In place of an OSError or ValueError.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SandboxError(f"the layer {name!r} does not hold here ({reason}). {remedy(name)}") from error

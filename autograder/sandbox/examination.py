"""What this machine can isolate, layer by layer, for `autograder doctor`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.levels import Layer, Level, remedy
from autograder.sandbox.sandbox import Sandbox, require_linux

_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Examination:
    """What this machine can isolate.

    Parameters
    ----------
    level : {"full", "reduced"} or None
        The strongest level that holds, self-test and all.
    reason : str
        Why none does, empty where one does.
    layers : tuple of Layer
        Every layer, tried by itself.
    """

    level: Level | None
    reason: str
    layers: tuple[Layer, ...]


def examine() -> Examination:
    """Try every layer by itself, and the strongest level as a whole.

    Returns
    -------
    Examination

    Raises
    ------
    SandboxError
        The layers cannot even be tried.
    """
    require_linux()
    try:
        with Sandbox("autograder.sandbox.probes:attempt", Limits()) as sandbox:
            level, reason = sandbox.level, ""
    except SandboxError as error:
        level, reason = None, str(error)
    return Examination(level, reason, tuple(_layer(name, why_not) for name, why_not in _try_layers().items()))


def _layer(name: str, why_not: str) -> Layer:
    return Layer(name, not why_not, why_not, remedy(name) if why_not else "")


def _try_layers() -> dict[str, str]:
    """Give for each layer why it does not hold, in a process that has forked nothing of ours."""
    command = [sys.executable, "-I", "-m", "autograder.sandbox.trials"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise SandboxError(f"the layers could not be tried: that was not done in {_SECONDS} seconds.") from None
    if done.returncode:
        raise SandboxError(f"the layers could not be tried: {done.stderr.strip()[-500:]}")
    reasons: dict[str, str] = json.loads(done.stdout)
    return reasons

"""Trying the probes in a candidate of the fork-server's own."""

from __future__ import annotations

import dataclasses
import json
import os
import select
import shutil
import tempfile
from pathlib import Path

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.confinement import Confinement
from autograder.sandbox.probes import Targets, attempt
from autograder.sandbox.spawn import Wishes, end, spawn

_SECONDS = 20
_MAX_ANSWER = 4096


def self_test(confinement: Confinement, limits: Limits) -> tuple[list[str], list[str]]:
    """Confine a candidate and let it try every probe.

    Parameters
    ----------
    confinement : Confinement
    limits : Limits

    Returns
    -------
    through : list of str
        The attacks that got through.
    unmet : list of str
        What an honest candidate needs and could not do.

    Raises
    ------
    SandboxError
        Where it could not be confined, or did not answer.
    """
    # Open to everybody, so that it is the sandbox that stops the attacks and not the mode of a folder.
    folder = Path(tempfile.mkdtemp(prefix="autograder-probe-"))
    try:
        folder.chmod(0o777)
        canary, scratch = folder / "canary", folder / "scratch"
        scratch.mkdir()
        canary.write_text("canary", encoding="ascii")
        canary.chmod(0o666)
        targets = Targets(str(canary), os.getpid(), limits.memory_mb * 2**20)
        return _ask(confinement, Wishes(limits, (), str(scratch)), targets)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ask(confinement: Confinement, wishes: Wishes, targets: Targets) -> tuple[list[str], list[str]]:
    theirs_in, writing = os.pipe()
    reading, theirs_out = os.pipe()
    os.write(writing, json.dumps(dataclasses.asdict(targets)).encode())
    try:
        pid = spawn(confinement, wishes, (theirs_in, theirs_out), attempt)
        answered, _, _ = select.select([reading], [], [], _SECONDS)
        answer = os.read(reading, _MAX_ANSWER) if answered else b""
        end(pid)
    finally:
        for descriptor in (theirs_in, theirs_out, reading, writing):
            os.close(descriptor)
    if not answer:
        raise SandboxError("the self-test of the sandbox gave no answer")
    through, unmet = json.loads(answer)
    return through, unmet

"""The self-test fails closed: a level without one of its layers is refused by the attack that the layer stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# What is left out, the level, and an attack that then gets through.
HOLES = {
    "seccomp.allow_list = nothing": ("full", "open an internet socket"),
    "seccomp.no_more_processes = nothing": ("full", "fork in a test cell"),
    "resources.limit = nothing": ("full", "take too much memory"),
    "landlock.restrict = nothing": ("reduced", "read a file outside"),
}
SCRIPT = """
import tempfile
from autograder.errors import SandboxError
from autograder.sandbox import landlock, resources, seccomp
from autograder.limits import Limits
from autograder.sandbox.orders import Open
from autograder.sandbox.server import Server
nothing = lambda *_: None
{hole}
server = Server(nothing)
print(json.dumps(getattr(server.obey(Open({level!r}, Limits(), tempfile.mkdtemp()), []), "reason", "opened")))
server.close()
"""


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_found(contained: Callable[..., Any], hole: str) -> None:
    level, attack = HOLES[hole]
    assert attack in contained(SCRIPT.format(hole=hole, level=level))


def test_a_sound_level_is_opened(contained: Callable[..., Any]) -> None:
    assert contained(SCRIPT.format(hole="", level="full")) == "opened"


def test_a_sandbox_that_stops_honest_work_is_refused(contained: Callable[..., Any]) -> None:
    hole = "landlock.restrict = lambda *_, restrict=landlock.restrict: restrict([], [])"
    assert "an honest candidate could not" in contained(SCRIPT.format(hole=hole, level="full"))


def test_a_candidate_that_is_gone_before_it_starts_leaves_its_reason(contained: Callable[..., Any]) -> None:
    hole = """
import time
from autograder.sandbox import spawn
def refuse(*_): raise PermissionError(1, 'not today')
landlock.restrict = refuse
# The fork-server learns late that the first process has ended; the candidate has ended by then too.
spawn._second = lambda *a, second=spawn._second: (second(*a), time.sleep(0.5))[0]
"""
    assert "not today" in contained(SCRIPT.format(hole=hole, level="full"))


def test_a_layer_that_the_kernel_refuses_is_named(contained: Callable[..., Any]) -> None:
    hole = "def refuse(*_): raise PermissionError(1, 'not today')\nlandlock.restrict = refuse"
    reason = contained(SCRIPT.format(hole=hole, level="full"))
    assert "'Landlock' does not hold here (not today)" in reason
    assert "5.13" in reason


def test_a_candidate_that_is_killed_on_its_way_to_its_place_is_given_up(contained: Callable[..., Any]) -> None:
    hole = """
import signal
from autograder.sandbox.confinement import Confinement
def isolate(*_, fork=os.fork):
    # In the first process alone: killed once it has forked, before it tells of that.
    def killed():
        if pid := fork():
            os.kill(os.getpid(), signal.SIGKILL)
        return pid
    os.fork = killed
Confinement.isolate = isolate
"""
    assert "killed before it was isolated" in contained(SCRIPT.format(hole=hole, level="full"))

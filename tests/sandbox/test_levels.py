"""Which level is chosen, and what a caller hears who asks for one that does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox import Sandbox, check_sandbox

AGENT = "autograder.candidate.agent:serve"
REPORT = """
from autograder.errors import SandboxError
from autograder.sandbox import check_sandbox
from student import opened
try:
    with opened({level!r}) as sandbox:
        print(json.dumps([sandbox.level, list(sandbox.layers), check_sandbox(sandbox)]))
except SandboxError as error:
    print(json.dumps(str(error)))
"""


@pytest.mark.parametrize("kind", ["caller", "ordinary"])
def test_the_strongest_level_is_full(contained: Callable[..., Any], kind: str) -> None:
    level, layers, faults = contained(REPORT.format(level=None), kind)
    assert (level, faults) == ("full", [])
    assert {"read-only root", "Landlock", "seccomp"} <= set(layers)


@pytest.mark.parametrize("kind", ["caller-denied", "ordinary-denied"])
def test_without_namespaces_the_strongest_level_is_reduced(contained: Callable[..., Any], kind: str) -> None:
    level, layers, faults = contained(REPORT.format(level=None), kind)
    assert (level, faults) == ("reduced", [])
    assert "Landlock" in layers
    assert "read-only root" not in layers


@pytest.mark.parametrize("kind", ["caller-denied", "ordinary-denied"])
def test_a_level_that_does_not_hold_is_refused_with_a_remedy(contained: Callable[..., Any], kind: str) -> None:
    reason = contained(REPORT.format(level="full"), kind)
    assert "user namespace" in reason
    assert "max_user_namespaces" in reason


def test_none_is_what_one_asks_for() -> None:
    with Sandbox(AGENT, Limits(), "none") as sandbox:
        assert sandbox.level == "none"
        assert check_sandbox(sandbox) == []


def test_attacks_get_through_at_level_none() -> None:
    with Sandbox(AGENT, Limits(), "none") as sandbox:
        assert {"read a file outside", "open an internet socket", "fork in a test cell"} <= set(sandbox.probe())


def test_a_sandbox_that_is_not_open_says_so() -> None:
    with pytest.raises(SandboxError, match="with statement"):
        Sandbox(AGENT, Limits()).begin()


def test_an_interpreter_that_an_own_user_cannot_read_is_named(contained: Callable[..., Any]) -> None:
    script = """
import sys
from pathlib import Path
if os.geteuid() == 0:
    closed = Path(sys.base_prefix)
    closed.chmod(0o700)
    try:
        exec(REPORT)
    finally:
        closed.chmod(0o755)
else:
    print(json.dumps("chmod o+x"))
"""
    assert "chmod o+x" in contained(f"REPORT = {REPORT.format(level='reduced')!r}\n{script}")

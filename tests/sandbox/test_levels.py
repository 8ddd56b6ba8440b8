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
def report(level):
    try:
        with opened(level) as sandbox:
            return [sandbox.level, list(sandbox.layers), check_sandbox(sandbox)]
    except SandboxError as error:
        return str(error)
"""


@pytest.fixture(scope="module", params=["caller-denied", "ordinary-denied"])
def denied(request: pytest.FixtureRequest, contained: Callable[..., Any]) -> Any:
    """Ask for the strongest level and for the full one where the kernel refuses namespaces."""
    return contained(f"{REPORT}print(json.dumps([report(None), report('full')]))", request.param)


@pytest.mark.parametrize("kind", ["caller", "ordinary"])
def test_the_strongest_level_is_full(contained: Callable[..., Any], kind: str) -> None:
    level, layers, faults = contained(f"{REPORT}print(json.dumps(report(None)))", kind)
    assert (level, faults) == ("full", [])
    assert {"read-only root", "Landlock", "seccomp"} <= set(layers)


def test_without_namespaces_the_strongest_level_is_reduced(denied: Any) -> None:
    level, layers, faults = denied[0]
    assert (level, faults) == ("reduced", [])
    assert "Landlock" in layers
    assert "read-only root" not in layers


def test_a_level_that_does_not_hold_is_refused_with_a_remedy(denied: Any) -> None:
    reason = denied[1]
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
        print(json.dumps(report("reduced")))
    finally:
        closed.chmod(0o755)
else:
    print(json.dumps("chmod o+x"))
"""
    assert "chmod o+x" in contained(REPORT + script)

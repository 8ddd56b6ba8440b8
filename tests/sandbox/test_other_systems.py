"""What people on another system than Linux are told."""

from __future__ import annotations

import sys

import pytest

from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox import Sandbox, examine

TOLD = "What keeps student code apart is Linux, and this is darwin"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")


@pytest.mark.parametrize("level", [None, "none"])
def test_no_level_is_tried_elsewhere(level) -> None:
    with pytest.raises(SandboxError, match=TOLD), Sandbox("autograder.candidate.agent:serve", Limits(), level):
        pass


def test_no_layer_is_tried_elsewhere() -> None:
    with pytest.raises(SandboxError, match=TOLD):
        examine()

"""What `autograder doctor` is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCRIPT = """
from dataclasses import asdict
from autograder.sandbox import examine
print(json.dumps(asdict(examine())))
"""


@pytest.fixture(scope="module")
def found(contained: Callable[..., Any]) -> Callable[[str], Any]:
    kept: dict[str, Any] = {}

    def examine(kind: str) -> Any:
        if kind not in kept:
            kept[kind] = contained(SCRIPT, kind)
        return kept[kind]

    return examine


@pytest.mark.parametrize("kind", ["caller", "ordinary"])
def test_a_machine_that_isolates_holds_all_layers_but_roots(found: Callable[[str], Any], kind: str) -> None:
    examination = found(kind)
    assert examination["level"] == "full"
    assert {layer["name"] for layer in examination["layers"] if not layer["holds"]} <= {"own user"}


def test_only_root_can_give_candidates_a_user_of_their_own(found: Callable[[str], Any]) -> None:
    (user,) = (layer for layer in found("ordinary")["layers"] if layer["name"] == "own user")
    assert user["why_not"] == "not started as root"


def test_a_layer_that_does_not_hold_has_a_reason_and_a_remedy(found: Callable[[str], Any]) -> None:
    missing = {layer["name"]: layer for layer in found("ordinary-denied")["layers"] if not layer["holds"]}
    assert {"user namespace", "read-only root", "process namespace"} <= set(missing)
    assert all(layer["why_not"] and layer["remedy"] for layer in missing.values())


def test_the_level_is_what_holds_as_a_whole(found: Callable[[str], Any]) -> None:
    assert found("ordinary-denied")["level"] == "reduced"

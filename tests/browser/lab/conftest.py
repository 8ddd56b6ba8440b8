"""The two desks, made once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.demo.lab import Desk, set_up

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> Path:
    """Give the folder of the desks, as `autograder lab --into` takes it."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def desks(place) -> tuple[Desk, Desk]:
    """Give the instructor's and the student's desk; nobody has handed in anything."""
    desks = set_up(ROOT, place, ())
    # JupyterLab draws its terminals on a canvas; for a screen reader, and for us, it writes them as text too.
    settings = {"@jupyterlab/terminal-extension:plugin": {"screenReaderMode": True}}
    overrides = desks[0].jupyter / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.write_text(json.dumps(settings), encoding="utf-8")
    return desks

"""What came of all attacks on each door; done once for all workers of a test run."""

from __future__ import annotations

from pathlib import Path

import pytest
from doors import DOORS, Outcome, generated
from raid import once


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    # With several workers each has its own folder, in one that they share.
    folder = (base if worker_id == "master" else base.parent) / "hostile"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def template(arena: Path) -> Path:
    return Path(once(arena, "template-made", lambda: generated(arena)))


@pytest.fixture(scope="session")
def door(request: pytest.FixtureRequest, arena: Path, template: Path) -> Outcome:
    def raid() -> Outcome:
        folder = arena / request.param
        folder.mkdir()
        return DOORS[request.param](folder, template)

    return {"name": request.param, **once(arena, f"{request.param}-raided", raid)}

"""The gates close: what must not be skipped in CI fails there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SKIPS = "import pytest\n\ndef test_that_wants_something():\n    pytest.skip('not on this machine')\n"


@pytest.mark.slow
@pytest.mark.parametrize(("required", "status"), [("", 0), ("1", 1)])
def test_a_skip_fails_where_all_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, required: str, status: int
) -> None:
    monkeypatch.setenv("AUTOGRADER_REQUIRE_ALL", required)
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tmp_path)
    (tmp_path / "test_skips.py").write_text(SKIPS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == status, done.stdout
    assert "not on this machine" in done.stdout or not required

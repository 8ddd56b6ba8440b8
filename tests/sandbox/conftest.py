"""Running scripts that attack, in a containment of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_CANNOT = 77


@pytest.fixture(scope="session")
def contained() -> Callable[..., Any]:
    """Run a script and give what it printed, in JSON."""

    def run(script: str, kind: str = "caller") -> Any:
        prelude = f"import json, os, sys\nsys.path.insert(0, {str(_HERE)!r})\n"
        command = [sys.executable, str(_HERE / "containment.py"), kind, prelude + script]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode == _CANNOT:
            pytest.skip(f"no containment for attacks here: {done.stderr.strip()}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

"""A reference that Python cannot load is the instructor's to mend: status 2, and a line with the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import typed
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("broken") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    folder = root / "submitted" / "ann" / "hw"
    folder.mkdir(parents=True)
    shutil.copy(root / "release" / "hw" / "hw.ipynb", folder)
    (root / "reference").mkdir(exist_ok=True)
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text("import math\nimport nothing_of_that_name\n")
    return root


@pytest.mark.parametrize("command", [("score", "submitted/ann/hw/hw.ipynb"), ("grade", "hw")])
def test_it_is_told_with_its_file_and_line(course: Path, command: tuple[str, ...]) -> None:
    done = typed(course, *command, columns=200)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "reference/hw.py, line 2: ModuleNotFoundError" in done.stderr

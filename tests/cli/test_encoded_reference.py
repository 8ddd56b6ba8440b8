"""A reference in the encoding that it names grades like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import invoke
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge

REFERENCE = "# -*- coding: latin-1 -*-\ndef double(x):\n    return 2 * x  # caf\xe9\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("encoded") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    folder = root / "submitted" / "ann" / "hw"
    folder.mkdir(parents=True)
    shutil.copy(root / "source" / "hw" / "hw.ipynb", folder)
    (root / "reference").mkdir()
    (root / "reference" / "hw.py").write_bytes(REFERENCE.encode("latin-1"))
    return root


@pytest.mark.parametrize("command", [("grade", "hw"), ("regrade", "hw"), ("bundle", "hw", "--for", "gradescope")])
def test_a_command_reads_a_reference_in_the_encoding_that_it_names(
    course: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    done = invoke(command, catch_exceptions=False)
    assert done.exit_code == 0, done.output

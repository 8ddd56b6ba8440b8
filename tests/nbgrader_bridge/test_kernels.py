"""What nbgrader's kernel can import while it writes the tests of AUTOTEST comments, and what is told where it fails."""

from __future__ import annotations

from pathlib import Path

import nbformat
import nbgrader
import pytest
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError

pytestmark = pytest.mark.slow

TEMPLATES = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "autotests.yml"
HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


def make_autotested(root: Path, hidden: str) -> Path:
    make_course(root)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").write_text("", encoding="utf-8")
    (root / "reference" / "mine.py").write_text("SIX = 6\n", encoding="utf-8")
    (root / "autotests.yml").write_text(TEMPLATES.read_text(encoding="utf-8"), encoding="utf-8")
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "### AUTOTEST double(2)"
    notebook.cells[3].source = HIDDEN.format(hidden)
    nbformat.write(notebook, path)
    return root


def test_tests_of_the_courses_own_reference_stand_beside_tests_to_be_written(tmp_path: Path) -> None:
    make_autotested(tmp_path, "from reference import mine\nassert double(3) == mine.SIX")
    bridge.generate(tmp_path, "hw")
    assert (tmp_path / "release" / "hw" / "hw.ipynb").is_file()


def test_what_a_cell_raised_in_the_kernel_is_told(tmp_path: Path) -> None:
    make_autotested(tmp_path, "from reference import yours")
    with pytest.raises(BridgeError) as refusal:
        bridge.generate(tmp_path, "hw")
    told = str(refusal.value)
    assert "ImportError: cannot import name 'yours' from 'reference'" in told
    assert "AUTOTEST" in told
    assert "str() failed" not in told


def test_a_kernel_that_writes_tests_says_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_autotested(tmp_path, "assert double(3) == 6")
    bridge.generate(tmp_path, "hw")
    assert capfd.readouterr() == ("", "")

"""A course whose tests ask its own reference, tried out as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.adoption import Adopted, adopt, find_notebooks

pytestmark = pytest.mark.slow

CELLS = (
    ("answer", "double", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"),
    ("test", "asked", "from reference import mine\nassert double(2) == mine.double(2)"),
)


def test_it_says_which_grader_begins_and_how_long_it_waits(tmp_path: Path) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", (CELLS[0], ("test", "two", "assert double(2) == 4")))
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 90\n", encoding="utf-8")
    (found,) = find_notebooks(tmp_path)
    said: list[str] = []
    adopt(found, None, said.append)
    assert said == ["in plain nbgrader, 90 s a cell at most", "in ours, 1800 s at most"]


def test_the_reference_of_a_course_goes_with_its_notebooks(tmp_path: Path) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "reference" / "mine.py").write_text("def double(x):\n    return x + x\n", encoding="utf-8")
    (found,) = find_notebooks(tmp_path)
    adopted = adopt(found)
    assert isinstance(adopted, Adopted), adopted
    assert [(cell.grade_id, cell.equal, cell.passes) for cell in adopted.cells] == [("asked", True, True)]
    assert adopted.missing == ()

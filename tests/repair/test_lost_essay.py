"""A task that people mark, and whose cell a student has lost: nobody enters a mark, and whoever grades is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from command import invoke
from nbformat.v4 import new_markdown_cell
from tiny_course import make_course, metadata

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

pytestmark = pytest.mark.usefixtures("printed")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course with a task of words, of which Ada's notebook has no cell left."""
    root = tmp_path_factory.mktemp("lost") / "course"
    make_course(root)
    source = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.append(new_markdown_cell("Why is it doubled?", metadata=metadata("why", 4, solution=True)))
    nbformat.write(notebook, source)
    bridge.generate(root, "hw")
    released = json.loads((root / "release" / "hw" / "hw.ipynb").read_text())
    released["cells"] = [cell for cell in released["cells"] if cell["metadata"]["nbgrader"]["grade_id"] != "why"]
    (answer,) = [cell for cell in released["cells"] if cell["metadata"]["nbgrader"]["grade_id"] == "double"]
    answer["source"] = "def double(x):\n    return 2 * x"
    submitted = root / "submitted" / "ada" / "hw"
    submitted.mkdir(parents=True)
    (submitted / "hw.ipynb").write_text(json.dumps(released))
    return root


@pytest.fixture(scope="module")
def printed(course: Path) -> str:
    """Grade the class, and give what the terminal shows."""
    done = invoke(["grade", "hw", "--course", str(course), "--isolation", "none", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return re.sub(r"\s+", " ", done.output)


def test_a_person_is_asked_and_no_mark_is_entered(course: Path) -> None:
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission("hw", "ada").notebooks
        grades = {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}
    assert grades == {"test_visible": (2.0, False), "test_hidden": (3.0, False), "why": (None, True)}


def test_whoever_marks_reads_in_the_cell_that_it_was_lost(course: Path) -> None:
    notebook = nbformat.read(course / "autograded" / "ada" / "hw" / "hw.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "why"]
    assert cell.source.startswith("# This cell was not found")


def test_grade_prints_what_was_repaired(printed: str) -> None:
    assert "note: ada: Deleted cells were put back: why." in printed

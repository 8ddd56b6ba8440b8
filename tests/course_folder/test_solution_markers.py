"""The markers round a solution decide what students get: broken ones are told with the course's other faults."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from tiny_course import make_course, metadata

from autograder.course import load
from autograder.errors import CourseError

SOLVED = "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"


def course(root: Path, source: str, *, answer: bool = True, markdown: bool = False) -> Path:
    """Make a course with one more cell, an answer cell or one that nbgrader leaves alone."""
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    about = metadata("half", 1.0 if markdown else None, solution=True) if answer else {}
    notebook.cells.append((new_markdown_cell if markdown else new_code_cell)(source, metadata=about))
    nbformat.write(notebook, path)
    return root


def faults_of(root: Path) -> tuple[str, ...]:
    with pytest.raises(CourseError) as failure:
        load(root)
    return failure.value.faults


MISSPELT = [
    "### BEGIN SOLUTON",
    "### begin solution",
    "# Begin Solution",
    "### BEGIN_SOLUTION",
    "### BEGIN SOULTION",
    "### BEGIN SOLTUION:",
]


@pytest.mark.parametrize("line", MISSPELT)
def test_a_marker_that_nbgrader_would_not_know_is_a_fault(tmp_path: Path, line: str) -> None:
    (fault,) = faults_of(course(tmp_path, SOLVED.replace("### BEGIN SOLUTION", line)))
    assert fault.startswith(f"source/hw/hw.ipynb: the answer cell 'half' has the line {line!r}, which is no marker")
    assert "Write '### BEGIN SOLUTION', in capitals." in fault


UNPAIRED = {
    "no end": (SOLVED.replace("    ### END SOLUTION", ""), "['BEGIN']"),
    "no beginning": (SOLVED.replace("    ### BEGIN SOLUTION\n", ""), "['END']"),
    "nested": (SOLVED.replace("    return", "    ### BEGIN SOLUTION\n    return"), "['BEGIN', 'BEGIN', 'END']"),
    "both in one line": ("def half(x):  # BEGIN SOLUTION END SOLUTION\n    pass", "['BEGIN']"),
}


@pytest.mark.parametrize(("source", "markers"), UNPAIRED.values(), ids=UNPAIRED)
def test_markers_that_do_not_pair_are_a_fault(tmp_path: Path, source: str, markers: str) -> None:
    (fault,) = faults_of(course(tmp_path, source))
    assert f"source/hw/hw.ipynb: the answer cell 'half' has solution markers {markers}; each" in fault


def test_an_answer_in_words_is_looked_at_too(tmp_path: Path) -> None:
    (fault,) = faults_of(course(tmp_path, "### BEGIN SOLUTION\nBecause.", markdown=True))
    assert "'half' has solution markers ['BEGIN']" in fault


def test_a_cell_that_nbgrader_does_not_know_is_told_by_its_number(tmp_path: Path) -> None:
    (fault,) = faults_of(course(tmp_path, SOLVED.replace("    ### END SOLUTION", ""), answer=False))
    assert fault.startswith("source/hw/hw.ipynb: cell 5, which has no ID, has solution markers ['BEGIN']")


SOUND = {
    "two regions": SOLVED + "\n\n" + SOLVED.replace("half", "third"),
    "none": "def half(x):\n    return x / 2",
    "words about it": "# We begin solutions with an import.\n" + SOLVED,
    "another part": "# Begin section 2\n" + SOLVED,
    "one hash, as nbgrader takes it": SOLVED.replace("###", "#"),
}


@pytest.mark.parametrize("source", SOUND.values(), ids=SOUND)
def test_sound_markers_are_no_fault(tmp_path: Path, source: str) -> None:
    assert load(course(tmp_path, source)).papers

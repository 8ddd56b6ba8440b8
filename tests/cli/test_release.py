"""What ``autograder release`` says of the source's own solution, which no student should have to find out."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from command import invoke
from nbformat.v4 import new_code_cell
from tiny_course import make_course, metadata

from autograder.api import solutions

# Longer than a busy machine takes for all the rest.
PATIENT = 120.0
SLOW = "import time\nt = time.time()\nwhile time.time() < t + 600: pass"


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(solutions, "SECONDS", PATIENT)


def released(root: Path, *more: nbformat.NotebookNode, first: str = "import math", answer: str = "") -> tuple[int, str]:
    """Release a course with some more cells; give the exit status and what was said beside the result."""
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = first
    notebook.cells[1].source = answer or notebook.cells[1].source
    notebook.cells += more
    nbformat.write(notebook, path)
    done = invoke(["release", "hw", "--course", str(root)], catch_exceptions=False)
    return done.exit_code, " ".join(done.stderr.split())


def test_of_a_solution_with_all_points_nothing_is_said(tmp_path):
    assert released(tmp_path) == (0, "")


def test_a_cell_that_the_solution_does_not_pass_is_told_with_the_reason(tmp_path):
    wrong = new_code_cell("assert double(2) == 5, 'twice and one'", metadata=metadata("test_wrong", 4))
    status, told = released(tmp_path, wrong)
    assert status == 0
    assert told.startswith("source/hw/hw.ipynb: test_wrong gives its own solution no points of 4:")
    assert "twice and one" in told
    assert "test_hidden" not in told


def test_of_many_cells_some_are_told_and_the_others_counted(tmp_path):
    wrong = [new_code_cell("assert double(2) == 5", metadata=metadata(f"test_{n}", 1)) for n in range(8)]
    _, told = released(tmp_path, *wrong)
    assert told.count("its own solution no points of 1") == 5
    assert "3 more cells; `autograder score source/hw/hw.ipynb` tells all" in told


def test_a_source_that_has_no_solution_is_not_tried(tmp_path):
    assert released(tmp_path, answer="def double(x):\n    raise NotImplementedError()") == (0, "")


def test_a_solution_that_takes_long_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(solutions, "SECONDS", 2.0)
    wrong = new_code_cell("assert double(2) == 5", metadata=metadata("test_wrong", 4))
    status, told = released(tmp_path, wrong, first=SLOW)
    assert status == 0
    assert told.endswith("takes more than 2 seconds. `autograder score source/hw/*.ipynb` tells.")


def test_a_reference_with_faults_is_told_and_the_assignment_released(tmp_path):
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    return 2 * x\n\n\nQUESTIONS = 3\n")
    status, told = released(tmp_path)
    assert status == 0
    assert "QUESTIONS is an int" in told

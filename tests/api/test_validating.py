"""What a student reads whose notebook cannot be validated: whose fault it is, and what the student can do."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tiny_course import make_course, source_notebook

from autograder.api.validating import validate
from autograder.errors import NotebookError


@pytest.fixture
def desk(tmp_path) -> Path:
    """Make a student's folder in a course whose assignment has two notebooks."""
    make_course(tmp_path / "course")
    nbformat.write(source_notebook(), tmp_path / "course" / "source" / "hw" / "second.ipynb")
    folder = tmp_path / "course" / "submitted" / "ada" / "hw"
    folder.mkdir(parents=True)
    return folder


def test_a_file_that_is_no_notebook_is_no_fault_of_the_machines(tmp_path):
    with pytest.raises(NotebookError, match="has no list of cells"):
        validate("{}", tmp_path)


def test_a_notebook_that_answers_nothing_is_told_what_the_button_can_do(desk):
    text = nbformat.writes(new_notebook(cells=[new_code_cell("print(1)")]))
    with pytest.raises(NotebookError, match="double") as told:
        validate(text, desk)
    assert "--assignment" not in str(told.value)

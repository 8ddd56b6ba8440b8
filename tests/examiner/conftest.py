"""A toy course, graded by real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from toy_course import code, make_course

from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import NotebookResult


@pytest.fixture(scope="session")
def toy_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    return root


@pytest.fixture(scope="session")
def grader(toy_course: Path) -> Iterator[Grader]:
    with Grader(toy_course) as grader:
        yield grader


@pytest.fixture(scope="session")
def grade(grader: Grader) -> Callable[..., NotebookResult]:
    """Grade cells of code as one notebook."""

    def run(*cells: str) -> NotebookResult:
        notebook = nbformat.v4.new_notebook(cells=[code(cell) for cell in cells])
        return grader.grade(parse_document(nbformat.writes(notebook).encode()), "student.ipynb", "student", "toy")

    return run

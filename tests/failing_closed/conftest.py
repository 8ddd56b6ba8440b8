"""A frail course, and a grader of it in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from frail_course import RIGHT, make_course, write_answer

from autograder.api import Grader
from autograder.results import NotebookResult


@pytest.fixture(scope="module")
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the course with the test cells that the module adds to those of `double`."""
    extra = getattr(request.module, "EXTRA", {})
    return make_course(tmp_path_factory.mktemp("frail"), {"double": extra})


@pytest.fixture(scope="module")
def grader(course: Path) -> Iterator[Grader]:
    with Grader(course) as grader:
        yield grader


@pytest.fixture(scope="module")
def grade(grader: Grader, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., NotebookResult]:
    path = tmp_path_factory.mktemp("answers") / "hw.ipynb"

    def run(answer: str = RIGHT) -> NotebookResult:
        result = grader.score(write_answer(path, answer), "hw")
        assert isinstance(result, NotebookResult)
        return result

    return run
